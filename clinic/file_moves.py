"""Taking files to the bucket and bringing them back, a few at a time, and clearing up there.

A file of the bucket that no row needs has an ``UnwantedFile`` at every moment: one is written
before a file is put there and goes with the transaction that empties the row. So whatever dies in
between, the next round finds it. Whoever puts a file there or removes it holds the lock of that
``UnwantedFile`` meanwhile, so that nobody removes what another has just put there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q

from clinic import wall
from clinic.models import StoredFile, UnwantedFile
from clinic.storehouse import place
from clinic.storehouse.place import Tries
from clinic.wall import passages

_BATCH: Final = 100
_A_ROUND: Final = 500
"""Files of a practice that one round moves, so that others get their turn."""
Stop = Callable[[], bool]


def kinds() -> list[type[Any]]:
    """Every model whose files may lie in the bucket: a ``StoredFile`` of a practice."""
    return [model for model in apps.get_models() if issubclass(model, StoredFile)]


def tidy_files(stop: Stop = lambda: False) -> Counter[str]:
    """What ``run_due`` does: take there what waits, and remove there what nobody needs.

    Raises ``FilesLeftError``, with what was done, where some of it could not be.
    """
    counts: Counter[str] = Counter()
    if not place.is_named():
        return counts
    tries = Tries()
    for practice in passages.practices_with_files(place.takes_files()):
        with wall.within(practice):
            clear_up(practice, counts, stop, tries)
            if place.takes_files():
                take_there(practice, counts, stop, _A_ROUND, tries)
    tries.tell(counts)
    return counts


def take_there(practice: int, counts: Counter[str], stop: Stop, most: int, tries: Tries) -> None:
    """Move so many files of this practice to the bucket."""
    for model, keys in _batches(practice, Q(stored_digest=""), most, stop):
        for key in keys:
            if stop() or tries.given_up:
                return
            _note(practice, model, key)
            counts["stored"] += tries.one(partial(_take, practice, model, key)) or 0


def bring_back(practice: int, counts: Counter[str], stop: Stop, most: int, tries: Tries) -> None:
    """Move so many files of this practice back into their rows."""
    for model, keys in _batches(practice, ~Q(stored_digest=""), most, stop):
        for key in keys:
            if stop() or tries.given_up:
                return
            counts["brought back"] += tries.one(partial(_bring, model, key)) or 0


def missing(practice: int, counts: Counter[str], tries: Tries) -> Iterator[str]:
    """Files of this practice that should lie in the bucket and cannot be had from there."""
    for model in kinds():
        rows = model._default_manager.filter(practice=practice).exclude(stored_digest="")
        for digest in rows.values_list("stored_digest", flat=True).iterator(chunk_size=_BATCH):
            if tries.given_up:
                return
            if tries.one(partial(place.fetch, practice, digest)) is None:
                yield f"{model._meta.label} {digest}: {tries.last}"
            else:
                counts["there"] += 1


def _batches(
    practice: int, which: Q, most: int, stop: Stop
) -> Iterator[tuple[type[Any], list[Any]]]:
    for model in kinds():
        wanted = which & model.MAY_LEAVE if which == Q(stored_digest="") else which
        last, left = 0, most
        while left > 0 and not stop():
            rows = model._default_manager.filter(wanted, practice=practice, pk__gt=last)
            keys = list(rows.order_by("pk").values_list("pk", flat=True)[: min(_BATCH, left)])
            if not keys:
                break
            yield model, keys
            last, left = keys[-1], left - len(keys)


def _note(practice: int, model: type[Any], key: Any) -> None:
    """What is about to be put there is unwanted until the rows say otherwise."""
    name = connection.ops.quote_name
    statement = (
        f"INSERT INTO {name(UnwantedFile._meta.db_table)} (practice_id, digest) "  # noqa: S608
        f"SELECT practice_id, encode(sha256({name(model.FILE)}), 'hex') "
        f"FROM {name(model._meta.db_table)} "
        "WHERE practice_id = %s AND id = %s AND stored_digest = '' "
        "ON CONFLICT (digest, practice_id) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [practice, key])


@transaction.atomic
def _take(practice: int, model: type[Any], key: Any) -> int:
    """One file; 0 where somebody else has it in hand, or it is gone."""
    row = _locked(model).filter(pk=key, stored_digest="").first()
    if row is None:
        return 0
    content = bytes(getattr(row, model.FILE))
    noted = _locked(UnwantedFile).filter(
        practice=practice, digest=hashlib.sha256(content).hexdigest()
    )
    if noted.first() is None:
        return 0
    row.stored_digest, row.stored_bytes = place.put(practice, content), len(content)
    setattr(row, model.FILE, b"")
    row.save(update_fields=[model.FILE, "stored_digest", "stored_bytes"])
    UnwantedFile.objects.filter(practice=practice, digest=row.stored_digest).delete()
    return 1


@transaction.atomic
def _bring(model: type[Any], key: Any) -> int:
    """One file. The database notes that the one in the bucket is unwanted from now on."""
    row = _locked(model).filter(pk=key).exclude(stored_digest="").first()
    if row is None:
        return 0
    setattr(row, model.FILE, row.whole())
    row.stored_digest, row.stored_bytes = "", 0
    row.save(update_fields=[model.FILE, "stored_digest", "stored_bytes"])
    return 1


def clear_up(practice: int, counts: Counter[str], stop: Stop, tries: Tries) -> None:
    """Remove what nobody needs; what another process has in hand is left to it."""
    for key in list(UnwantedFile.objects.filter(practice=practice).values_list("pk", flat=True)):
        if stop() or tries.given_up:
            return
        counts["removed"] += tries.one(partial(_clear_one, practice, key)) or 0


@transaction.atomic
def _clear_one(practice: int, key: Any) -> int:
    unwanted = _locked(UnwantedFile).filter(pk=key).first()
    if unwanted is None:
        return 0
    is_needed = any(
        # Locked, so that it cannot be erased between this look and the end of the note.
        model._default_manager.select_for_update()
        .filter(practice=practice, stored_digest=unwanted.digest)
        .values_list("pk", flat=True)
        .first()
        for model in kinds()
    )
    if not is_needed:
        place.remove(practice, unwanted.digest)
    unwanted.delete()
    return int(not is_needed)


def _locked(model: type[Any]) -> Any:
    return model._default_manager.select_for_update(skip_locked=True)
