"""The functions that keep rows as they are, and the one change that a migration may make."""

from __future__ import annotations

_HEAD = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
"""
_FILLING = """DECLARE
    before record;
BEGIN
    -- The practice is filled in, and nothing else: the row says what it said.
    IF TG_OP = 'UPDATE' AND OLD.practice_id IS NULL AND NEW.practice_id IS NOT NULL THEN
        before := NEW;
        before.practice_id := NULL;
        IF before *= OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""
_TAIL = """    RAISE EXCEPTION '{words}', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$;
"""
_WORDS = {
    "patients_refuse_change": "Rows of % are never changed or deleted",
    "programs_forbid_change": "% is final: it cannot be changed or deleted",
}
"""What each function says when it refuses."""


def refusing(name: str) -> str:
    """SQL of the function as it stands: nothing is changed and nothing removed."""
    return _HEAD.format(name=name) + "BEGIN\n" + _TAIL.format(words=_WORDS[name])


def filling(name: str) -> str:
    """SQL of the function while a migration fills the practice of rows that had none."""
    return _HEAD.format(name=name) + _FILLING + _TAIL.format(words=_WORDS[name])
