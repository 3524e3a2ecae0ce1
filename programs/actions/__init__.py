"""Everything that writes programs: one transaction each, locked, checked and audited."""

from programs.actions.base import Refused, Stale, fingerprint
from programs.actions.decisions import acknowledge, override_item, revoke_override
from programs.actions.drafts import amend, change_details, create_program, discard, end_program
from programs.actions.issuing import Blocked, issue
from programs.actions.items import (
    add_exercise,
    apply_preset,
    move_item,
    remove_item,
    reorder,
    restore_item,
    save_item,
)
from programs.actions.starters import Applied, apply_starter

__all__ = [
    "Applied",
    "Blocked",
    "Refused",
    "Stale",
    "acknowledge",
    "add_exercise",
    "amend",
    "apply_preset",
    "apply_starter",
    "change_details",
    "create_program",
    "discard",
    "end_program",
    "fingerprint",
    "issue",
    "move_item",
    "override_item",
    "remove_item",
    "reorder",
    "restore_item",
    "revoke_override",
    "save_item",
]
