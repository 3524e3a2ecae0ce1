"""Columns for secrets that open something: a link, a code, the address of a calendar.

The table has a hash to look a secret up by, and the secret itself sealed, since a link is printed
and shown again. Whoever steals the rows alone can open nothing with them: the key is in
``SECRET_KEY``. A long token is hashed as it is, so that a printed link still opens its door when
every key is lost. A short code could be guessed from such a hash, so its hash takes the key too.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from clinic.sealed import seal, unsealed


def token_hash(token: str) -> str:
    """What a token of 256 bits is looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(code: str, secret_key: str | None = None) -> str:
    """What a short code is looked up by, under the present key or another."""
    key = settings.SECRET_KEY if secret_key is None else secret_key
    made_from = hashlib.sha256(b"homeward.code:" + key.encode()).digest()
    return hmac.new(made_from, code.encode(), hashlib.sha256).hexdigest()


def code_hashes(code: str) -> list[str]:
    """The same under every key that still counts."""
    return [code_hash(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


class _Unsealing(DeferredAttribute):
    """Unseals what came from the database when it is asked for, and then knows it."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, (bytes, memoryview)):
            opened = unsealed(value)
            if opened is None:
                # Left as it is, so that saving the row loses nothing.
                return ""
            value = instance.__dict__[self.field.attname] = opened
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    # What is read and set is text, whatever the table holds.
    _Column = models.TextField
else:
    _Column = models.BinaryField


class SealedText(_Column):
    """A text that is sealed in the table. Empty where the key it was sealed with is gone."""

    descriptor_class = _Unsealing

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """As it came, where nobody has asked for it."""
        return model_instance.__dict__[self.attname]

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Sealed, unless it still is."""
        if isinstance(value, str):
            value = seal(value)
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """A sealed text is never the same twice: look it up by its hash."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed; look it up by its hash.")
        return super().get_lookup(lookup_name)


class SecretHash(models.CharField):
    """The hash of the secret in the column ``of``, kept with it. ``short``: it is a code."""

    def __init__(self, *args: Any, of: str, short: bool = False, **kwargs: Any) -> None:
        """Take what cannot differ from field to field as given."""
        self.of, self.short = of, short
        kwargs.update(max_length=64, editable=False)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """What a migration writes."""
        name, path, args, kwargs = super().deconstruct()
        for given in ("max_length", "editable"):
            kwargs.pop(given)
        return name, path, args, {**kwargs, "of": self.of, "short": self.short}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Made anew from the secret as it stands, and kept where that cannot be read."""
        if secret := getattr(model_instance, self.of):
            setattr(model_instance, self.attname, self.made_of(secret))
        return super().pre_save(model_instance, add)

    def made_of(self, secret: str) -> str:
        """The hash of a secret."""
        return code_hash(secret) if self.short else token_hash(secret)
