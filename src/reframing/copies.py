"""The copy null: an article as another desk would set it, with the same words and other typography."""

import re
from dataclasses import replace

from reframing.records import Article

COPY = "#copy"

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=[^\W\d_])|['’](?=\d\ds?\b)")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_MARK = re.compile(r"[\"']")
_OPENING = re.compile(r"(?:^|[\s(\[—–\"'“‘-])$")
_DASH = re.compile(
    r"(?P<long>\s*—\s*)|(?P<double>\s*(?<!-)--(?!-)\s*)|(?P<spaced>\s+–\s+)|(?P<hyphen>\s+-\s+)"
)
_ELLIPSIS = re.compile(r"…|(?<!\.)\.\.\.(?!\.)")
_NUMBERED = re.compile(r"(?<=\d)[ \u00a0](?=[a-z])")


def typographic_copy(article: Article) -> Article:
    """The article with all its typography changed, and none of its words.

    Curly quotation marks and apostrophes become straight; where there are none, straight ones become
    curly, each with its fellow. Long dashes become spaced short ones, short ones double hyphens, and
    double hyphens long dashes; an ellipsis becomes three full stops and the reverse, and the blank after
    a number one that does not break a line, and the reverse.
    """
    title = None if article.title is None else reset(article.title)
    body = "\n".join(map(reset, article.body.split("\n")))
    return replace(article, id=article.id + COPY, title=title, body=body, targets=())


def reset(paragraph: str) -> str:
    """One paragraph, set otherwise."""
    plain = paragraph.translate(_PLAIN)
    text = plain if plain != paragraph else _curled(paragraph)
    text = _DASH.sub(_other_dash, text)
    text = _ELLIPSIS.sub(lambda found: "..." if found[0] == "…" else "…", text)
    return _NUMBERED.sub(lambda found: " " if found[0] == "\u00a0" else "\u00a0", text)


def _curled(text: str) -> str:
    """Straight marks made curly; a mark without a fellow stays, for it may be a foot or an inch."""
    text = _APOSTROPHE.sub("’", text)
    open_at: dict[str, int] = {}
    curly = list(text)
    for found in _MARK.finditer(text):
        mark, place = found[0], found.start()
        if mark in open_at and not text[place - 1].isspace():
            curly[open_at.pop(mark)], curly[place] = "“”" if mark == '"' else "‘’"
        elif _OPENING.search(text[:place][-1:]) and not text[place + 1 : place + 2].isspace():
            open_at[mark] = place
    return "".join(curly)


def _other_dash(found: re.Match[str]) -> str:
    """A dash set otherwise; one at the end or start of a line keeps no blank there."""
    before, after = found.start() == 0, found.end() == len(found.string)
    if before or after:
        return found[0]
    return {"long": " – ", "double": "—", "spaced": " -- ", "hyphen": " – "}[found.lastgroup or ""]
