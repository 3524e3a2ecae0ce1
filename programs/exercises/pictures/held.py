"""A picture that stays chosen where its form comes back: no browser fills a file field again.

Our own copy of it goes back inside the page, as an import sends back its text, and comes again with
the next press. The server keeps nothing, so that nothing can be left behind or half done. A
signature holds the copy to one practice, one person and one day.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner

from clinic.http import PracticeRequest
from clinic.uploads import CleanPicture, read_picture

HELD_FIELD: Final = "file-held"
LEFT_OUT_FIELD: Final = "file-left-out"
"""The fields beside the file: the picture chosen before, and that it is not wanted any more."""
HELD_FOR: Final = timedelta(days=1)
_LONGEST_NAME: Final = 60


def holder_of(request: PracticeRequest) -> str:
    """Whom a held picture belongs to: this person, in this practice."""
    return f"{request.practice.pk}-{request.user.pk}"


@dataclass(frozen=True, slots=True)
class HeldPicture:
    """A picture that was chosen, and what its file was called."""

    name: str
    picture: CleanPicture

    @property
    def content(self) -> str:
        """The picture as text."""
        return base64.b64encode(self.picture.content).decode()

    @property
    def address(self) -> str:
        """The picture itself, as the address of an image."""
        return f"data:{self.picture.content_type};base64,{self.content}"

    def signed(self, holder: str) -> str:
        """For a hidden field of ``holder``'s page."""
        p = self.picture
        # No space in it: a page that shows what somebody wrote leaves it out.
        name = base64.b64encode(self.name.encode()).decode()
        return _signer(holder).sign(f"{p.content_type}:{p.width}:{p.height}:{self.content}:{name}")


def _signer(holder: str) -> TimestampSigner:
    return TimestampSigner(salt=f"homeward.held-picture.{holder}")


def read_held(text: str, holder: str) -> HeldPicture | None:
    """The picture again; ``None`` where it is another's, too old, or was changed on its way."""
    try:
        inside = _signer(holder).unsign(text, max_age=HELD_FOR)
    except BadSignature:
        return None
    kind, width, height, content, name = inside.split(":", 4)
    picture = CleanPicture(base64.b64decode(content), kind, int(width), int(height))
    return HeldPicture(base64.b64decode(name).decode(), picture)


def chosen(upload: UploadedFile) -> HeldPicture:
    """A picture that comes now, re-encoded; ``ValidationError`` where it is none."""
    name = "".join(c for c in upload.name or "" if c.isprintable())
    return HeldPicture(name[-_LONGEST_NAME:], read_picture(upload))


class HoldsPictureForm(forms.Form):
    """A form with a picture in ``file``, new or held; pages show it by ``_held_picture.html``."""

    file = forms.FileField(required=False)

    def __init__(self, *args: Any, holder: str, **kwargs: Any) -> None:
        """``holder``: see :func:`holder_of`."""
        super().__init__(*args, **kwargs)
        self.holder = holder
        self.held: HeldPicture | None = None
        self.trouble = ""
        if self.is_bound:
            self._hold_again(self.data)

    def hold(self, data: Mapping[str, Any], files: Mapping[str, Any]) -> None:
        """Keep what was chosen on a page that is shown again before anybody sends it."""
        self._hold_again(data)
        if upload := files.get("file"):
            try:
                self._hold(chosen(upload))
            except ValidationError as error:
                self.trouble = " ".join(error.messages)

    def _hold_again(self, data: Mapping[str, Any]) -> None:
        text = data.get(HELD_FIELD, "")
        if text and not data.get(LEFT_OUT_FIELD) and (held := read_held(text, self.holder)):
            self._hold(held)

    def _hold(self, held: HeldPicture) -> None:
        self.held = held
        self.fields["file"].required = False
        self["file"].label = "Choose another picture"

    def clean_file(self) -> CleanPicture | None:
        """The picture, re-encoded; the one that was held where no other was chosen."""
        if upload := self.cleaned_data["file"]:
            self._hold(chosen(upload))
        elif self.data.get(HELD_FIELD) and not self.held and not self.data.get(LEFT_OUT_FIELD):
            raise ValidationError("The picture is not at hand any more. Choose it again.")
        return self.held.picture if self.held else None

    @property
    def held_text(self) -> str:
        """What the page sends back of the picture that is chosen."""
        return self.held.signed(self.holder) if self.held else ""
