"""The progress report for the referrer."""
