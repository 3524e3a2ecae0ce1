"""What was found and done at each visit, in the clinician's words."""
