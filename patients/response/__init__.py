"""What a symptom log means: the history of a case in, an answer for patient and clinician out.

Pure. No framework, clock, file or setting inside. ``respond(history, guide)`` judges; ``guide``
holds the words and rule ids of the reviewed rules (``programs/catalogue/rules/response.toml``) by
situation, so that every word has one home. Location first, number second.

Decisions, each the safer reading where the table left a choice:

- A red flag counts from any log, also from one that was corrected since, and from the safety
  screen, until its own code is cleared at a later moment. A flag whose route does not stop raises
  an alert (soon or routine) and leaves the outcome alone.
- Weakness is new on its first report in 7 calendar days, and while it goes on being reported it
  stays ``get_help`` until ``neurological_change`` is cleared or 7 days have passed: nobody is sent
  back to exercise because they reported the same new weakness twice.
- Numbness counts when it is further down than its last report of the past 7 days (on either side,
  from the buttock on), and when it appears after a recent answer without it. Without any earlier
  answer it is compared with the last known location.
- A clinician's word ends what a log has led to: a sign cleared, or an item reinstated, after the
  log no longer decides the outcome.
- Both legs counts as new when nothing is known of before. It goes on like weakness; clear it with
  ``both_legs``.
- "Before" is the location logged before the item, else before the session; where nobody asked, the
  last known location, else the baseline. That fallback can show a spread, never a centralising.
- A ``settled`` check inside the window says no more than ``after``: a rise then is not yet lasting.
  Exactly at the window counts as past it. A check with no gap at all was typed in later and is
  believed. Where nobody asked at ``settled``, a spread on the next day stops the items too.
- A spread seen at once and never checked again is ``ease``, with a word to check again; a spread
  that comes back only the next day is ``ease``.
- Centralising is read at ``settled``, else next day, else ``after``. The next location at rest may
  not be further down than that check. A session that also stops an item is not centralising.
- A preference is proposed only for what moved symptoms up, and not when forward and back bends
  were done before one shared check.
- A held back bend whose rise in pain is still there at the check, with the leg no better, is
  stopped (R22): the table is silent, the source is not.
- A number may rise in a hold where the exercise allows it (R20). A location further down in a hold
  is ``ease`` as everywhere, in words that say it can be expected. A red number during an exercise
  that allows no rise is ``ease``.
- Pain after a session is the highest number at ``after`` and ``settled``.
- Amber pain that is above both its start and the green band the next day has not settled: ``ease``.
- Pain against the baseline is the number before each session, else the one nearest to rest; a
  missing baseline is the first session's number. From a baseline of 0 only points count.
- All of the last three sessions starting further down than the first one and the baseline is a
  worsening even where no single session shows it; further up counts as centralising.
- Days are the practice's calendar days; a session belongs to the day it began. Adherence is
  sessions done of sessions asked for by the most frequent item that is not paused, over the last
  28 (or 14) days and today.
- Logs after ``now`` are left out here; who stores a log caps its time at the time of receipt.
"""

from patients.response.answer import respond
from patients.response.facts import (
    Advice,
    ClinicianMark,
    Guide,
    History,
    Item,
    Kind,
    LogEntry,
    Outcome,
    Phase,
    Place,
    Proposal,
    Response,
    ResponseSettings,
    StandingAlert,
    Trend,
    Urgency,
)

__all__ = [
    "Advice",
    "ClinicianMark",
    "Guide",
    "History",
    "Item",
    "Kind",
    "LogEntry",
    "Outcome",
    "Phase",
    "Place",
    "Proposal",
    "Response",
    "ResponseSettings",
    "StandingAlert",
    "Trend",
    "Urgency",
    "respond",
]
