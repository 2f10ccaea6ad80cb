"""Detects page furniture: paragraphs that recur on pages about different stories and belong to none of them.

Share buttons, form labels, notes to readers and lists of links are recognised by where they recur, not by
their wording.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reframing.documents.params import PrepareParams
from reframing.reading.credits import is_byline, is_signature

RUNNING_WORDS = 5
STORY_WORDS = 20
STORY_PARAGRAPHS = 3

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)")


class Page(NamedTuple):
    """The paragraphs of an article, and the outlet that published it."""

    outlet: str | None
    paragraphs: tuple[str, ...]


class Furniture(NamedTuple):
    """Paragraphs that are furniture, in the form that `fold` returns.

    `by_outlet` applies to the pages of one outlet, `lines` to all pages.
    """

    by_outlet: dict[str, frozenset[str]]
    lines: frozenset[str]

    def holds(self, paragraph: str, outlet: str | None) -> bool:
        """Whether a paragraph is furniture on a page of `outlet`."""
        folded = fold(paragraph)
        return folded in self.lines or folded in self.by_outlet.get(outlet or "", ())


def is_running(paragraph: str) -> bool:
    """Whether a paragraph is running text: at least `RUNNING_WORDS` words and the end of a sentence."""
    return len(paragraph.split()) >= RUNNING_WORDS and bool(_SENTENCE_END.search(paragraph))


def running_text(body: str) -> str:
    """The paragraphs of `body` that are running text, or all of `body` if none is."""
    return "\n".join(filter(is_running, body.split("\n"))) or body


def fold(text: str) -> str:
    """The text in lower case with white space normalised, for comparison."""
    return " ".join(text.lower().split())


def recurring(pages: Sequence[Page], params: PrepareParams) -> Furniture:
    """The furniture of `pages`: paragraphs of at most `furniture_max_words` words that recur across stories.

    A paragraph that contains no complete sentence is furniture if it occurs in `furniture_min_stories`
    stories. A paragraph with a sentence is furniture for one outlet, if it occurs in that many of the
    outlet's stories and in at least the share `furniture_share` of them. Bylines and the signatures of quoted
    posts are never furniture.
    """
    everywhere: dict[str, set[int]] = defaultdict(set)
    by_outlet: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    stories_of: dict[str, set[int]] = defaultdict(set)
    for story, page in zip(stories(pages), pages, strict=True):
        stories_of[page.outlet or ""].add(story)
        for paragraph in page.paragraphs:
            if len(paragraph.split()) > params.furniture_max_words or _is_credit(paragraph):
                continue
            by_outlet[page.outlet or ""][fold(paragraph)].add(story)
            if not _SENTENCE_END.search(paragraph):
                everywhere[fold(paragraph)].add(story)

    def is_furniture(outlet: str, folded: str, found: set[int]) -> bool:
        share = 0 if folded in everywhere else params.furniture_share * len(stories_of[outlet])
        return len(found) >= max(params.furniture_min_stories, share)

    return Furniture(
        {
            outlet: frozenset(s for s, found in counts.items() if is_furniture(outlet, s, found))
            for outlet, counts in by_outlet.items()
            if outlet
        },
        frozenset(
            s for s, found in everywhere.items() if len(found) >= params.furniture_min_stories
        ),
    )


def _is_credit(paragraph: str) -> bool:
    return is_byline(paragraph) or is_signature(paragraph)


def stories(pages: Sequence[Page]) -> list[int]:
    """A story number for each page: pages are on the same story if they have a main paragraph in common.

    The main paragraphs of a page are its `STORY_PARAGRAPHS` longest of at least `STORY_WORDS` words; they may
    be any paragraph of the other page. Pages linked through a third page are on the same story.
    """
    root = list(range(len(pages)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    first: dict[str, int] = {}
    main = {paragraph for page in pages for paragraph in _main_paragraphs(page)}
    for i, page in enumerate(pages):
        for paragraph in map(fold, page.paragraphs):
            if paragraph in main:
                a, b = sorted((find(first.setdefault(paragraph, i)), find(i)))
                root[b] = a
    return [find(i) for i in range(len(pages))]


def _main_paragraphs(page: Page) -> Iterator[str]:
    long = {fold(part) for part in page.paragraphs if len(part.split()) >= STORY_WORDS}
    yield from sorted(long, key=lambda part: (-len(part), part))[:STORY_PARAGRAPHS]
