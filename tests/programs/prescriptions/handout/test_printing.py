"""The press is loaded with the first page, and by a server before its workers are forked."""

from tests.clinic.server.processes import python

SCRIPT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings"
import django
django.setup()
import clinic.urls
print("weasyprint" in sys.modules)
import clinic.wsgi
print("programs.prescriptions.handout.pdf" in sys.modules)
"""


def test_only_a_server_loads_the_press_before_the_first_page() -> None:
    assert python("-c", SCRIPT, DEBUG="1").stdout.split() == ["False", "True"]
