"""From a judged draft to the frozen prescription: every word the patient will read."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from clinic.models import Practice, PracticeLogo, User
from patients.identity.regions import region_of
from patients.vocabulary import RESOURCES
from programs.builder.item_pictures import figures_for_items
from programs.builder.phase_dates import begun_on
from programs.exercises.filling import filled_steps
from programs.exercises.general import general_rules
from programs.exercises.phases import spans_of
from programs.exercises.pictures.casts import loaded_stamps, people_of
from programs.exercises.pictures.figure import Figure
from programs.exercises.pictures.renderings import motion_of
from programs.exercises.sides import fill_sides
from programs.prescriptions.models import Program
from programs.prescriptions.prescription import (
    LAYOUT,
    SCHEMA_VERSION,
    Caution,
    PracticeCard,
    PrescribedExercise,
    Prescription,
)
from programs.prescriptions.safety_words import printed_regions, red_flag_lines, stop_rules
from programs.rules.traits import PURPOSES
from programs.rules.verdict import Reason
from programs.verdicts.judgement import JudgedItem, Judgement


def freeze(
    judgement: Judgement, *, version: int, clinician: User, drawn: bool = True
) -> Prescription:
    """The prescription that issuing would make of this draft, as version ``version``.

    Without ``drawn`` the pictures are left out: a clinician who checks the words does not wait.
    """
    program, settings = judgement.program, judgement.settings
    practice = judgement.case.practice
    about = printed_regions(
        judgement.case.about,
        [r for j in judgement.items if j.definition for r in j.definition.regions],
    )
    chosen = _chosen(judgement, clinician) if drawn else {}
    rows = [j.item for j in judgement.items]
    figures = figures_for_items(practice, rows, chosen) if drawn else {}
    items = tuple(
        freeze_item(
            j, figures.get(str(j.item.pk), ()), stamp=chosen.get(j.item.exercise.digest, "")
        )
        for j in judgement.items
    )
    return Prescription(
        schema_version=SCHEMA_VERSION,
        program=str(program.pk),
        version=version,
        title=program.title,
        issued_on=judgement.today,
        practice=practice_card(practice),
        patient_name=judgement.case.patient.full_name,
        clinician_name=clinician.full_name or clinician.email,
        clinician_credentials=clinician.credentials,
        items=items,
        minutes_per_day=judgement.minutes_per_day,
        pain_green_max=settings.pain_green_max,
        pain_amber_max=settings.pain_amber_max,
        after_effect_minutes=settings.after_effect_minutes,
        review_weeks=(settings.review_weeks_min, settings.review_weeks_max),
        review_on=program.review_on,
        stop_rules=stop_rules(
            amber_max=settings.pain_amber_max,
            settle_minutes=settings.after_effect_minutes,
            about=about,
        ),
        red_flags=red_flag_lines(
            pregnant=judgement.facts.pregnancy_weeks is not None,
            born=judgement.facts.postnatal_weeks is not None,
            about=about,
        ),
        note=program.note,
        every_time=general_rules().words(line for item in items for line in item.general),
        layout=LAYOUT,
        **_weeks(program, judgement.today),
    )


def _chosen(judgement: Judgement, clinician: User) -> dict[str, str]:
    """The drawings of the people that the clinician or the practice chose, as far as ready."""
    people = people_of(judgement.case.practice, clinician)
    wanted = {j.item.exercise.digest: j.definition for j in judgement.items if j.definition}
    return loaded_stamps(wanted, people)


def _weeks(program: Program, today: dt.date) -> dict[str, Any]:
    """Which weeks of a plan in phases it is for; nothing where it is in none."""
    if not program.phase:
        return {}
    begun = begun_on(program, program.prescriptions.first(), today)
    return {
        "weeks": spans_of(program.plan["template"])[program.phase - 1],
        "weeks_from": begun,
    }


def practice_card(practice: Practice) -> PracticeCard:
    """The letterhead as it is today."""
    logo = PracticeLogo.objects.filter(practice=practice).first()
    return PracticeCard(
        name=practice.name,
        address_lines=tuple(practice.address_lines),
        phone=practice.phone,
        emergency_number=practice.emergency_number,
        out_of_hours=practice.out_of_hours,
        paper_size=practice.paper_size,
        logo_png=base64.b64encode(bytes(logo.content)).decode() if logo else "",
        country=region_of(practice.time_zone),
    )


def freeze_item(
    judged: JudgedItem, figures: tuple[Figure, ...] = (), *, stamp: str = ""
) -> PrescribedExercise:
    """One exercise as the patient will read it; the entry must still be in the catalogue.

    Without ``figures`` it has neither pictures nor a movement. ``stamp``: whose drawing moves.
    """
    item, definition = judged.item, judged.definition
    if definition is None:
        raise ValueError("an exercise that has left the catalogue cannot be prescribed")
    side = item.side
    accepted = judged.standing.accepted
    return PrescribedExercise(
        item=str(item.pk),
        exercise=definition.slug,
        name=definition.name,
        kind=definition.traits.kind,
        phase=definition.traits.phase,
        phase_label=PURPOSES[definition.traits.phase],
        side=side,
        side_words=judged.side_words,
        dosage=judged.dosage,
        dose_words=judged.dosage.words,
        steps=filled_steps(definition.steps, side, judged.dosage),
        feel=fill_sides(definition.feel, side),
        avoid=_filled(definition.avoid, side),
        stop=_filled(definition.stop, side),
        equipment_words=tuple(RESOURCES[code] for code in definition.traits.required),
        cautions=tuple(_caution(reason) for reason in accepted if reason.patient),
        modification=item.modification if any(r.verdict == "adapt" for r in accepted) else "",
        note=item.note,
        transient_rise=definition.transient_rise,
        transient_when=fill_sides(definition.transient_when, side),
        figures=figures,
        motion=motion_of(figures, item.exercise, definition, side, stamp),
        sources=tuple(dict.fromkeys(source for source, _ in definition.sources)),
        general=general_rules().among((*definition.avoid, *definition.stop)),
    )


def _caution(reason: Reason) -> Caution:
    return Caution(text=reason.patient, rule=reason.rule, source=reason.source)


def _filled(texts: tuple[str, ...], side: str) -> tuple[str, ...]:
    return tuple(fill_sides(text, side) for text in texts)
