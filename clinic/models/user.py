"""The person who signs in, named by an e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac


class UserManager(BaseUserManager["User"]):
    """Makes users, and finds them whatever the case of the letters they typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password, one who must first follow a set-password link."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user with every permission of Django's own kind."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """One spelling for each address: lower case, no spaces around."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, in any case."""
        return self.get(email=self.normalize_email(username))


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. Which practices they work in is in ``memberships``."""

    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "Somebody with this e-mail address is already here."},
    )
    full_name = models.CharField("name", max_length=120)
    credentials = models.CharField(
        max_length=80, blank=True, help_text="Printed after the name on handouts, like MCSP."
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    start_practice = models.ForeignKey(
        "clinic.Practice",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Where they work after signing in; theirs alone to choose.",
    )
    figure_people = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Who is drawn in the pictures they give; empty: whom the practice chose.",
    )
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session that began before."
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def name_with_credentials(self) -> str:
        """The name as it stands on a handout: ``Alice Archer, MCSP``."""
        return ", ".join(filter(None, [self.full_name, self.credentials]))

    def clean(self) -> None:
        """Bring the address to its one spelling."""
        super().clean()
        self.email = UserManager.normalize_email(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the address in its one spelling."""
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is compared with on each request: the password, and the epoch."""
        if not self.session_epoch:
            return super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        text = f"{self.password} {self.session_epoch}"
        return salted_hmac("homeward.session", text, secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """End every session of this person at once, whatever it is in the middle of."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])

    def get_short_name(self) -> str:
        """What a greeting says."""
        return self.full_name.split(" ")[0] if self.full_name else self.email
