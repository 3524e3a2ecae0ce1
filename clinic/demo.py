"""The sign-in of the demo practice, for trial servers on one's own machine only."""

EMAIL = "alice@harbour.example"
PASSWORD = "homeward-demo"  # noqa: S105 (printed at every start; it protects invented patients)
