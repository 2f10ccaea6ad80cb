"""YAML of plain data from files that anybody may have written: bounded, and every problem is one line.

Read are mappings with text keys, lists, and scalars as YAML 1.2's core schema has them, in decimal. What can
make a small file large or costly, or a value surprising, is refused: anchors and aliases, tags, keys that
occur twice, several documents, deep nesting, and very large files. A date is text.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from reframing.documents.errors import InputError
from reframing.documents.files import open_bytes

MAX_BYTES = 16 * 1024 * 1024
MAX_VALUES = 500_000
MAX_DEPTH = 20

_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_INT = re.compile(r"[-+]?[0-9]{1,1000}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_plain_yaml(path: Path) -> Any:
    """The content of a YAML file as dicts, lists, text, numbers, booleans and None.

    Raises `InputError`, without the file's name, if it is no regular file, cannot be read, or is anything but
    plain data as this module describes it.
    """
    return plain_yaml(_text(path))


def plain_yaml(text: str) -> Any:
    """The content of a YAML text; raises `InputError` as `read_plain_yaml` does."""
    try:
        events = _bounded(yaml.parse(text, Loader=_PARSER))
        content = _content(events)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _refused("holds a second document", event)
        return content
    except yaml.MarkedYAMLError as error:
        line = 0 if error.problem_mark is None else error.problem_mark.line + 1
        raise InputError(f"is not YAML: line {line}: {error.problem}") from error
    except yaml.YAMLError as error:
        found = str(error).partition("\n")[0]
        raise InputError(f"is not YAML: {found}") from error


def _text(path: Path) -> str:
    with open_bytes(path) as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise InputError(f"has more than {MAX_BYTES:,} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start})") from error


def _bounded(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """The events of a parse, as long as they are plain and not too many or too deep."""
    depth = values = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("has an anchor or alias; write the value out", event)
        if getattr(event, "tag", None):
            raise _refused("has a tag; write plain values", event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH:
            raise _refused(f"is nested deeper than {MAX_DEPTH} levels", event)
        if values > MAX_VALUES:
            raise _refused(f"has more than {MAX_VALUES:,} values", event)
        yield event


def _content(events: Iterator[yaml.Event]) -> Any:
    """The content of the first document; None if there is none."""
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _value(event, events)
    return None


def _value(event: yaml.Event, events: Iterator[yaml.Event]) -> Any:
    """The value that begins with `event`, whose other events are taken from `events`."""
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event.value) if event.implicit[0] else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        inside = takewhile(lambda item: not isinstance(item, yaml.SequenceEndEvent), events)
        return [_value(item, events) for item in inside]
    found: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise _refused("has a key that is no text", key)
        if key.value in found:
            raise _refused(f"has the key {key.value[:80]!a} twice", key)
        found[key.value] = _value(next(events), events)
    return found


def _scalar(plain: str) -> Any:
    """The value of a scalar without quotation marks."""
    if plain.lower() in _WORDS and plain in (plain.lower(), plain.title(), plain.upper()):
        return _WORDS[plain.lower()]
    if _INT.fullmatch(plain):
        return int(plain)
    if _FLOAT.fullmatch(plain):
        return float(plain)
    return float(plain.replace(".", "", 1)) if _NO_NUMBER.fullmatch(plain) else plain


def _refused(problem: str, event: yaml.Event) -> InputError:
    return InputError(f"{problem} (line {event.start_mark.line + 1})")
