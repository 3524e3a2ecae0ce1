"""The page on which an owner keeps a rule otherwise."""
