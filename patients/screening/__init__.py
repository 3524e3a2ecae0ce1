"""The safety screen, and the clearing of red flags."""
