"""The patient's goals, scored by the patient."""
