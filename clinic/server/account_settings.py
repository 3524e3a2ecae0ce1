"""Who signs in and how: accounts, second factors, a directory. clinic.settings takes it all."""

from datetime import timedelta

from clinic.server import environment
from clinic.server.directories import sign_in_directories

AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "full_name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
     "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "clinic.accounts.passwords.NotTheDemosValidator"},
]  # fmt: skip
# django-allauth: second factors, confirmed addresses, a directory. Nobody signs up by themselves,
# and guesses are counted by clinic.guesses, see docs/adr/0015-guesses-are-counted-in-one-place.md.
ACCOUNT_ADAPTER = "clinic.accounts.factors.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Without a mail server no address can be confirmed.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if environment.text("EMAIL_HOST") else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nobody is written to whose address was only typed here.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "clinic.accounts.factors.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "clinic.accounts.factors.forms.CodeStepForm",
    "reauthenticate": "clinic.accounts.factors.forms.CodeAgainForm",
    "add_webauthn": "clinic.accounts.factors.forms.PasskeyAddForm",
    "authenticate_webauthn": "clinic.accounts.factors.forms.PasskeyStepForm",
    "login_webauthn": "clinic.accounts.factors.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "clinic.accounts.factors.forms.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Homeward"
# The code before and after count too: telephones' clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = environment.flag("DEBUG")
SOCIALACCOUNT_ADAPTER = "clinic.accounts.factors.adapters.DirectoryAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A form must not lead to another site; the way back is protected by the state that goes along.
SOCIALACCOUNT_LOGIN_ON_GET = True
# For one answer of a directory, however slowly it drips in; a sign-in asks four times.
DIRECTORY_SECONDS = 5
#: Directories to sign in through, each with the e-mail domains that it may vouch for.
OIDC_DIRECTORIES = sign_in_directories()
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [directory.app() for directory in OIDC_DIRECTORIES],
    }
}
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())
