"""A patient's record as resources of FHIR R4, each a plain dictionary; tests hold them to R4B."""
