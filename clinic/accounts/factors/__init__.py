"""More than a password: codes of an app, passkeys, recovery codes, and a practice's own directory.

django-allauth does the work; here are its settings in code, its pages in our look, and our counting
of guesses in place of its own.
"""
