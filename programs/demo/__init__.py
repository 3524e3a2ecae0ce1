"""The demo practice: invented people whose cases exercise the catalogue and the rules."""
