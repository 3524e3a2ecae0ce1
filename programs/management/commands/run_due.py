"""``manage.py run_due``: whatever is due by the clock, once or again and again."""

from __future__ import annotations

import datetime as dt
import faulthandler
import logging
import re
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.utils import timezone

from clinic import wall
from clinic.file_moves import tidy_files
from clinic.post import send_post
from clinic.pulse import DUE, beat
from clinic.storehouse.place import FilesLeftError
from patients.inbox import mail as alert_mail
from programs.exercises.pictures.drawing_due import draw_chosen
from programs.management.ending import End, listen_for, told_to_end
from programs.reminders.sender import send_reminders
from programs.sessions.daily import refresh_answers
from programs.verdicts.checks import judge_waiting

logger = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600
STUCK_SECONDS = 300


class Command(BaseCommand):
    """Safe to run twice, late, and in several places at once. Says counts, never names."""

    help = (
        "Send alert e-mails and reminders that are due, judge cases whose day has changed, and "
        "draw figures that were asked for. "
        "Once, or with --every until it is told to end."
    )
    # Checked where it is released. A look at all pages' code takes longer than what is due.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, and whether the caller's end is ours."""
        parser.add_argument(
            "--every", type=seconds, metavar="SECONDS", help="keep running, this often"
        )
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="end when standard input does, as it does when the program that started this one "
            "has died",
        )

    def handle(self, *args: Any, every: int | None, until_input_ends: bool, **options: Any) -> None:
        """Run once, or again and again until a signal or the end of the input."""
        with told_to_end() as stop:
            if until_input_ends:
                listen_for(stop)
            if every is None:
                self.once(stop)
            else:
                if options["verbosity"] > 1:
                    self.stdout.write(f"Doing what is due every {every} seconds.")
                self.again_and_again(stop, every)

    def once(self, stop: End) -> None:
        """Say what was done; an error where some of it could not be."""
        failed, counts = run_once(stop.is_set)
        self.stdout.write(words(counts) or "Nothing was due.")
        if failed:
            raise CommandError(f"Not everything could be done: {', '.join(failed)}.")

    @staticmethod
    def again_and_again(stop: End, every: int) -> None:
        """What could not be done this time is tried the next."""
        while not stop.is_set():
            begun = time.monotonic()
            _, counts = run_once(going_on(stop))
            faulthandler.cancel_dump_traceback_later()
            if said := words(counts):
                logger.info(said)
            # Between two runs nothing is held, so that the database may be restarted meanwhile.
            connections.close_all()
            stop.wait(max(0.0, every - (time.monotonic() - begun)))


def going_on(stop: End) -> Callable[[], bool]:
    """What is asked between two steps: whether to stop. Each time, the process may live on a while.

    Every wait of ours has an end of its own. Where one has none after all, the process ends with a
    note of where it hung, and whatever keeps it running starts it anew.
    """

    def ask() -> bool:
        faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
        return stop.is_set()

    return ask


def seconds(text: str) -> int:
    """A whole number of seconds, at most a day."""
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text) or int(text) > DAY_SECONDS:
        raise ArgumentTypeError(f"must be a whole number of seconds from 1 to {DAY_SECONDS}")
    return int(text)


def run_once(stop: Callable[[], bool]) -> tuple[list[str], Counter[str]]:
    """Everything that is due now, the most urgent first. One part's trouble stops no other part.

    Gives the parts that failed, and how many of what was done.
    """
    counts: Counter[str] = Counter()
    failed: list[str] = []

    def part(name: str, work: Callable[[], Counter[str]]) -> None:
        if stop():
            return
        try:
            counts.update({f"{name} {key}": n for key, n in work().items()})
        except (DatabaseError, OSError, ValueError, LookupError, TypeError) as error:
            # What the error says may repeat what somebody typed: only its kind is written down.
            logger.error("Not done now, tried again later: %s (%s)", name, type(error).__name__)
            if isinstance(error, FilesLeftError):
                counts.update({f"{name} {key}": n for key, n in error.counts.items()})
            failed.append(name)

    def alerts() -> Counter[str]:
        return Counter(sent=alert_mail.send_due(timezone.now(), stop))

    # Closed but for the practice whose turn it is.
    with wall.closed():
        part("alert e-mails", alerts)
        part("letters", lambda: send_post(timezone.now, stop))
        part("cases", lambda: refresh_answers(timezone.now(), stop))
        part("programs", lambda: judge_waiting(timezone.now(), stop))
        # Judging may have raised an alert that is to be mailed.
        part("alert e-mails", alerts)
        part("reminders", lambda: send_reminders(timezone.now, stop))
        part("files", lambda: tidy_files(stop))
        part("heartbeat", lambda: beat_of(timezone.now()))
        # Last, and a few at a time: it takes seconds of processor time, and nobody waits for it.
        part("figures", lambda: draw_chosen(stop))
    return list(dict.fromkeys(failed)), counts


def beat_of(now: dt.datetime) -> Counter[str]:
    """Write down that everything has been gone through, for readiness and for the owners."""
    beat(DUE, now)
    return Counter()


def words(counts: Counter[str]) -> str:
    """``cases judged: 1, reminders sent: 3``; empty where nothing was done."""
    return ", ".join(f"{name}: {n}" for name, n in sorted(counts.items()) if n)
