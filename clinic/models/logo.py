"""The logo of a practice."""

from django.db import models

from clinic.models.practice import Practice


class PracticeLogo(models.Model):
    """The picture on a practice's handouts: re-encoded, small, and kept out of the web root."""

    practice = models.OneToOneField(Practice, on_delete=models.PROTECT, related_name="logo")
    content = models.BinaryField()
    content_type = models.CharField(
        max_length=10, choices=[("image/png", "PNG"), ("image/jpeg", "JPEG")]
    )
    width = models.PositiveSmallIntegerField(help_text="Pixels.")
    height = models.PositiveSmallIntegerField(help_text="Pixels.")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Logo of {self.practice}"
