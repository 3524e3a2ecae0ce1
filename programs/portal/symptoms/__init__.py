"""The symptom questions: how bad, where, what it feels like."""
