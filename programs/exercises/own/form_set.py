"""The form of an exercise and its rows, as one thing that is valid or not, and gives a definition.

Whatever the form lets through is still read by ``parse_definition``, like every built-in entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from clinic.models import User
from clinic.parsing.errors import DefinitionError
from patients.fields import put
from programs.exercises.definition import Definition, parse_definition
from programs.exercises.own import trait_words as words
from programs.exercises.own.credit import OWN_LICENCE, author_of
from programs.exercises.own.fields import MISSING, UNSURE, dose_of
from programs.exercises.own.forms import OwnExerciseForm
from programs.exercises.own.reading_grade import Reading, read_lines
from programs.exercises.own.row_forms import movement_rows, preset_rows
from programs.exercises.own.row_sets import MovementFormSet, PresetFormSet, rows_in
from programs.exercises.own.sides_unknown import for_either_side
from programs.exercises.own.summaries import said
from programs.exercises.own.taken import PLACES
from programs.rules.editions import EDITION
from programs.rules.either_side import SIDE_UNKNOWN
from programs.rules.traits import Traits

CARRIED: Final = ("easier", "harder", "prerequisites", "topics")
"""What a copy keeps of its original, and an edit of what it was, without being asked."""
CHANGED_BY_YOU: Final = "Changed by you."
"""What a folded section says once it differs from the original."""
_PLACE: Final = re.compile(r"(movement|dosage)\[(\d+)\](?:\.(\w+))?")


@dataclass(frozen=True, slots=True)
class Begun:
    """What was answered before the form was opened: its fields, traits and rows of doses."""

    values: Mapping[str, Any] = field(default_factory=dict)
    traits: Traits | None = None
    doses: tuple[Mapping[str, Any], ...] = ()


class OwnExerciseBundle:
    """Words, traits, movements and doses of one exercise, on one page with one save button."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        user: User,
        taken: frozenset[str],
        base: Definition | None = None,
        base_data: Mapping[str, Any] | None = None,
        seen: str = "",
        copying: bool = False,
        name: str = "",
        begun: Begun | None = None,
    ) -> None:
        """Read the post, or start from ``base``, whose stored form is ``base_data``.

        ``name``: what a new one is called to begin with. ``begun``: what was answered elsewhere.
        """
        self.user, self.base_data, self.copying = user, dict(base_data or {}), copying
        begun = begun or Begun()
        self.form = OwnExerciseForm(data, base=base, taken=taken, seen=seen, begun=begun.values)
        if name:
            self.form.initial.setdefault("name", name)
        if copying or (base and not base.figures):
            self.form.initial.pop("keep_drawing", None)
        elif base and base.figures:
            self.form.initial["keep_drawing"] = "yes"
        traits = base.traits if base else begun.traits
        self.movements = rows_in(MovementFormSet, data, "movements", movement_rows(traits))
        self.presets = rows_in(PresetFormSet, data, "presets", [*preset_rows(base), *begun.doses])
        self.definition: Definition | None = None
        self.base = base

    @property
    def folded(self) -> dict[str, str]:
        """Sections that are answered → what they say in a line; one with an error stays open."""
        lines = said(self.base) if self.base else {}
        if not self.form.is_bound:
            return lines
        right = {name: line for name, line in lines.items() if not self._is_wrong(name)}
        return {
            name: CHANGED_BY_YOU if self._is_changed(name) else line for name, line in right.items()
        }

    def _is_wrong(self, section: str) -> bool:
        rows = self.movements.errors if section == "moves" else []
        return any(rows) or not self.form.names(section).isdisjoint(self.form.errors)

    def _is_changed(self, section: str) -> bool:
        """Whether what was sent differs from the original; of moved rows, in any of them."""
        if not self.form.names(section).isdisjoint(self.form.changed_data):
            return True
        traits = self.base.traits if self.base else None
        before = [_filled(row) for row in movement_rows(traits)]
        now = [_filled(row.cleaned_data) for row in self.movements.used()]
        return section == "moves" and before != now

    @property
    def parts(self) -> tuple[forms.Form, ...]:
        """The form, then its rows: whatever has fields."""
        return (self.form, *self.movements.forms, *self.presets.forms)

    def is_valid(self) -> bool:
        """Everything was sent and everything is right. Every part is checked either way."""
        parts = [part.is_valid() for part in (self.form, self.movements, self.presets)]
        self._check_together()
        return all(parts) and not self.form.errors and self._parses()

    @property
    def has_errors(self) -> bool:
        """Something was sent, and something in it is wrong."""
        rows = (self.movements, self.presets)
        return self.form.is_bound and (
            bool(self.form.errors)
            or any(any(part.errors) or bool(part.non_form_errors()) for part in rows)
        )

    def show_current(self, seen: str) -> None:
        """Saving once more means: I know that somebody changed it up to ``seen``."""
        put(self.form, "seen", seen)

    @property
    def reading(self) -> Reading | None:
        """How hard the patient's words are to read; ``None`` where there are none."""
        lines: list[str] = []
        for name in ("steps", "feel", "avoid", "stop"):
            value = self.form[name].value() or ""
            lines += value if isinstance(value, list | tuple) else str(value).splitlines()
        return read_lines(lines)

    def _check_together(self) -> None:
        """What the rows and the answers above them say of each other."""
        values = getattr(self.form, "cleaned_data", {})
        used = self.movements.used()
        if values.get("moves") == "yes" and not used:
            self._tell("moves", "Say in a row below what moves, and how.", MISSING)
        if values.get("moves") == "no" and used:
            self._tell("moves", "There are movements below. Say yes, or remove them.")
        if values.get("sided") == "no":
            for row in used:
                if not row.errors and (fault := row.side_fault):
                    row.add_error(*fault)
                    self._tell("sided", "A movement below speaks of the treated side.")
        if values.get("flag_arms_overhead") == "no" and any(map(_reaches_up, used)):
            self._tell("flag_arms_overhead", "A shoulder goes as far as it can: this is a yes.")
        self._check_doses(str(values.get("kind", "")))

    def _check_doses(self, kind: str) -> None:
        """An exercise has a dose to start from; advice may go without."""
        if kind in {"", "advice"} or self.presets.used() or any(self.presets.errors):
            return
        message = "Give at least one dose to start from."
        for row in self.presets.forms[:1]:
            row.add_error("label", ValidationError(message, MISSING))
        self._tell(None, message, MISSING)

    def _tell(self, name: str | None, message: str, code: str = "") -> None:
        if name is None or name not in self.form.errors:
            self.form.add_error(name, ValidationError(message, code))

    def _parses(self) -> bool:
        """Read it as every entry is read; what is still wrong is told where it belongs."""
        try:
            self.definition = parse_definition(self.data("own-check"), stored=True)
        except DefinitionError as error:
            self._place(error)
            return False
        return True

    def _place(self, error: DefinitionError) -> None:
        found = _PLACE.match(error.key)
        message = "This does not fit. Look at it again."
        if found:
            rows = self.movements if found[1] == "movement" else self.presets
            row = rows.used()[int(found[2]) - 1]
            row.add_error(found[3] if found[3] in row.fields else None, message)
        elif error.key in self.form.fields:
            self.form.add_error(error.key, message)
        self.form.add_error(None, "Something in this exercise does not fit together.")

    def data(self, slug: str) -> dict[str, Any]:
        """The exercise as the catalogue stores it."""
        v, unknown = self._said()
        plain = ("name", "aliases", "summary", "kind", "phase", "regions", "muscles", "position",
                 "spine_load", "arm_load", "leg_load", "balance", "external_load",
                 "nerve_tension", "neck_load", "effort", "breathing", "pressure",
                 "modality", "equipment", "equipment_optional", "steps", "feel", "avoid", "stop",
                 "transient_rise", "transient_when")  # fmt: skip
        flags = [code for code in words.TRAIT_QUESTIONS if v[f"flag_{code}"] == "yes"]
        carried = {name: self.base_data.get(name, []) for name in CARRIED}
        carried |= {"topics": v["topics"]} if "topics" in v else {}
        presets = self._presets()
        sided = v["sided"] != "no"
        kept = self.base_data.get("figure", []) if v.get("keep_drawing") == "yes" else []
        table = {
            "slug": slug,
            **{name: v[name] for name in plain},
            "edition": EDITION,
            "sided": sided,
            **({"leg_load_other": v["leg_load_other"]} if sided else {}),
            "arm_load_on": v["arm_load_on"] or "both",
            "kneels_on": v["kneels_on"] or "both",
            "helper": v["helper_needed"] == "yes",
            "flags": [*flags, *(code for code in words.REMARKS if code in v["remarks"])],
            "contact": [code for code in words.CONTACT_LABELS if code in v["contact"]],
            **carried,
            "movement": [row.movement() for row in self.movements.used()],
            "dosage": presets,
            "source": self._sources(presets),
            **self._credit(),
            **({"figure": kept} if kept else {}),
            **({"unknown": sorted(unknown)} if unknown else {}),
        }
        return for_either_side(table) if SIDE_UNKNOWN in unknown else table

    def _said(self) -> tuple[dict[str, Any], set[str]]:
        """What was answered, and the names of what nobody knows, each with what is in its place."""
        v = dict(self.form.cleaned_data)
        unknown = {name for name in PLACES if v.get(name) == UNSURE}
        v |= {name: PLACES[name] for name in unknown}
        asked = {f"flag_{code}": code for code in words.TRAIT_QUESTIONS}
        asked |= {"helper_needed": "helper", "moves": "movements"}
        asked |= {"sided": SIDE_UNKNOWN}
        unknown |= {name for field, name in asked.items() if v[field] == UNSURE}
        for name in ("regions", "contact", "topics", "remarks"):
            if UNSURE in v.get(name, ()):
                v[name] = [code for code in v[name] if code != UNSURE]
                rest = set(words.REMARKS) - set(v[name])
                unknown |= rest if name == "remarks" else {name}
        v["regions"] = v["regions"] or ["whole_body"]
        for row in self.movements.used():
            unknown |= row.unsaid()
        if v["sided"] == "no":
            unknown |= {"leg_load_other"} if "leg_load" in unknown else set()
            unknown.discard("limb")
        return v, unknown

    def _presets(self) -> list[dict[str, Any]]:
        """The doses. One whose numbers are untouched keeps the source it came from."""
        known = [(dose_of(row), row) for row in self.base_data.get("dosage", [])]
        out = []
        for form in self.presets.used():
            preset = form.preset()
            dose = dose_of(preset)
            origin: Mapping[str, Any] = next((row for d, row in known if d == dose), {})
            source = {"source": origin.get("source", "own"), "item": origin.get("item", "")}
            out.append({**preset, **source})
        return out

    def _sources(self, presets: list[dict[str, Any]]) -> list[dict[str, str]]:
        """The practice first, then what a copy was written after."""
        earlier = [row for row in self.base_data.get("source", []) if row["id"] != "own"]
        return [{"id": "own", "item": ""}, *earlier]

    def _credit(self) -> dict[str, str]:
        """Who wrote it, and under which terms; a copy keeps both of its original's.

        Whoever reviewed the original has not reviewed the change.
        """
        author = author_of(self.user)
        credit = {"author": author, "licence": OWN_LICENCE}
        if self.base_data:
            before = str(self.base_data["author"])
            credit["licence"] = str(self.base_data["licence"])
            credit["author"] = before
            if author not in before:
                credit["author"] = f"{before}, changed by {author}"[:400]
        return {**credit, "reviewed_by": "", "reviewed_on": ""}


def _filled(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if value not in (None, "", False)}


def _reaches_up(row: Any) -> bool:
    values = row.cleaned_data
    return (
        str(values.get("part", "")).startswith("shoulder")
        and values.get("direction") in {"flexion", "abduction"}
        and values.get("range") == "end"
    )
