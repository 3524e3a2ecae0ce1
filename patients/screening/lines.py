"""The safety screen as its template shows it: parts, groups, questions and what they open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from patients import vocabulary
from patients.models import ScreenAnswer
from patients.questions import FOLLOWS, GATES, QUESTIONS, Gate, label_of
from patients.screening.pregnancy_form import DATES
from patients.vocabulary import Answer, Route

_FLAGS_PART = "red_flags"
_FINDINGS_PART = "findings"
_YES, _UNKNOWN = Answer.YES.value, Answer.UNKNOWN.value
ONE_BY_ONE = "emergency"
"""The group that no single press may answer."""
GROUPS: Mapping[str, tuple[str, str]] = {
    ONE_BY_ONE: (_FLAGS_PART, "Ask these one by one"),
    "flags": (_FLAGS_PART, "Other warning signs"),
    "health": (_FINDINGS_PART, "Health"),
}
"""Group → its part and its heading, in the order of the page."""
_PARTS = {
    _FLAGS_PART: ("Red flags", "A yes may need a doctor before any exercise."),
    _FINDINGS_PART: ("Health questions", "A yes rules out or changes some exercises."),
}


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question. ``more``: fields that only a yes needs, such as the side."""

    code: str
    text: str
    label: str
    field: forms.BoundField
    saved: ScreenAnswer | None = None
    again: forms.BoundField | None = None
    more: tuple[forms.BoundField, ...] = ()

    @property
    def stops(self) -> bool:
        """A yes stops prescribing."""
        return self.code in vocabulary.STOPPING_CODES

    @property
    def route(self) -> Route | None:
        """How fast a yes needs a medical answer."""
        return vocabulary.route_of(self.code)

    @property
    def route_label(self) -> str:
        """The same in words; empty where it does not."""
        return vocabulary.ROUTE_LABELS[self.route] if self.route else ""

    @property
    def wrong(self) -> bool:
        """Something here has to be looked at again, so that it has to be seen."""
        return any(f.errors for f in (self.field, *self.more))


@dataclass(frozen=True, slots=True)
class Behind:
    """Questions behind a gate, and the one that a yes to any of them leads to."""

    lines: list[AskedLine]
    then: AskedLine | None = None

    @property
    def wrong(self) -> bool:
        """One of them has to be looked at again."""
        return any(line.wrong for line in (*self.lines, *([self.then] if self.then else [])))


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under a heading: a question, or a gate with what it opens."""

    line: AskedLine
    was: forms.BoundField | None = None
    behind: list[Behind] = field(default_factory=list)
    known: str = ""
    """Answers behind a gate that is not answered itself, in words."""
    said: str = Answer.UNKNOWN.value
    """What stands on record; unknown as long as something behind it is open."""
    yes: tuple[str, ...] = ()
    """What is yes on record, by the clinician's names."""

    @property
    def wrong(self) -> bool:
        """Something behind it has to be looked at again."""
        return any(part.wrong for part in self.behind)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading. ``rest``: the name of a press that says no to what is left.

    ``done``: those with an answer on record, which ``done_words`` tells in one line.
    """

    key: str
    title: str
    entries: list[Entry]
    rest: str = ""
    done: list[Entry] = field(default_factory=list)

    @property
    def done_words(self) -> str:
        """How many have an answer, and each yes by its name."""
        number = f"{len(self.done)} answered"
        yes = [name for entry in self.done for name in entry.yes]
        if not yes:
            return f"{number}, no to each"
        rest = ", no to the rest" if any(not entry.yes for entry in self.done) else ""
        return f"{number}: yes to {', '.join(yes)}{rest}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the screen: red flags, then findings."""

    title: str
    lead: str
    groups: list[Group]


def group_of(code: str) -> str:
    """The group in which a question, or a gate, stands."""
    if code not in vocabulary.RED_FLAGS:
        return "health"
    return ONE_BY_ONE if vocabulary.route_of(code) == Route.EMERGENCY else "flags"


