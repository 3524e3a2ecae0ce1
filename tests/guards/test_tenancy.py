"""Another practice's things do not exist: every address, with Alice's ids, as Charlie, is 404.

A new address that takes an argument fails here until ``ARGUMENTS`` says how to fill it.
"""

import ast
from pathlib import Path

from django.conf import settings

from clinic.models import Role
from tests.every_row import every
from tests.guards.addresses import every_address
from tests.guards.arguments import ARGUMENTS
from tests.guards.test_signin import OPEN
from tests.guards.walk import Stop

WITH_ARGUMENTS = [a for a in every_address() if a.converters and a.name not in OPEN]
EVERYBODYS = {"rule", "rule_change"}
"""Pages about what belongs to no practice; what a practice says there is tested beside them."""
VIEW_FILES = sorted(
    path
    for app in ("clinic", "patients", "programs")
    for path in (settings.BASE_DIR / app).rglob("*view*.py")
    if "migrations" not in path.parts
)


def test_every_address_with_an_argument_is_in_the_table() -> None:
    assert sorted(ARGUMENTS) == sorted(address.name for address in WITH_ARGUMENTS)


def it_is_there_for_alice_alone(stop: Stop) -> list[str]:
    """She finds it, so that a stranger’s 404 means something; no empty post breaks a page."""
    if stop.address not in WITH_ARGUMENTS:
        return []
    wrong = []
    if (status := stop.ask("a stranger").status) != 302:
        wrong.append(f"a stranger is answered {status}")
    if stop.name not in EVERYBODYS:
        statuses = {stop.ask("Charlie").status, stop.sent_by("Charlie").status}
        # 405 says only that an address takes the other method.
        if 404 not in statuses or not statuses <= {404, 405}:
            wrong.append(f"Charlie is answered {sorted(statuses)}")
    statuses = {stop.asked.status, stop.sent_by(Role.OWNER).status}
    if not statuses - {404, 405}:
        wrong.append(f"Alice does not find it: {sorted(statuses)}")
    return wrong


def _through_the_back_door(source: str) -> list[str]:
    """Calls that look rows up without starting at the practice."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            found.append(f"line {node.lineno}: .{node.attr}")
        if isinstance(node, ast.Call) and node.args:
            name, first = getattr(node.func, "id", ""), getattr(node.args[0], "id", "")
            if name in {"get_object_or_404", "get_list_or_404"} and first[:1].isupper():
                found.append(f"line {node.lineno}: {name}({first})")
    return found


@every("path", VIEW_FILES)
def test_views_start_at_the_practice(path: Path) -> None:
    assert _through_the_back_door(path.read_text()) == []


@every(
    "source",
    ["Patient.objects.all()", "get_object_or_404(Patient, pk=1)", "get_list_or_404(Patient)"],
)
def test_the_guard_sees_the_back_door(source: str) -> None:
    assert len(_through_the_back_door(source)) == 1
