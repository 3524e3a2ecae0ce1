"""Everything that writes programs: one transaction each, locked, checked and audited."""

from clinic.outcomes import Refused, Stale
from programs.builder.actions.base import fingerprint
from programs.builder.actions.copies import copy_program
from programs.builder.actions.decisions import acknowledge, override_item, revoke_override
from programs.builder.actions.drafts import (
    amend,
    change_details,
    create_program,
    discard,
    end_program,
)
from programs.builder.actions.issuing import Blocked, Unprintable, issue
from programs.builder.actions.items import (
    add_exercise,
    apply_preset,
    move_item,
    remove_item,
    reorder,
    restore_item,
    save_item,
)
from programs.builder.actions.screening import say_changed
from programs.builder.actions.starters import Applied, apply_starter

__all__ = [
    "Applied",
    "Blocked",
    "Refused",
    "Stale",
    "Unprintable",
    "acknowledge",
    "add_exercise",
    "amend",
    "apply_preset",
    "apply_starter",
    "change_details",
    "copy_program",
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
    "say_changed",
]
