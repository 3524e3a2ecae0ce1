"""What a gate and the questions behind it mean together, as one page sent them.

Pure. A gate's no counts for all of them; a yes leaves them to themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from patients.questions import Gate
from patients.vocabulary import Answer


def settled(
    gate: Gate,
    *,
    said: str,
    was: str,
    members: Mapping[str, str],
    recorded: Mapping[str, str],
) -> dict[str, str]:
    """The answers to write.

    ``said`` is the gate's answer, ``was`` the one that the page came with; ``members`` as sent,
    ``recorded`` what stands now. A gate that nobody touched decides nothing.
    """
    if said != was and said in (Answer.NO, Answer.UNKNOWN):
        return dict.fromkeys(gate.covers, said)
    found = dict(members)
    touched = said != was or any(recorded.get(c, Answer.UNKNOWN) != a for c, a in members.items())
    some = Answer.YES in members.values()
    if gate.otherwise and touched and (some or said == Answer.YES):
        found[gate.otherwise] = Answer.NO.value if some else Answer.YES.value
    return found


def contradicted(
    *, said: str, was: str, members: Mapping[str, str], recorded: Mapping[str, str]
) -> list[str]:
    """Questions newly answered yes behind a gate that was closed in the same breath."""
    if said != Answer.NO or was == Answer.NO:
        return []
    return [c for c, a in members.items() if a == Answer.YES and recorded.get(c) != Answer.YES]
