"""Settings, all of them from the environment. README.md lists the variables.

``DEBUG`` off is production, and production refuses to start without ``SECRET_KEY``,
``ALLOWED_HOSTS`` and ``DATABASE_URL``. ``manage.py`` turns ``DEBUG`` on unless told otherwise.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from clinic.server import environment, file_settings
from clinic.server.account_settings import *  # noqa: F403
from clinic.server.file_settings import *  # noqa: F403
from clinic.server.mail_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("HOMEWARD_VAR", str(BASE_DIR / "var"))).absolute()

# --- Development or production ------------------------------------------------------------------
DEVELOPMENT = environment.flag("DEBUG")
# `make run` shows the product's own error pages; `manage.py runserver` shows tracebacks.
DEBUG = DEVELOPMENT and environment.flag("TRACEBACKS", True)
if not DEVELOPMENT:
    environment.require_for_production()

SECRET_KEY = environment.text("SECRET_KEY") or environment.kept_secret(VAR_DIR / "secret-key")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]

#: Where patients reach this site; the start of every link on a handout.
PUBLIC_URL = environment.public_url(
    "PUBLIC_URL", ALLOWED_HOSTS, development=DEVELOPMENT, last=VAR_DIR / "address"
)
#: How many proxies in front of this site write X-Forwarded-For; their word is trusted.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)

# --- Application --------------------------------------------------------------------------------
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
INSTALLED_APPS = [
    "clinic",
    "patients",
    "programs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]
MIDDLEWARE = [
    # Before anything that looks at the host, redirects or needs a database.
    "clinic.server.wellness.wellness",
    "clinic.server.metrics.metrics",
    "clinic.saves.numbered",
    "clinic.middleware.closed_wall",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.response_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "programs.exercises.pictures.ahead.kept_drawings",
    "clinic.server.intake.intake",
    "clinic.server.packing.PackingMiddleware",
    "clinic.server.sessions.CalmSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clinic.middleware.PracticeMiddleware",
    "patients.record.read_only.ReadOnlyMiddleware",
    "clinic.looks.looks",
    # Inside of all that knows whose request it is.
    "programs.verdicts.keeping.kept",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every form carries the practice of its page beside Django's token.
            "builtins": ["clinic.templatetags.forms", "clinic.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context.site",
            ],
        },
    }
]
FORM_RENDERER = "clinic.widget_html.WidgetHtml"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# What the apps above patients add to its pages; patients.inbox.attention and
# patients.inbox.entries describe how.
ATTENTION_PROVIDERS = [
    "programs.builder.attention.live_programs",
    "programs.builder.attention.unasked_questions",
    "programs.followup.lead.attention.ending_overrides",
]
CASE_PANELS = ["programs.builder.panel.case_panel", "programs.followup.panel.followup_panel"]
CASE_LINES = ["programs.builder.ended.ended_programs"]
PALETTE_FINDERS = ["programs.exercises.palette.exercises"]
TIMELINE = [
    "patients.visits.timeline.events", "programs.builder.timeline.events",
    "programs.followup.review.timeline.events",
]  # fmt: skip
# Questions not asked that an exercise of a case makes matter; patients.screening.answers says how.
SCREEN_ADDS = "programs.verdicts.asks.asked_by_exercises"
DESK = "programs.builder.desk.ProgramDesk"
ALERT_HELP = "programs.followup.alerts.steps.help_for"
# Whose record an address shows, by what it takes; clinic.looks describes how.
RECORD_ARGUMENTS = {
    "patient_id": "patients.record.whose.by_patient",
    "other_id": "patients.record.whose.by_patient",
    "case_id": "patients.record.whose.by_case",
    "alert_id": "patients.record.whose.by_alert",
    "program_id": "programs.prescriptions.queries.whose_program",
    "picked": "programs.prescriptions.queries.whose_picked",
}
# Pages that show something of many patients.
RECORD_LISTS = [
    "dashboard", "find", "inbox", "patient_list", "access_record", "access_record_csv",
    "access_record_fhir", "practice_export", "program_copy_from", "practice_overview",
    "practice_overview_csv", "handouts", "program_choice",
]  # fmt: skip
# What pages load when they first need it, and a server before its workers are forked.
READ_AHEAD = ["programs.prescriptions.handout.pdf"]
# What each worker does once it serves, so that no request waits for it.
WARM_UP = [
    "programs.exercises.library.read_ahead",
    "programs.builder.warming.warm_up",
    "programs.exercises.pictures.warming.warm_up",
    "programs.followup.progress.warming.warm_up",
    "programs.prescriptions.handout.warming.warm_up",
]
NAVIGATION_COUNTS = {"inbox": "patients.inbox.entries.waiting_count"}

# --- Database -----------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_database = environment.database("DATABASE_URL")
if _database:
    # Each thread keeps a connection. A pool would wait for a database that is away, and go on
    # waiting, longer each time, when it is back.
    _database["CONN_MAX_AGE"] = 600
    _database["APPLICATION_ROLE"] = _database["USER"]
    # Only what migrates or loads the catalogue is given the owner's password.
    _database["OWNER"] = environment.database("MIGRATION_DATABASE_URL")
    # Only what makes backups is given the password of the role that reads everything.
    _database["BACKUP"] = environment.database("BACKUP_DATABASE_URL")
else:
    _database = {
        "ENGINE": "clinic.embedded",
        "NAME": "homeward",
        "EMBEDDED_HOME": str(VAR_DIR / "postgres"),
        "EMBEDDED_DURABLE": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "USER": "homeward_app",
        "APPLICATION_ROLE": "homeward_app",
        "OWNER": {"USER": "homeward_owner"},
        "BACKUP": {"USER": "homeward_backup"},
    }
DATABASES = {"default": _database}
#: Who may read a backup: public keys of age, whose secret halves are kept elsewhere.
BACKUP_RECIPIENTS = environment.words("BACKUP_RECIPIENTS")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Accounts and sessions ----------------------------------------------------------------------
# Accounts, second factors and a practice's own directory: clinic.server.account_settings.
# Twelve hours without a click ends a session; the middleware renews it at most once a minute.
SESSION_ENGINE = "clinic.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clinic.views.csrf_failure"
# Below this path people are patients, and get a page in their words.
PATIENTS_CSRF_FAILURE = ("/p/", "programs/portal/door/portal_refused.html")
PATIENTS_AWAY = ("/p/", "programs/portal/door/portal_away.html")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Words and times ----------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["clinic.formats"]

# --- Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "clinic.server.finders.AppFinder",
    "clinic.server.finders.BootstrapFinder",
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "woff", "woff2", "gz", "br", "zip")
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "clinic.server.static_storage.HashedFiles"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
    "files": file_settings.FILES_STORE,
}
MEDIA_ROOT = VAR_DIR / "media"

# --- Safety -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# Whom to tell of a weakness: /.well-known/security.txt.
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Preloading is a choice (HSTS_PRELOAD), which Django takes for an oversight.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

if not DEVELOPMENT:
    # Plain http is only for a closed network behind a proxy that nobody else can reach.
    SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", True)
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Being on the browsers' own list is hard to undo, and for every name below the domain.
    SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD")
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# --- Logging: never health data, never a patient's link ------------------------------------------
# Who may read the figures at /metrics; empty: nobody.
METRICS_TOKEN = environment.text("METRICS_TOKEN")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "clinic.server.logs.PrivacyFilter"}},
    "formatters": {"plain": {"()": "clinic.server.logs.PrivateFormatter",
                             "format": "{asctime} {levelname} {name} {request_id}: {message}",
                             "style": "{"},
                   "json": {"()": "clinic.server.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler",
                             "formatter": "json" if environment.flag("LOG_JSON") else "plain",
                             "filters": ["private"]}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}  # fmt: skip
