"""Erasing for good: the one way past the triggers that keep rows, and only for the tables' owner.

The application has no right to remove what is kept. It may ask two functions that run with the
owner's rights: one erases a patient with everything that hangs on them, and writes in the same
breath that it was done; one erases photographs that a practice has removed. Both work within the
practice that is open, and never for a patient's page.
"""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.db import models

from clinic.wall.belongings import belongings

#: Whether the owner is erasing just now; the triggers that keep rows step aside for that alone.
ERASING: Final = """
CREATE OR REPLACE FUNCTION wall_erasing() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('homeward.erasing', true), '') = 'yes'
        AND current_user = (SELECT tableowner FROM pg_tables
            WHERE schemaname = current_schema() AND tablename = 'clinic_practice')
$$;
"""
_GUARDS: Final = (
    "patients_refuse_change",
    "programs_forbid_change",
    "patients_alert_stays",
    "programs_picture_stays",
)
_EACH_GUARD: Final = """
DO $do$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT g.tgname AS name, g.tgrelid::regclass AS place, pg_get_triggerdef(g.oid) AS made
        FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
        JOIN pg_class c ON c.oid = g.tgrelid
        WHERE NOT g.tgisinternal AND p.proname IN ({guards})
            AND c.relnamespace = current_schema()::regnamespace
            AND c.relname <> 'patients_erasure'
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.name, found.place);
        EXECUTE {made};
    END LOOP;
END $do$;
"""
_LIST: Final = ", ".join(f"'{name}'" for name in _GUARDS)
#: Let every guard that stands step aside, and back.
STEP_ASIDE: Final = _EACH_GUARD.format(
    guards=_LIST,
    made="replace(found.made, ' EXECUTE FUNCTION', ' WHEN (NOT wall_erasing()) EXECUTE FUNCTION')",
)
STAND_AGAIN: Final = _EACH_GUARD.format(
    guards=_LIST, made="replace(found.made, ' WHEN ((NOT wall_erasing()))', '')"
)
_PATIENT: Final = """
DECLARE
    gone uuid[];
    removed bigint;
    counts jsonb := '{{}}';
BEGIN
    IF wall_practice() IS NULL OR wall_case() IS NOT NULL THEN
        RETURN NULL;
    END IF;
    -- The record that stands, with those that were merged into it.
    WITH RECURSIVE person AS (
        SELECT id FROM patients_patient
        WHERE id = $1 AND practice_id = wall_practice() AND merged_into_id IS NULL
        UNION
        SELECT part.id FROM patients_patient part JOIN person ON part.merged_into_id = person.id
    )
    SELECT array_agg(id) INTO gone FROM person;
    IF gone IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM patients_patient WHERE id = ANY (gone) FOR UPDATE;
    PERFORM set_config('homeward.erasing', 'yes', true);
{deletions}
    PERFORM set_config('homeward.erasing', '', true);
    INSERT INTO patients_erasure (practice_id, patient, reason, erased_by_id, erased_at, counts)
    VALUES (wall_practice(), $1, $2, $3, $4, counts);
    RETURN counts;
END
"""
_DELETION: Final = """    DELETE FROM {table} WHERE {condition};
    GET DIAGNOSTICS removed = ROW_COUNT;
    counts := counts || jsonb_build_object('{label}', removed);"""
#: Photographs that the practice has taken down. What was printed of them stays in the versions.
PHOTOGRAPHS: Final = """
DECLARE
    removed bigint;
BEGIN
    IF wall_practice() IS NULL OR wall_case() IS NOT NULL THEN
        RETURN 0;
    END IF;
    PERFORM set_config('homeward.erasing', 'yes', true);
    DELETE FROM programs_exercisepicture
    WHERE practice_id = wall_practice() AND retired_at IS NOT NULL;
    GET DIAGNOSTICS removed = ROW_COUNT;
    PERFORM set_config('homeward.erasing', '', true);
    RETURN removed;
END
"""


def patient_sql() -> str:
    """The body of the function: every table that hangs on a patient, the last one first."""
    deletions = [
        _DELETION.format(
            table=kind.model._meta.db_table,
            condition=" OR ".join(_leads_to(kind.model, way.split("__")) for way in kind.ways),
            label=kind.model._meta.label,
        )
        for kind in reversed(belongings("patients.Patient"))
    ]
    return _PATIENT.format(deletions="\n".join(deletions))


def _leads_to(model: type[models.Model], way: list[str]) -> str:
    """SQL: this row hangs on somebody who goes, by these foreign keys."""
    patient = apps.get_model("patients.Patient")
    if way == ["pk"]:
        return "id = ANY (gone)"
    field: Any = model._meta.get_field(way[0])
    parent = field.related_model
    if parent is patient:
        return f"{field.column} = ANY (gone)"
    table, within = parent._meta.db_table, _leads_to(parent, way[1:])
    return f"{field.column} IN (SELECT id FROM {table} WHERE {within})"  # noqa: S608 - our names
