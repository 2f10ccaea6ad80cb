"""Apostrophes, quotation marks and dashes read as they were meant, however they were typed or broken.

Texts that are copied from page to page carry marks in many forms: UTF-8 that was read as another
encoding (*â€™*), control characters of Windows-1252, HTML entities, accents and primes in place of
apostrophes, and replacement characters or question marks where a mark was lost. `repaired` puts one
ordinary mark in the place of each. It keeps every offset: what is found in the repaired text lies where
it lies in the text itself.
"""

import re
from functools import lru_cache
from html import unescape

UNSEEN = "\u2060"
"""What fills the place behind a mark that was written in several characters: a joiner without width."""

_MARKS = "‘’‚“”„–—…′″«»"
_ENCODINGS = ("cp1252", "latin-1", "mac-roman")


def _misread(text: str, encoding: str) -> str:
    """What UTF-8 looks like when read as another encoding; a byte without a sign is a control character."""
    signs = (bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return "".join(signs)


_BROKEN = {_misread(mark, encoding): mark for mark in _MARKS for encoding in _ENCODINGS}
_BROKEN |= {_misread(broken, "cp1252"): mark for broken, mark in [*_BROKEN.items()]}
_BROKEN |= dict(zip("\x82\x84\x91\x92\x93\x94\x96\x97", "‚„‘’“”–—", strict=True))
_BROKEN |= dict(zip("❛❜❝❞〝〞＂＇‹›", "‘’“”“”\"'‘’", strict=True))
_ENTITY = re.compile(
    r"&(?:apos|quot|[lr][sd]quo|[lr]aquo|[mn]dash|hellip|#\d{2,4}|#[xX][\da-fA-F]{2,4});"
)
_ENDINGS = r"(?:s|t|re|ve|ll|d|m)\b"
_NEGATED = "do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should|must|need|might|ai"

_WRITTEN = re.compile("|".join(sorted(map(re.escape, _BROKEN), key=len, reverse=True)))
_LIKE_APOSTROPHES = re.compile(r"(?<=[^\W\d_])[`´′ʹʻʽˈ‘‛](?=[^\W\d_])")
_LOST_INSIDE = re.compile(rf"(?<=[^\W\d_])[?\ufffd](?={_ENDINGS}(?!=))", re.IGNORECASE)
_LOST_DASH = re.compile(r"(?<=\s)\ufffd(?=\s)")
_LOST_OPENING = re.compile(r"(?<![^\s(\[])\ufffd(?=\w)")
_SPACED = re.compile(rf"\b((?:{_NEGATED})n)( ['’] ?|['’] | )(?=t\b)", re.IGNORECASE)


@lru_cache(maxsize=32)
def repaired(text: str) -> str:
    """`text` with an ordinary mark for each that was broken or typed in its place; of the same length.

    A mark that took several characters is followed by `UNSEEN` for each further one.
    """
    if not text.isascii():
        text = _WRITTEN.sub(lambda found: _filled(_BROKEN[found[0]], found[0]), text)
    text = _ENTITY.sub(_resolved, text)
    text = _SPACED.sub(_joined, text)
    text = _LOST_INSIDE.sub("’", _LIKE_APOSTROPHES.sub("’", text))
    return "".join(map(_found_again, text.splitlines(keepends=True))) if "\ufffd" in text else text


def _filled(mark: str, written: str) -> str:
    return mark + UNSEEN * (len(written) - len(mark))


def _resolved(entity: re.Match[str]) -> str:
    mark = unescape(entity[0])
    return _filled(mark, entity[0]) if mark in _MARKS + "'\"" else entity[0]


def _joined(found: re.Match[str]) -> str:
    """*don t* and *don ’t* as *don’t*."""
    return found[1] + _filled("’", found[2])


def _found_again(line: str) -> str:
    """A line whose lost marks are quotation marks where one opens a word, and apostrophes elsewhere."""
    mark = '"' if _LOST_OPENING.search(line) else "’"
    return _LOST_DASH.sub("–", line).replace("\ufffd", mark)
