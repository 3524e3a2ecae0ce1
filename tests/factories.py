"""Rows to test with. Each factory makes a valid one; say only what the test is about."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from clinic.models import Membership, Practice, Role, User
from patients import vocabulary
from patients.models import (
    Alert,
    Case,
    CaseCondition,
    CaseSurgery,
    Patient,
    ScreenAnswer,
    VisitNote,
)
from patients.record import trail
from programs.exercises.models import Exercise
from programs.exercises.pictures.models import ExercisePicture
from programs.exercises.theirs.models import OwnStarter
from programs.prescriptions.models import Program, ProgramItem
from tests.clock import TODAY

PASSWORD = "correct horse battery"


def photo(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    """A picture file of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **options)
    return target.getvalue()


JPEG = photo()


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


# --- patients ------------------------------------------------------------------------------------


class PatientFactory(DjangoModelFactory[Patient]):
    """A patient registered by a member of the practice."""

    class Meta:
        model = Patient

    practice = factory.SubFactory(PracticeFactory)
    full_name = factory.Sequence(lambda n: f"Patient {n}")
    date_of_birth = date(1965, 3, 14)
    created_by = factory.LazyAttribute(lambda patient: _member_of(patient.practice))


class CaseFactory(DjangoModelFactory[Case]):
    """An open case with its first revision, as ``patients.record.actions.open_case`` leaves it."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    patient = factory.SubFactory(PatientFactory)
    practice = factory.SelfAttribute("patient.practice")
    title = "Low back and right leg"
    clinician = factory.SelfAttribute("patient.created_by")
    opened_on = date(2026, 1, 5)

    @factory.post_generation
    def first_revision(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create:
            trail.keep_first(self, actor=self.clinician)


class ConditionFactory(DjangoModelFactory[CaseCondition]):
    """Foraminal stenosis on the right."""

    class Meta:
        model = CaseCondition

    case = factory.SubFactory(CaseFactory)
    code = "lumbar_foraminal_stenosis"
    side = "right"


class SurgeryFactory(DjangoModelFactory[CaseSurgery]):
    """A left hip replaced through the back."""

    class Meta:
        model = CaseSurgery

    case = factory.SubFactory(CaseFactory)
    code = "hip_replacement"
    performed_on = date(2026, 1, 1)
    side = "left"
    approach = "posterior"


class AnswerFactory(DjangoModelFactory[ScreenAnswer]):
    """A yes to osteoporosis; the kind follows the code."""

    class Meta:
        model = ScreenAnswer

    case = factory.SubFactory(CaseFactory)
    code = "osteoporosis"
    kind = factory.LazyAttribute(lambda row: _kind(row.code))
    answer = "yes"
    answered_by = factory.SelfAttribute("case.clinician")


def answer(case: Case, said: str, codes: Iterable[str]) -> None:
    """Write down the same answer to each of these questions, all at once: a screen has 64."""
    ScreenAnswer.objects.bulk_create(
        ScreenAnswer(
            case=case, code=code, kind=_kind(code), answer=said, answered_by=case.clinician
        )
        for code in codes
    )


def _kind(code: str) -> str:
    return "red_flag" if code in vocabulary.RED_FLAGS else "finding"


class AlertFactory(DjangoModelFactory[Alert]):
    """Saddle numbness, reported by the patient just now; the rank follows the urgency."""

    class Meta:
        model = Alert

    case = factory.SubFactory(CaseFactory)
    kind = "alert"
    code = "red_flag"
    urgency = "emergency"
    rank = factory.LazyAttribute(lambda row: Alert.RANKS[row.urgency])
    facts = factory.LazyAttribute(
        lambda row: (
            {"red_flag": "rf_saddle_numbness", "at": "2026-11-20T09:30:00+00:00"}
            if row.code == "red_flag"
            else {}
        )
    )
    rules = factory.LazyFunction(lambda: ["L01"])
    event = factory.Sequence(lambda n: f"event-{n}")


class VisitNoteFactory(DjangoModelFactory[VisitNote]):
    """A draft of one line."""

    class Meta:
        model = VisitNote

    case = factory.SubFactory(CaseFactory)
    author = factory.LazyAttribute(lambda row: row.case.clinician)
    key = factory.LazyFunction(uuid4)
    visited_on = TODAY
    subjective = "Slept through the night."


def _member_of(practice: Practice) -> User:
    membership = practice.memberships.order_by("pk").first() or MembershipFactory(practice=practice)
    return membership.user


# --- programs ------------------------------------------------------------------------------------


class ProgramFactory(DjangoModelFactory[Program]):
    """A draft with nothing in it yet."""

    class Meta:
        model = Program

    case = factory.SubFactory(CaseFactory)
    title = "Home exercise program"
    created_by = factory.SelfAttribute("case.clinician")
    changed_by = factory.SelfAttribute("created_by")


class ProgramItemFactory(DjangoModelFactory[ProgramItem]):
    """An exercise at the end of a draft, with a dose that can be issued.

    ``slug`` names it in the catalogue, which has to be loaded.
    """

    class Meta:
        model = ProgramItem
        exclude = ("slug",)

    slug = "dead-bug"
    program = factory.SubFactory(ProgramFactory)
    exercise = factory.LazyAttribute(lambda row: Exercise.objects.get(slug=row.slug))
    position = factory.Sequence(lambda n: n + 1)
    dosage = factory.LazyFunction(lambda: {"reps": [10, 10], "times_per_day": [1, 1]})


class OwnStarterFactory(DjangoModelFactory[OwnStarter]):
    """A template of one exercise, for its maker alone; of the practice that its maker works in."""

    class Meta:
        model = OwnStarter

    made_by = factory.SubFactory(UserFactory)
    practice = factory.LazyAttribute(lambda row: row.made_by.memberships.get().practice)
    name = "Back set"
    data = factory.LazyAttribute(
        lambda row: {
            "slug": "own",
            "name": row.name,
            "summary": "Made from a program on 20 Nov 2026.",
            "source": "own",
            "author": str(row.made_by),
            "licence": "The practice's own",
            "meant_for": [],
            "item": [{"exercise": "dead-bug"}],
        }
    )


class ExercisePictureFactory(DjangoModelFactory[ExercisePicture]):
    """A practice's own picture of a built-in exercise."""

    class Meta:
        model = ExercisePicture
        exclude = ("slug",)

    slug = "dead-bug"
    practice = factory.SubFactory(PracticeFactory)
    exercise = factory.LazyAttribute(lambda row: Exercise.objects.get(slug=row.slug))
    position = 1
    content = JPEG
    content_type = "image/jpeg"
    width = 400
    height = 300
    alt = "Somebody lies on the back with one arm and one leg up."
    created_by = factory.LazyAttribute(lambda row: _member_of(row.practice))
