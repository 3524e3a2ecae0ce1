"""What the page of a new exercise shows of answers that may still change."""

from __future__ import annotations

from collections.abc import Iterator

from programs.exercises.own.asked import MOVING, SO, SO_LABELS, ShortAnswers, way_words
from programs.exercises.own.card import WordsCard, card_of, dose_in, needed
from programs.exercises.own.follows import NOT_IN, Settled, follows
from programs.exercises.own.likely import likely
from programs.exercises.own.picture_here import PictureHereForm
from programs.exercises.own.taken import kind_of

SoGroups = list[tuple[str, list[tuple[str, str, bool, bool]]]]


class QuickShown(PictureHereForm):
    """The answers as they stand, sent or not; nothing is checked here."""

    @property
    def card(self) -> WordsCard:
        """What is typed, as a patient would read it."""
        dose, unread = dose_in(str(self["dose"].value() or ""))
        return card_of(
            {name: self[name].value() for name in ("name", "steps")},
            kind=kind_of(str(self["phase"].value() or ""), str(self["effort"].value() or "")),
            dose=dose,
            unread=unread,
            sided=self["sided"].value() != "no",
            needs=needed(
                self["equipment"].value() or (), helped="helped" in (self["so"].value() or ())
            ),
        )

    @property
    def so_first(self) -> SoGroups:
        """What is likely of question 8, ticked or follows: to be read before the rest."""
        return self._so(first=True)

    @property
    def so_rest(self) -> SoGroups:
        """The rest of the list of question 8."""
        return self._so(first=False)

    def _so(self, *, first: bool) -> SoGroups:
        """One half of the list, as this position needs it: code, words, ticked, if it follows.

        What a position rules out is left out, unless somebody has ticked it.
        """
        known = self.follows
        phase, position = (str(self[name].value() or "") for name in ("phase", "position"))
        never = NOT_IN.get(position, frozenset())
        ticked = set(self["so"].value() or ())
        wanted = likely(phase, position, self["moves"].value() or ()) - never
        on = ticked | known.yes
        groups = [
            (
                title,
                [
                    (code, label, code in on, code in known.yes)
                    for code, label in rows.items()
                    if (code in on or code not in never) and (code in on | wanted) == first
                ],
            )
            for title, rows in SO
        ]
        return [(title, rows) for title, rows in groups if rows]

    @property
    def so_left(self) -> int:
        """How many lines the rest has."""
        return sum(len(rows) for _, rows in self.so_rest)

    @property
    def follows(self) -> Settled:
        """What follows from position, purpose and effort as they are chosen now."""
        phase, position, effort = (
            str(self[name].value() or "") for name in ("phase", "position", "effort")
        )
        return follows(ShortAnswers(phase=phase, position=position, effort=effort))

    @property
    def followed(self) -> list[str]:
        """What follows, in words."""
        return [label for code, label in SO_LABELS.items() if code in self.follows.yes]

    @property
    def left_out(self) -> list[str]:
        """What is not so by itself, in words."""
        no = self.follows.no - set(self["so"].value() or ())
        return [label for code, label in SO_LABELS.items() if code in no]

    @property
    def moving(self) -> Iterator[tuple[str, int, list[tuple[str, list[tuple[str, str, bool]]]]]]:
        """Group, how many are ticked in it, and each part with what it can do."""
        ticked = set(self["moves"].value() or ())
        for title, parts in MOVING:
            rows = [
                (name, [(f"{part}:{way}", way_words(part, way), f"{part}:{way}" in ticked)
                        for way in ways])
                for part, name, ways in parts
            ]  # fmt: skip
            yield title, sum(on for _, ways in rows for *_, on in ways), rows

    @property
    def dose_read(self) -> str:
        """The dose as it is understood, or why it is not; nothing where there is none yet."""
        if self.errors.get("dose"):
            return ""
        dose, unread = dose_in(str(self["dose"].value() or ""))
        return f"Understood: {dose.words}." if dose else unread
