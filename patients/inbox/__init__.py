"""What patients' reports ask of the clinicians: alerts, reviews, and their e-mails."""
