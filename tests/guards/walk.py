"""A walk over every address: what several guards want to know of one is asked once.

At each the world is new, and what was written there is undone before the next. Whoever asks is
signed in once, and comes to every address with the cookies of that sign-in and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Look, Practice, Role, User
from tests.factories import MembershipFactory
from tests.guards.addresses import Address
from tests.guards.arguments import ARGUMENTS
from tests.guards.world import World
from tests.undone import undone


class Caller:
    """Somebody with a browser; a stranger where nobody is said."""

    def __init__(self, user: User | None = None) -> None:
        # An error is told with the address's name, and the walk goes on.
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
            # That somebody came in is kept with the first page: here, and not at each address.
            self.client.get(reverse("patient_list"))
        self._as_signed_in = self.client.cookies

    def begins(self) -> None:
        """With the cookies of the sign-in, whatever an address did to them."""
        self.client.cookies = copy(self._as_signed_in)

    @property
    def still_signed_in(self) -> bool:
        """Whether the last answer left the session as it was."""
        name = settings.SESSION_COOKIE_NAME
        left = self.client.cookies.get(name)
        return left is not None and left.value == self._as_signed_in[name].value


@dataclass(frozen=True)
class Told:
    """An answer. Of Alice's also what was kept with it: who looked, and how much was done."""

    answer: Any
    looks: tuple[Look, ...] = ()
    written: int = 0

    @property
    def status(self) -> int:
        return int(self.answer.status_code)

    @property
    def page(self) -> str:
        """The words of a page; nothing where it is a file or a drawing."""
        kind = self.answer.headers.get("Content-Type", "")
        return self.answer.content.decode() if kind.startswith("text/html") else ""


class Cast:
    """Alice's practice with somebody of each role, and Charlie of another."""

    def __init__(
        self, practice: Practice, alice: User, other_practice: Practice, charlie: User
    ) -> None:
        self.practice, self.alice, self.other_practice = practice, alice, other_practice
        self.callers: dict[object, Caller] = {
            "a stranger": Caller(),
            "Charlie": Caller(charlie),
            Role.OWNER: Caller(alice),
        }
        for role in set(Role) - {Role.OWNER}:
            member = MembershipFactory(practice=practice, role=role)
            self.callers[role] = Caller(member.user)

    @contextmanager
    def at(self, address: Address) -> Iterator[Stop]:
        """One address; everything written there is undone."""
        cache.clear()
        try:
            with undone():
                yield Stop(self, address)
        except Exception as error:
            error.add_note(f"at {address.name}")
            raise


class Stop:
    """An address in the walk, filled with something of Alice's practice."""

    def __init__(self, cast: Cast, address: Address) -> None:
        self.cast, self.address, self.name = cast, address, address.name
        fill = ARGUMENTS.get(address.name)
        self.url = address.url(fill(World(cast.practice, cast.alice)) if fill else None)
        self.broken: list[str] = []
        self._sent: dict[object, Told] = {}
        self._signed_out = False

    def _told(self, who: object, what: str, send: Callable[[Client], Any]) -> Told:
        ours = who is Role.OWNER
        before = AuditEntry.objects.count() if ours else 0
        answer = send(self.cast.callers[who].client)
        if answer.status_code >= 500:
            self.broken.append(f"{what} by {who}: status {answer.status_code}")
        if not ours:
            return Told(answer)
        of_it = answer.headers.get("X-Request-ID")
        looked = Look.objects.filter(request_id=of_it, page=self.name) if of_it else ()
        return Told(answer, tuple(looked), AuditEntry.objects.count() - before)

    def ask(self, who: object, data: dict[str, str] | None = None) -> Told:
        """Without a form, as if nothing had gone before."""
        self.cast.callers[who].begins()
        return self._told(who, "asked", lambda client: client.get(self.url, data))

    def again(self, told: Told | None = None) -> Told:
        """Alice asks after what she sent last; where ``told`` sends her on, she follows."""
        if told is None:
            return self._told(Role.OWNER, "asked again", lambda client: client.get(self.url))
        to = urljoin(self.url, told.answer.headers["Location"])
        return self._told(Role.OWNER, "led on", lambda client: client.get(to, follow=True))

    def post(self, who: object, data: dict[str, Any]) -> Told:
        """What it did is undone; the cookies that it left stay until somebody begins anew."""
        self.cast.callers[who].begins()
        with undone():
            return self._told(who, "sent", lambda client: client.post(self.url, data))

    def sent_by(self, who: object) -> Told:
        """Next to nothing, sent once."""
        if who is Role.OWNER:
            return self.sent_and_back[0]
        if who not in self._sent:
            self._sent[who] = self.post(who, {})
        return self._sent[who]

    @cached_property
    def sent_and_back(self) -> tuple[Told, Told]:
        """What Alice is answered to next to nothing, and when she asks for it after that."""
        sent = self.post(Role.OWNER, {})
        self._signed_out = not self.cast.callers[Role.OWNER].still_signed_in
        return sent, self.again()

    @cached_property
    def asked(self) -> Told:
        """What Alice sees there: after her post, unless that has signed her out."""
        back = self.sent_and_back[1]
        return self.ask(Role.OWNER) if self._signed_out else back

    def sent_for(self, practice: Practice, data: dict[str, Any]) -> Told:
        """Alice's post as if from a page of this practice, which she owns besides; undone."""
        with undone():
            MembershipFactory(user=self.cast.alice, practice=practice, role=Role.OWNER)
            return self.post(Role.OWNER, {"whose": practice.pk, **data})
