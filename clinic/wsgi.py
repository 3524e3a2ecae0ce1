"""The entry point for a WSGI server. Here, DEBUG unset means production."""

import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from clinic.collector import keep_for_good, no_collector
from clinic.server.intake import in_utf8
from clinic.server.room import with_room
from clinic.server.warming import read_templates
from clinic.wall.powers import refuse_a_hole_in_the_wall

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

try:
    # All that is read here stays: it is looked through once, at the end.
    with no_collector():
        application = with_room(in_utf8(get_wsgi_application()))
        if not settings.DEVELOPMENT:
            refuse_a_hole_in_the_wall()
        # Every page's code is read, and every pattern of an address, before workers are forked, so
        # that one which takes the place of another answers at once.
        _ = get_resolver().reverse_dict
        for name in settings.READ_AHEAD:
            import_module(name)
        read_templates()
        keep_for_good()
except ImproperlyConfigured as error:
    sys.exit(f"Homeward: {error}")
