"""Rows to test with. Each factory makes a valid one; say only what the test is about."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from clinic.models import Membership, Practice, Role, User

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    """A person who can sign in with ``PASSWORD``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(password=password, **kwargs)


class PracticeFactory(DjangoModelFactory[Practice]):
    """A practice in London on A4."""

    class Meta:
        model = Practice

    name = factory.Sequence(lambda n: f"Practice {n}")
    address_line_1 = "1 Quay Street"
    city = "Whitby"
    postcode = "YO21 1AA"
    phone = "01947 000000"
    time_zone = "Europe/London"


class MembershipFactory(DjangoModelFactory[Membership]):
    """A clinician in a practice."""

    class Meta:
        model = Membership

    practice = factory.SubFactory(PracticeFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.CLINICIAN
