"""``python -m benchmarks.partitions DSN``: cut a filled table of symptom logs by practice, while it
is read and written, and say how long anybody waited.

DSN leads a superuser to a server of your own with the site's tables in it: the table is another
afterwards. The steps are those of ``docs/scale.md``. Without ``--all`` it copies for a minute only,
as if that were all: what comes after it does not depend on how many rows there are.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import threading
import time
from collections import defaultdict
from typing import Any, Final

import psycopg
from psycopg import errors

TABLE: Final = "patients_symptomlog"
PARTS: Final = f"{TABLE}_parts"
PARTITIONS: Final = 16
ROWS: Final = 300
"""Copied in one transaction, some milliseconds; then the copying rests for as long as it took."""
KIND: Final = 15
"""By how much the copying stands back in the queue for a processor, where it is on this machine."""
WAIT_MS: Final = 50
"""What the last step waits for its lock before it lets everybody pass and tries again."""
_Line = psycopg.Connection[Any]

MAKE: Final = f"""
CREATE TABLE {PARTS} (LIKE {TABLE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY,
    PRIMARY KEY (practice_id, id)) PARTITION BY HASH (practice_id);
CREATE INDEX ON {PARTS} (case_id, at);
CREATE UNIQUE INDEX ON {PARTS} (case_id, client_id, practice_id);
CREATE UNIQUE INDEX ON {PARTS} (corrects_id, practice_id) WHERE corrects_id IS NOT NULL;
ALTER TABLE {PARTS} ADD FOREIGN KEY (case_id, practice_id)
    REFERENCES patients_case (id, practice_id) DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (entered_by_id) REFERENCES clinic_user (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE {PARTS} ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON {PARTS} TO homeward_app;
"""
DOUBLE: Final = f"""
CREATE FUNCTION {TABLE}_doubled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM {PARTS} WHERE practice_id = OLD.practice_id AND id = OLD.id;
    ELSE
        INSERT INTO {PARTS} SELECT NEW.* ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {TABLE}_doubled AFTER INSERT OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_doubled();
"""  # noqa: S608 - our own names
COPY: Final = f"""
WITH old AS MATERIALIZED (
    SELECT * FROM {TABLE} WHERE id > %s AND id <= %s ORDER BY id LIMIT {ROWS} FOR KEY SHARE),
made AS (INSERT INTO {PARTS} SELECT * FROM old ON CONFLICT DO NOTHING)
SELECT max(id), count(*) FROM old
"""  # noqa: S608 - our own names
SWAP: Final = f"""
LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE;
DROP TRIGGER {TABLE}_doubled ON {TABLE};
ALTER TABLE {TABLE} RENAME TO {TABLE}_whole;
ALTER TABLE {PARTS} RENAME TO {TABLE};
SELECT setval(pg_get_serial_sequence('{TABLE}', 'id'),
    nextval(pg_get_serial_sequence('{TABLE}_whole', 'id')));
"""


class Somebody(threading.Thread):
    """Reads a case's last logs every 3 ms, or adds one every 20, behind row-level security.

    ``waits``: milliseconds of each answer, by the step that was under way.
    """

    def __init__(self, dsn: str, *, writes: bool) -> None:
        super().__init__(daemon=True)
        self.dsn, self.writes = dsn, writes
        self.step, self.over, self.added = "before", False, 0
        self.waits: dict[str, list[float]] = defaultdict(list)

    def run(self) -> None:
        """Until it is over."""
        choice = random.Random(7)
        with psycopg.connect(self.dsn, autocommit=True) as line:
            cases = line.execute("SELECT id, practice_id FROM patients_case LIMIT 2000").fetchall()
            line.execute("SET ROLE homeward_app")
            while not self.over:
                case, practice = choice.choice(cases)
                begun, step = time.perf_counter(), self.step
                with line.transaction():
                    line.execute(
                        "SELECT set_config('homeward.practice', %s, true)", [f"{practice}"]
                    )
                    self._write(line, case) if self.writes else self._read(line, case)
                self.waits[step].append((time.perf_counter() - begun) * 1000)
                time.sleep(0.02 if self.writes else 0.003)

    def _read(self, line: _Line, case: Any) -> None:
        line.execute(
            f"SELECT id, at, pain FROM {TABLE} WHERE case_id = %s "  # noqa: S608
            "ORDER BY at DESC, id DESC LIMIT 20",
            [case],
        ).fetchall()

    def _write(self, line: _Line, case: Any) -> None:
        line.execute(
            f"INSERT INTO {TABLE} (case_id, practice_id, client_id, session, phase, at, "
            'received_at, item, item_name, "left", "right", red_flags, helper) '
            "SELECT %s, wall_practice(), gen_random_uuid(), gen_random_uuid(), 'before', now(), "
            "now(), '', '', '', '', '{}', ''",
            [case],
        )
        self.added += 1


def main() -> int:
    """Make, double, copy, swap, look."""
    parser = argparse.ArgumentParser(prog="benchmarks.partitions", description=__doc__)
    parser.add_argument("dsn")
    parser.add_argument("--all", action="store_true", help="copy every row, however long it takes")
    options = parser.parse_args()
    crowd = [Somebody(options.dsn, writes=writes) for writes in (False, True)]
    for one in crowd:
        one.start()
    with psycopg.connect(options.dsn, autocommit=True) as line:
        time.sleep(5)
        _under(crowd, "made")
        last = _made(line)
        _under(crowd, "copied")
        with psycopg.connect(options.dsn, autocommit=True) as slow:
            copied, took = _copied(slow, last, None if options.all else time.monotonic() + 60)
            print(f"copied {copied:,} of {last:,} rows in {took:.0f} s, half of it at rest")
            slow.execute(f"ANALYZE {PARTS}")
        _under(crowd, "swapped")
        tries, held = _swapped(line)
        print(f"swapped at try {tries}; the lock lasted {held:.1f} ms")
        time.sleep(2)
        _under(crowd, "after")
        time.sleep(5)
        for one in crowd:
            one.over = True
            one.join()
        _tell(crowd)
        _look(line, crowd[1].added, whole=copied >= last)
    return 0


def _under(crowd: list[Somebody], step: str) -> None:
    for one in crowd:
        one.step = step


def _retried(line: _Line, statements: str) -> tuple[int, float]:
    """In one short transaction; who waits longer for its lock lets all others pass first."""
    for tries in range(1, 1000):
        try:
            with line.transaction():
                line.execute(f"SET LOCAL lock_timeout = {WAIT_MS}")
                begun = time.perf_counter()
                line.execute(statements)
            return tries, (time.perf_counter() - begun) * 1000
        except errors.LockNotAvailable:
            time.sleep(0.2)
    raise TimeoutError("the table was never free")


def _made(line: _Line) -> int:
    """The empty copy with all that guards it, and its doubling; the last row that is to follow."""
    line.execute(MAKE)
    for n in range(PARTITIONS):
        line.execute(
            f"CREATE TABLE {PARTS}_{n} PARTITION OF {PARTS} "
            f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {n})"
        )
    policies = line.execute(
        "SELECT policyname, permissive, cmd, qual, with_check FROM pg_policies "
        "WHERE tablename = %s",
        [TABLE],
    ).fetchall()
    for name, permissive, command, reads, changes in policies:
        check = f" WITH CHECK ({changes})" if changes else ""
        line.execute(
            f"CREATE POLICY {name} ON {PARTS} AS {permissive} FOR {command} USING ({reads}){check}"
        )
    guards = line.execute(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass "
        "AND NOT tgisinternal",
        [TABLE],
    ).fetchall()
    for (guard,) in guards:
        line.execute(guard.replace(f" ON public.{TABLE} ", f" ON {PARTS} "))
    _retried(line, DOUBLE)
    row = line.execute(f"SELECT max(id) FROM {TABLE}").fetchone()  # noqa: S608
    assert row is not None
    return int(row[0])


def _copied(line: _Line, last: int, until: float | None) -> tuple[int, float]:
    """The rows from before the doubling; how many, and how long it took. Over a line of its own."""
    at, copied, begun = 0, 0, time.monotonic()
    # What is copied was checked when it came in; what comes in meanwhile is checked by itself.
    line.execute("SET session_replication_role = replica")
    # A batch that a crash takes is copied again; nobody was told that it is there.
    line.execute("SET synchronous_commit = off")
    _stand_back(line)
    while until is None or time.monotonic() < until:
        started = time.monotonic()
        row = line.execute(COPY, [at, last]).fetchone()
        if row is None or row[0] is None:
            break
        at, copied = row[0], copied + row[1]
        time.sleep(time.monotonic() - started)
    line.execute("SET session_replication_role = origin")
    return copied, time.monotonic() - begun


def _stand_back(line: _Line) -> None:
    """Lower the priority of the server's process for this line; elsewhere do so by hand."""
    try:
        os.setpriority(os.PRIO_PROCESS, line.info.backend_pid, KIND)
    except OSError as error:
        print(f"the copying keeps its priority ({error.strerror})")


def _swapped(line: _Line) -> tuple[int, float]:
    return _retried(line, SWAP)


def _tell(crowd: list[Somebody]) -> None:
    for one in crowd:
        for step, waits in one.waits.items():
            worst = sorted(waits)[-3:]
            print(
                f"{'writer' if one.writes else 'reader'}, {step}: {len(waits)} answers, median "
                f"{statistics.median(waits):.1f} ms, slowest {[round(ms, 1) for ms in worst]}"
            )


def _look(line: _Line, added: int, *, whole: bool) -> None:
    """Whether what came in meanwhile is there, and all that was before where all was copied."""
    fresh = f"SELECT count(*) FROM {TABLE} p WHERE NOT EXISTS (SELECT FROM {TABLE}_whole w WHERE w.id = p.id)"  # noqa: E501, S608
    missing = f"SELECT count(*) FROM {TABLE}_whole w WHERE NOT EXISTS (SELECT FROM {TABLE} p WHERE p.practice_id = w.practice_id AND p.id = w.id)"  # noqa: E501, S608
    print(
        "added by the writer:", added, "; in the new table alone:", line.execute(fresh).fetchone()
    )
    if whole:
        print("missing in the new table:", line.execute(missing).fetchone())


if __name__ == "__main__":
    raise SystemExit(main())