def fields_of(code: str) -> tuple[str, ...]:
    """The questions behind a gate, and those that follow from them; a question is its own."""
    if code not in GATES:
        return (code,)
    members = GATES[code].members
    return (*members, *(c for c, after in FOLLOWS.items() if set(after) <= set(members)))


def sent_beside(sent: Collection[str], codes: Iterable[str]) -> list[str]:
    """Lines that were sent beside these: the program, and so the page, was another when it loaded.

    ``sent``: the names of fields.
    """
    shown = set(codes)
    gates = [code for code in GATES if f"gate-{code}" in sent and code not in shown]
    behind = {each for code in (*shown, *gates) for each in fields_of(code)}
    return [*gates, *(code for code in QUESTIONS if code in sent and code not in behind)]


def parts(form: Any) -> list[Part]:
    """The whole page of a ``ScreenForm``; parts and groups without a question are left out."""
    groups: dict[str, list[Entry]] = {key: [] for key in GROUPS}
    for code in form.codes:
        groups[group_of(code)].append(_entry(form, code))
    found = []
    for part, (title, lead) in _PARTS.items():
        mine = [
            _group(form, key, words, groups[key])
            for key, (where, words) in GROUPS.items()
            if where == part and groups[key]
        ]
        if mine:
            found.append(Part(title, lead, mine))
    return found


def _group(form: Any, key: str, title: str, entries: list[Entry]) -> Group:
    """What has an answer is put together, but for a page that was asked for by name or sent."""
    done = [] if form.all_in_view else [entry for entry in entries if entry.said != _UNKNOWN]
    rest = f"rest-{key}"
    return Group(
        key=key,
        title=title,
        entries=[entry for entry in entries if entry not in done],
        rest=rest if rest in form.fields else "",
        done=done,
    )


def _entry(form: Any, code: str) -> Entry:
    codes = GATES[code].covers if code in GATES else (code,)
    yes = tuple(label_of(c) for c in codes if form.known.get(c) == _YES)
    if code not in GATES:
        return Entry(_line(form, code), said=form.known.get(code, _UNKNOWN), yes=yes)
    gate = GATES[code]
    return Entry(
        line=AskedLine(code, gate.question, "", form[f"gate-{code}"]),
        was=form[f"was-{code}"],
        behind=list(_behind(form, gate)),
        known=_known(form, gate),
        said=_said(form, gate),
        yes=yes,
    )


def _said(form: Any, gate: Gate) -> str:
    """A yes counts once everything that it opens has an answer too."""
    answer = gate.answer(form.known)
    opened = [
        code
        for code in fields_of(gate.code)
        if code not in FOLLOWS or any(form.known.get(c) == _YES for c in FOLLOWS[code])
    ]
    if answer == _YES and _UNKNOWN in {form.known.get(code, _UNKNOWN) for code in opened}:
        return _UNKNOWN
    return answer


def _behind(form: Any, gate: Gate) -> Iterator[Behind]:
    left = list(gate.members)
    for code, after in FOLLOWS.items():
        if set(after) <= set(left):
            left = [c for c in left if c not in after]
            yield Behind([_line(form, c) for c in after], _line(form, code))
    for code in left:
        yield Behind([_line(form, code)])


def _line(form: Any, code: str) -> AskedLine:
    if code in DATES:
        bound = form[code]
        return AskedLine(code, bound.label, "", bound, more=(form[DATES[code]],))
    side = _bound(form, f"side-{code}")
    return AskedLine(
        code=code,
        text=QUESTIONS[code].question,
        label=QUESTIONS[code].label,
        field=form[code],
        saved=form.current.get(code),
        again=_bound(form, f"again-{code}"),
        more=(side,) if side else (),
    )


def _known(form: Any, gate: Gate) -> str:
    """What was answered before, where that does not yet answer the gate."""
    if gate.answer(form.known) != Answer.UNKNOWN:
        return ""
    rows = [form.current[c] for c in gate.covers if c in form.current]
    return "; ".join(str(row) for row in rows if row.answer != Answer.UNKNOWN)


def _bound(form: Any, name: str) -> forms.BoundField | None:
    return form[name] if name in form.fields else None
