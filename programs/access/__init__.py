"""The patient's link and code: made, renewed, closed, and guarded."""
