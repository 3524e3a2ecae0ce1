"""What a clinician makes of the catalogue: usual doses, favourites, templates of their own."""
