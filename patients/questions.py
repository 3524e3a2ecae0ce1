"""What the safety screen asks of a patient, and what one answer says about other questions.

Pure. ``answers`` maps codes to yes and no (and unknown) throughout; the case's own facts
``pregnant`` and ``gave_birth`` stand among them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from patients import vocabulary
from patients.vocabulary import Answer

PREGNANCY: Final = "pregnancy"
"""The gate before everything that only a pregnancy brings."""
OF_THE_CASE: Final = MappingProxyType({"pregnant": "Pregnancy", "gave_birth": "Recent birth"})
"""Answers that are facts of the case itself, not rows of the screen, by the clinician's name."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One question for several, see ``questions.toml``."""

    code: str
    question: str
    members: tuple[str, ...]
    otherwise: str = ""
    whole: bool = False

    @property
    def covers(self) -> tuple[str, ...]:
        """Every answer that the gate decides."""
        return (*self.members, self.otherwise) if self.otherwise else self.members

    def answer(self, answers: Mapping[str, str]) -> str:
        """Yes where one of them is, no where all are, else unknown."""
        said = {answers.get(code, Answer.UNKNOWN) for code in self.covers}
        if Answer.YES in said:
            return Answer.YES
        return Answer.NO if said == {Answer.NO} else Answer.UNKNOWN


def _rows(name: str) -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "questions.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[name]
    return rows


def _pairs(name: str, key: str) -> Mapping[str, str]:
    return MappingProxyType({row["code"]: row[key] for row in _rows(name)})


GATES: Final = MappingProxyType(
    {row["code"]: Gate(**{**row, "members": tuple(row["members"])}) for row in _rows("gate")}
)
FOLLOWS: Final = MappingProxyType({row["code"]: tuple(row["after"]) for row in _rows("follow")})
"""Question → the answers of which one has to be yes before it is asked."""
FEEDS: Final[Mapping[str, str]] = MappingProxyType(
    {row["code"]: row["also"] for row in _rows("feeds")}
)
"""Question → the one that its yes answers as well."""
MERGED: Final[Mapping[str, str]] = MappingProxyType(
    {row["code"]: row["into"] for row in _rows("merged")}
)
"""Question that is asked no more → the one whose answer counts for it."""

GATE_OF: Final = MappingProxyType({code: g for g in GATES.values() for code in g.covers})
_ASKED: Final[Mapping[str, vocabulary.RedFlag | vocabulary.Finding]] = {
    **vocabulary.RED_FLAGS,
    **vocabulary.FINDINGS,
}
QUESTIONS: Final[Mapping[str, vocabulary.RedFlag | vocabulary.Finding]] = MappingProxyType(
    {code: item for code, item in _ASKED.items() if code not in MERGED}
)
"""Every question whose answer is a row of the screen, red flags first."""
#: Questions that nobody outside the years of pregnancy is asked.
_OF_PREGNANCY: Final = frozenset(
    [*GATES[PREGNANCY].members]
    + [code for code, after in FOLLOWS.items() if set(after) <= set(OF_THE_CASE)]
)


def label_of(code: str) -> str:
    """The clinician's short name of a question, or of pregnancy and birth."""
    return OF_THE_CASE[code] if code in OF_THE_CASE else vocabulary.answer_label(code)


def asked_as(code: str) -> str:
    """The question that asks for this code today."""
    return MERGED.get(code, code)


def concerns(code: str, about: Collection[str] | None) -> bool:
    """Whether a question is for a case about these regions; all are where they are not known."""
    of = QUESTIONS[code].about if code in QUESTIONS else ()
    return about is None or not of or not set(about).isdisjoint(of)


def to_ask(answers: Mapping[str, str], about: Collection[str] | None) -> list[str]:
    """The questions for a case about these regions, and whatever was answered yes before."""
    return [code for code in QUESTIONS if concerns(code, about) or answers.get(code) == Answer.YES]


def first_lines(codes: Iterable[str]) -> list[str]:
    """What the whole screen shows of these before anything is answered: gates, or themselves."""
    tops = (c for c in codes if c not in FOLLOWS)
    return list(dict.fromkeys(GATE_OF[c].code if c in GATE_OF else c for c in tops))


