"""Every address of the site, found by walking the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: Something that each kind of argument accepts.
ANY_ARGUMENT = {
    "IntConverter": 1,
    "StringConverter": "x",
    "SlugConverter": "x",
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "PathConverter": "x/y",
}


@dataclass(frozen=True)
class Address:
    """One address: its name, what it takes, and the view behind it."""

    name: str
    converters: dict[str, Any]
    view: Any

    def url(self, arguments: dict[str, Any] | None = None) -> str:
        """The address filled with these arguments, or with any."""
        if arguments is None:
            arguments = {
                key: ANY_ARGUMENT[type(value).__name__] for key, value in self.converters.items()
            }
        return reverse(self.name, kwargs=arguments)


@cache
def every_address() -> tuple[Address, ...]:
    """All of them, by name. An address without a name fails the test that walks here."""
    return tuple(sorted(_walk(get_resolver().url_patterns, {}), key=lambda a: a.name))


def _walk(patterns: list[URLPattern | URLResolver], outer: dict[str, Any]) -> Iterator[Address]:
    for entry in patterns:
        converters = {**outer, **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, converters)
        else:
            assert entry.name, f"{entry.pattern} has no name"
            yield Address(entry.name, converters, entry.callback)
