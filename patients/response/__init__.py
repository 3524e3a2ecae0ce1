"""What a symptom log means: the history of a case in, an answer for patient and clinician out.

Pure. No framework, clock, file or setting inside. ``respond(history, guide)`` judges; ``guide``
holds the words and rule ids of the reviewed rules (``programs/catalogue/rules/response.toml``) by
situation, so that every word has one home. Location first, number second.

Decisions, each the safer reading where the table left a choice:

- A red flag counts from any log, also from one that was corrected since, and from the safety
  screen, until its own code is cleared at a later moment. One whose route does not stop is
  ``ease`` until then, and its words are said beside those of anything worse.
- New or spreading weakness and numbness stand in the same way, from any log, until
  ``neurological_change`` is cleared, however old they are and whatever is told later.
- Weakness is new where neither the recorded baseline nor the log of 7 calendar days before has it.
  A baseline that names a side knows it on that side alone.
- Numbness counts when it is further down than its last report of the past 7 days, or than the
  baseline that knows it (on either side, from the buttock on), and when it appears after an answer
  without it: a recent one, or the baseline's. Where nobody ever asked, it is compared with the last
  known location.
- New weakness or numbness with both legs at the thigh or further is the red flag
  ``rf_bilateral_leg_new``, on whatever page it is said; clearing that code clears all that the
  same report said. Where a log gives no place, the place that its session told last counts.
- A clinician's word ends what a log has led to: a sign cleared, or an item reinstated, after the
  log no longer decides the outcome. An item that goes on leaves a sign that was not cleared.
- Both legs counts as new when nothing is known of before, and never where the baseline has both, at
  rest or on walking. It goes on for 7 days; clear it with ``both_legs``.
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
- A back bend after which pain is above before at the check, with symptoms in the leg that are no
  better, is stopped (R22). There is one number for back and leg together. Where nobody asked later,
  a rise that the patient tells of ``during`` it decides; a later number that is back undoes it.
- A number may rise in a hold where the exercise allows it (R20). A location further down in a hold
  is ``ease`` as everywhere, in words that say it can be expected. A red number during an exercise
  that allows no rise is ``ease``.
- Pain after a session is the highest number at ``after`` and ``settled``.
- Amber pain that is above both its start and the green band the next day has not settled: ``ease``.
- Pain against the baseline is the number before each session, else the one nearest to rest; a
  missing baseline is the first session's number. From a baseline of 0 only points count.
- The trend and what is good speak of the last 14 calendar days. Without a session in them the trend
  is ``too_early``; improving and a drift up need all of the last three sessions in them. What is
  bad is still told, with the question how it is now.
- All of the last three sessions starting further down than the first one and the baseline is a
  worsening even where no single session shows it; further up counts as centralising.
- Days are the practice's calendar days; a session belongs to the day it began. Adherence is
  sessions done of sessions asked for over the last 28 (or 14) days and today; each day asks for
  what the most frequent item in force on that day asked for, without the days it was paused.
- Logs after ``now`` are left out here; who stores a log caps its time at the time of receipt.
"""

from patients.response.ahead import judge_at
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
    "judge_at",
    "respond",
]
