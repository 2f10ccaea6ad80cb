"""Bytes to text, strictly: UTF-8 with or without byte order mark, nothing repaired or replaced."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from reframing.errors import InputError

MAX_CHARACTERS = 5_000_000
"""Code points that one article may have, some 800,000 words; what is longer is no article."""

MAX_LINE_BYTES = 8 * MAX_CHARACTERS

BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading; what stands in the way is an `InputError`."""
    try:
        if path.is_dir():
            raise InputError("is a folder; name the files in it")
        return path.open("rb")
    except FileNotFoundError:
        raise InputError("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {reason}") from error


def decode(raw: bytes) -> str:
    """Text of a whole file, without its byte order mark; line ends stay as they are."""
    refuse_wide(raw)
    return _decoded(raw.removeprefix(BOM))


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Raw lines split at line feeds alone, in pieces where one is too long to be held."""
    while chunk := stream.readline(MAX_LINE_BYTES):
        yield chunk


def lines(raw_lines: Iterable[bytes]) -> Iterator[tuple[int, str | InputError]]:
    """Decoded lines, numbered from 1; one that cannot be read comes as its error.

    Raises `InputError` where the first line is of UTF-16 or UTF-32.
    """
    number, within_long_line = 0, False
    for raw in raw_lines:
        ends = raw.endswith(b"\n")
        if within_long_line:
            within_long_line = not ends
            continue
        number += 1
        if number == 1:
            refuse_wide(raw)
        within_long_line = len(raw) >= MAX_LINE_BYTES and not ends
        yield number, _line(raw.removeprefix(BOM) if number == 1 else raw, number)


def _line(raw: bytes, number: int) -> str | InputError:
    if len(raw) >= MAX_LINE_BYTES:
        return InputError(f"is a line of more than {MAX_LINE_BYTES:,} bytes", record=number)
    try:
        return _decoded(raw)
    except InputError as error:
        return InputError(error.problem, record=number)


def refuse_wide(start: bytes) -> None:
    """Raise where the first bytes of a file are the mark of UTF-16 or UTF-32."""
    for mark, name in _WIDE_BOMS:
        if start.startswith(mark):
            raise InputError(f"is {name}; convert it: iconv -f {name} -t UTF-8 OLD > NEW")


def _decoded(raw: bytes) -> str:
    if b"\0" in raw:
        raise InputError("holds NUL bytes: binary, or UTF-16 without mark; expected UTF-8 text")
    try:
        return raw.decode("utf8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{raw[error.start]:02x} at {error.start}"
        cure = "if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        raise InputError(f"is not UTF-8 ({byte}); {cure}") from error
