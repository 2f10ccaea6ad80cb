"""Articles and records in plain typography, and back: what measures and moves read, and what they answer in."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from reframing.records import Article, Sentence, Span, Target
from reframing.segment.typography import PlainText

Record = TypeVar("Record")
Place = Callable[[Span], Span]


def set_plain(article: Article, plain: PlainText) -> Article:
    """The article with the plain form of its text, its targets where they are there."""
    if plain.is_given:
        return article
    title, body = None, plain.text
    if article.title is not None:
        title, _, body = plain.text.partition("\n")
    targets = tuple(Target(plain.plain(target.span)) for target in article.targets)
    return replace(article, title=title, body=body, targets=targets)


def in_plain(record: Record, plain: PlainText) -> Record:
    """A record, or a tuple of records, of the text as it was given, with its spans in the plain text."""
    return record if plain.is_given else _moved(record, plain.plain)


def as_given(record: Record, plain: PlainText) -> Record:
    """A record, or a tuple of records, of the plain text, with its spans in the text as it was given."""
    return record if plain.is_given else _moved(record, plain.given)


def _moved(value: Any, place: Place) -> Any:
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, Sentence):
        start, end = place(value.span)
        return replace(value, start=start, end=end)
    if isinstance(value, tuple):
        parts = [_moved(part, place) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _moved(getattr(value, f.name), place) for f in fields(value)})
    return value
