"""Who somebody is: names, dates of birth and phone numbers as they are compared, however written.

Pure. How rows are found by these is no matter of this room; ``patients.models.patient_search`` is.
"""
