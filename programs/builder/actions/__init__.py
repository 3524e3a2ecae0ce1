"""Everything that writes programs: one transaction each, locked, checked and audited."""

from clinic.outcomes import Refused, Stale
from programs.builder.actions.base import fingerprint
from programs.builder.actions.copies import copy_into, copy_program, restore_version
from programs.builder.actions.decisions import (
    acknowledge,
    acknowledge_many,
    override_item,
    revoke_override,
)
from programs.builder.actions.doses import dose_all
from programs.builder.actions.drafts import (
    amend,
    change_details,
    create_program,
    discard,
    end_program,
    put_off_review,
)
from programs.builder.actions.issuing import Blocked, Unprintable, issue
from programs.builder.actions.items import (
    add_exercise,
    apply_preset,
    move_item,
    remove_item,
    remove_items,
    reorder,
    restore_item,
    save_item,
)
from programs.builder.actions.own_starters import keep_phase, keep_starter
from programs.builder.actions.phases import leave_plan, put_off_phase, take_phase
from programs.builder.actions.screening import say_changed
from programs.builder.actions.starters import Applied, apply_starter
from programs.builder.actions.swaps import swap_item

__all__ = [
    "Applied",
    "Blocked",
    "Refused",
    "Stale",
    "Unprintable",
    "acknowledge",
    "acknowledge_many",
    "add_exercise",
    "amend",
    "apply_preset",
    "apply_starter",
    "change_details",
    "copy_into",
    "copy_program",
    "create_program",
    "discard",
    "dose_all",
    "end_program",
    "fingerprint",
    "issue",
    "keep_phase",
    "keep_starter",
    "leave_plan",
    "move_item",
    "override_item",
    "put_off_phase",
    "put_off_review",
    "remove_item",
    "remove_items",
    "reorder",
    "restore_item",
    "restore_version",
    "revoke_override",
    "save_item",
    "say_changed",
    "swap_item",
    "take_phase",
]
