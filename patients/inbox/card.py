"""A card of the inbox: what one event asks of a clinician, its reasons, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from patients.inbox.attention import AttentionRank
from patients.models import Alert
from patients.response.facts import Urgency


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that led to an alert: its id, what it says, where it comes from, where it stands."""

    id: str
    words: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do about an alert. ``post``: done by this click; else a page that opens.

    ``reads``: it decides nothing, so that it is there for members who do not treat, too.
    """

    words: str
    url: str
    post: bool = False
    main: bool = False
    reads: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Help:
    """What an app above knows about an alert; ``teller``: who helps the patient and told it."""

    names: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[RuleLine, ...] = ()
    steps: tuple[Step, ...] = ()
    teller: str = ""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An alert or review with everything that is said of it: one reason of a card."""

    alert: Alert
    title: str
    facts: Sequence[str]
    help: Help
    dated: bool = True

    def beside(self, earlier: Sequence[InboxEntry]) -> InboxEntry:
        """What is left to say under the earlier reasons of a card: nothing is said twice."""
        facts = {fact for entry in earlier for fact in entry.facts}
        rules = {rule for entry in earlier for rule in entry.help.rules}
        return replace(
            self,
            facts=[fact for fact in self.facts if fact not in facts],
            help=replace(self.help, rules=tuple(r for r in self.help.rules if r not in rules)),
            dated=all(entry.alert.raised_at != self.alert.raised_at for entry in earlier),
        )

    @property
    def urgency(self) -> AttentionRank:
        """How fast somebody has to act."""
        return AttentionRank(self.alert.rank)


@dataclass(slots=True)
class InboxCard:
    """What one event asks: its reasons, alerts before what they propose, and what to do next.

    ``advice``: what to do now about a red flag that stops the case, where the page shows it here.
    """

    entries: list[InboxEntry]
    advice: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> list[InboxEntry]:
        """Every reason as the card shows it, each without what stands above it already."""
        return [entry.beside(self.entries[:n]) for n, entry in enumerate(self.entries)]

    @property
    def alert(self) -> Alert:
        """The first reason: its address stands for the card."""
        return self.entries[0].alert

    @property
    def title(self) -> str:
        """The first reason, and how many more there are."""
        more = len(self.entries) - 1
        return self.entries[0].title + (f" (and {more} more)" if more else "")

    @property
    def urgency(self) -> AttentionRank:
        """How fast somebody has to act."""
        return min(entry.urgency for entry in self.entries)

    @property
    def is_emergency(self) -> bool:
        """Whether it must not wait, and so cannot be snoozed."""
        return any(entry.alert.urgency == Urgency.EMERGENCY for entry in self.entries)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to act today."""
        return self.urgency <= AttentionRank.SAME_DAY

    @property
    def is_snoozed(self) -> bool:
        """Whether it is put off until a day that has not come."""
        until = self.alert.snoozed_until
        return self.alert.is_open and until is not None and until > timezone.now()

    @property
    def steps(self) -> list[Step]:
        """What can be done, each once, what most come for first."""
        found = {step.url: step for entry in self.entries for step in entry.help.steps}
        return sorted(found.values(), key=lambda step: not step.main)

    @property
    def seen(self) -> str:
        """What the page showed, to be told from what comes in later."""
        return seen_of(entry.alert for entry in self.entries)

    @property
    def can_be_put_away(self) -> bool:
        """Something on it no longer holds, and none of that was an emergency."""
        over = [entry.alert for entry in self.entries if entry.alert.ended_at is not None]
        return bool(over) and all(alert.urgency != Urgency.EMERGENCY for alert in over)

    @property
    def is_over(self) -> bool:
        """Nothing on it holds any more."""
        return all(entry.alert.ended_at is not None for entry in self.entries)

    @property
    def flags(self) -> set[str]:
        """The red flags that it tells of."""
        return {
            str(entry.alert.facts["red_flag"])
            for entry in self.entries
            if entry.alert.code == "red_flag"
        }


def seen_of(alerts: Iterable[Alert]) -> str:
    """The occurrences that a page shows, as it sends them back."""
    return " ".join(alert.event for alert in sorted(alerts, key=lambda alert: alert.pk))
