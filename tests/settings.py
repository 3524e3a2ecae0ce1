"""The settings of the test suite: the real ones, with a quick password hash and a database of
its own that may lose everything when the power goes."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("TRACEBACKS", "0")

from clinic.settings import *  # noqa: F403
from clinic.settings import DATABASES, MIDDLEWARE, STORAGES, VAR_DIR

DEBUG = False
# Whatever port a trial server in this folder had last.
PUBLIC_URL = "http://127.0.0.1:8000"
SECRET_KEY = "tests-only-key-that-protects-nothing-at-all-0123456789"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MIDDLEWARE = [*MIDDLEWARE, "tests.browser.worker_clock.middleware"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "EMBEDDED_HOME" in DATABASES["default"]:
    DATABASES["default"]["EMBEDDED_HOME"] = str(VAR_DIR / "postgres-tests")
    DATABASES["default"]["EMBEDDED_DURABLE"] = False
    DATABASES["default"]["USER"] = "postgres"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# What a test makes by hand it makes as the owner. Requests and jobs are behind the wall: there the
# connection becomes the application's role, and goes back.
DATABASES["default"]["OWNER"] = None
DATABASES["default"]["BEHIND_ROLE"] = "homeward_app"
# Who waits for a lock that is never given back is told so, as the application's role is for real.
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "options": "-c lock_timeout=120s",
}
# Two runs at once keep out of each other's way.
DATABASES["default"]["TEST"] = {"NAME": f"test_homeward_{os.getpid()}"}
