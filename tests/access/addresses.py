"""Read every address out of the urls: its name, its view, and a path to an object that nobody has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

NOBODYS = {UUIDConverter: "00000000-0000-4000-8000-000000000000", IntConverter: 999_999_999}


@dataclass(frozen=True)
class Address:
    """One pattern of the urls with its full name and the arguments that it takes."""

    name: str
    view: Callable[..., HttpResponseBase]
    converters: Mapping[str, Any]

    @property
    def path(self) -> str:
        """Where it lies; an argument names an object that does not exist."""
        return reverse(
            self.name, kwargs={key: NOBODYS.get(type(one), "onbekend") for key, one in self.converters.items()}
        )


def addresses() -> list[Address]:
    """Every address of `config.urls`; one without a name has a name that no table can hold."""
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, before: Mapping[str, Any]) -> Iterator[Address]:
    for pattern in patterns:
        converters = {**before, **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, namespace, converters)
        else:
            yield Address(f"{prefix}{pattern.name or '?' + str(pattern.pattern)}", pattern.callback, converters)