def implied(answers: Mapping[str, str], *, pregnancy: bool) -> dict[str, str]:
    """Questions that need no asking, since what is known answers them: always with no.

    ``pregnancy``: whether the patient can be pregnant at all.
    """
    found = [
        code
        for code, after in FOLLOWS.items()
        if all(answers.get(parent) == Answer.NO for parent in after)
    ]
    if not pregnancy:
        found += sorted(_OF_PREGNANCY)
    open_ones = (c for c in found if answers.get(c, Answer.UNKNOWN) == Answer.UNKNOWN)
    return dict.fromkeys(open_ones, Answer.NO.value)


def on_the_page(
    answers: Mapping[str, str], *, pregnancy: bool, about: Collection[str] | None = None
) -> list[str]:
    """What a clinician sees of the whole screen before touching it, gates by their own code."""
    shown: list[str] = []
    for code in first_lines(to_ask(answers, about)):
        if code == PREGNANCY and not pregnancy:
            continue
        shown.append(code)
        if code in GATES and GATES[code].answer(answers) == Answer.YES:
            shown += GATES[code].members
    return shown + [
        code
        for code, after in FOLLOWS.items()
        if set(after) <= set(shown) and any(answers.get(p) == Answer.YES for p in after)
    ]


def progress(
    answers: Mapping[str, str],
    *,
    pregnancy: bool,
    about: Collection[str] | None = None,
    also: Iterable[str] = (),
) -> tuple[int, int]:
    """How many of the questions on the page have a yes or a no, and how many there are.

    ``also``: the lines that are asked beside them, see :func:`beside`.
    """
    shown = dict.fromkeys([*on_the_page(answers, pregnancy=pregnancy, about=about), *also])
    said = [GATES[c].answer(answers) if c in GATES else answers.get(c) for c in shown]
    return sum(answer in (Answer.YES, Answer.NO) for answer in said), len(shown)


def beside(
    codes: Iterable[str], answers: Mapping[str, str], about: Collection[str] | None
) -> list[str]:
    """What the whole screen shows beside its own lines, so that these questions are asked, too."""
    own = to_ask(answers, about)
    lines = first_lines(own)
    left = [
        code
        for code in map(asked_as, codes)
        if code not in own and not (code in GATE_OF and GATE_OF[code].code in lines)
    ]
    return wanted(left, answers)


def unasked_red_flags(
    answers: Mapping[str, str], *, pregnancy: bool, about: Collection[str] | None = None
) -> tuple[str, ...]:
    """Warning signs of these regions, and pregnancy where it can be, without yes or no."""
    known = {**implied(answers, pregnancy=pregnancy)}
    known |= {code: said for code, said in answers.items() if said != Answer.UNKNOWN}
    needed: Iterable[str] = [code for code in vocabulary.RED_FLAGS if concerns(code, about)]
    if pregnancy:
        needed = (*needed, *OF_THE_CASE)
    return tuple(code for code in needed if code not in known)


def wanted(named: Collection[str], answers: Mapping[str, str]) -> list[str]:
    """What a page that asks for these questions shows: gates and single questions, in order.

    A gate stands for its members where all of them are wanted, or where they need one another.
    Nothing where no name is a question.
    """
    leaves: set[str] = set()
    for code in map(asked_as, named):
        parents = FOLLOWS.get(code, ())
        if parents and all(answers.get(parent) != Answer.YES for parent in parents):
            code = parents[0]
            leaves |= set(GATE_OF[code].members)
        if code in GATES:
            leaves |= set(GATES[code].members)
        elif code in GATE_OF and GATE_OF[code].whole:
            leaves |= set(GATE_OF[code].members)
        elif code in QUESTIONS:
            leaves.add(code)
    whole = {g.code for g in GATES.values() if set(g.members) <= leaves}
    opened = {member for code in whole for member in GATES[code].members}
    leaves -= {code for code, after in FOLLOWS.items() if set(after) <= opened}
    found: dict[str, None] = {}
    for code in QUESTIONS:
        gate = GATE_OF.get(code)
        if gate is not None and gate.code in whole:
            found[gate.code] = None
        elif code in leaves:
            found[code] = None
    return list(found)
