"""How letters leave, from the environment."""

from clinic.server import environment

EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
# Encrypted from the first byte on port 465, after a word in the clear (STARTTLS) on any other.
_implicit = environment.flag_if_said("EMAIL_USE_SSL")
EMAIL_USE_SSL = EMAIL_PORT == 465 if _implicit is None else _implicit
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", True) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 10
# The whole of one letter, however slowly the mail server answers.
LETTER_SECONDS = 20
EMAIL_SUBJECT_PREFIX = "[Homeward] "
DEFAULT_FROM_EMAIL = environment.sender("DEFAULT_FROM_EMAIL", "Homeward <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whatever sends a letter writes it down; what takes it to the server comes after.
EMAIL_BACKEND = "clinic.post.QueuedBackend"
# Without a mail server, mail is printed where the server runs.
MAIL_SERVER_BACKEND = (
    "clinic.mail_server.LimitedBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)
