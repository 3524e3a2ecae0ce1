"""People, practices, and the record of what they did."""

from clinic.models.audit import AuditEntry
from clinic.models.guess import Guess
from clinic.models.logo import PracticeLogo
from clinic.models.look import Look, LookKind
from clinic.models.post import Heartbeat, PostedLetter
from clinic.models.practice import Practice
from clinic.models.practice_choices import EmergencyNumber, PaperSize
from clinic.models.signed_in import SignedIn
from clinic.models.stored import StoredFile, UnwantedFile
from clinic.models.team import Invitation, InvitationEnd, Membership, Role
from clinic.models.user import User

__all__ = [
    "AuditEntry",
    "EmergencyNumber",
    "Guess",
    "Heartbeat",
    "Invitation",
    "InvitationEnd",
    "Look",
    "LookKind",
    "Membership",
    "PaperSize",
    "PostedLetter",
    "Practice",
    "PracticeLogo",
    "Role",
    "SignedIn",
    "StoredFile",
    "UnwantedFile",
    "User",
]
