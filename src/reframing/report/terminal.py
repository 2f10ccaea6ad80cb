"""Terminal view of one comparison: verdict, most important moves, all moves by family, and linked sentences.

It works at any width and without colour; controls and marks of direction in the texts are shown as escapes.
"""

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reframing.documents.messages import CONTROLS, TURNING
from reframing.documents.records import Article, Comparison, Sentence
from reframing.report.entries import Entry, Place, entries, important, parted, spots
from reframing.report.families import FAMILIES
from reframing.report.overall import UNMEASURED, Overall, Whole
from reframing.report.sentence_rows import rows
from reframing.report.verdict import verdict
from reframing.report.wording import Phrase, name_of, relation_name

_UNSEEN = re.compile(rf"[{CONTROLS}{TURNING}\u061c\u200e\u200f]")


def render_terminal(
    original: Article, repost: Article, comparison: Comparison, overall: Overall = UNMEASURED
) -> RenderableType:
    """The view of a comparison as a rich renderable."""
    found = entries(original, repost, comparison, overall)
    return Group(
        *_heading(original, repost, comparison),
        *_paragraph(" ".join(verdict(comparison, found, overall))),
        *_important(important(comparison, found)),
        *_families(found),
        Text("Sentences", style="bold"),
        _sentences(original, repost, comparison, overall),
    )


def print_terminal(
    original: Article, repost: Article, comparison: Comparison, overall: Overall = UNMEASURED
) -> None:
    """Print the view to standard output, with colour only on a terminal and without NO_COLOR."""
    console = Console(highlight=False, emoji=False, markup=False)
    console.print(render_terminal(original, repost, comparison, overall))


def _heading(original: Article, repost: Article, comparison: Comparison) -> Iterator[Text]:
    yield Text(_clean(name_of(repost)), style="bold")
    yield Text(f"compared with: {_clean(name_of(original))}", style="dim")
    yield Text(f"relation: {relation_name(comparison.relation, original, repost)}", style="dim")


def _paragraph(text: str) -> Iterator[RenderableType]:
    yield Text()
    yield _indented(Text(_clean(text), style="bold"), 0)
    yield Text()


def _important(found: Sequence[Entry]) -> Iterator[RenderableType]:
    """The most important moves, two lines each."""
    if found:
        yield Text("What matters most", style="bold")
        for entry in found:
            yield from _heading_of(entry)
        yield Text()


def _families(found: Sequence[Entry]) -> Iterator[RenderableType]:
    for family in FAMILIES:
        of_family = [entry for entry in found if entry.family == family]
        if of_family:
            n_moves = sum(len(entry.places) for entry in of_family)
            yield Text(f"{family.label} ({n_moves})", style=f"bold {family.terminal}")
            for entry in of_family:
                yield from _entry(entry)
            yield Text()


def _entry(entry: Entry) -> Iterator[RenderableType]:
    """An entry with its words, its effect and its other places."""
    yield from _heading_of(entry)
    yield _indented(Text(_clean(entry.effect), style="dim"), 4)
    if entry.others:
        more = f"… and {len(entry.others)} more like it: {_elsewhere(entry.others)}"
        yield _indented(Text(_clean(more), style="dim"), 4)


def _heading_of(entry: Entry) -> Iterator[RenderableType]:
    """The label, confidence and place of an entry, and its words."""
    for number, place in enumerate(entry.shown):
        label = "" if number else f"{entry.label}  "
        about = Text.assemble(
            (label, entry.family.terminal), (f"{place.confidence}, {place.spot}", "dim")
        )
        yield _indented(about, 4 if number else 2)
        if place.was or place.now:
            yield _indented(_words(place), 4)


def _words(place: Place) -> Text:
    was, now = place.phrases
    return Text.assemble(_phrase(was), (" → ", "dim"), _phrase(now))


def _phrase(phrase: Phrase | None) -> Text:
    if phrase is None:
        return Text("(nothing)", style="dim")
    return Text(_clean("".join(piece.text for piece in phrase)))


def _elsewhere(places: Sequence[Place]) -> str:
    """Where an entry's other moves are: their words where these are short, and their sentences.

    Which of the texts the sentences are in is repeated only where it changes.
    """
    short, long = parted(places)
    text, named = "", []
    for words, group in short.items():
        within = list(dict.fromkeys(place.spot.within for place in group))
        if group[0].spot.text != text:
            text = group[0].spot.text
            within.insert(0, text)
        named.append(f"{words} ({', '.join(within)})")
    numbered = [
        name if group[0].spot.number is None else f"{name} {_numbers(group)}"
        for name, group in spots(long)
    ]
    return ", ".join([*named, *numbered])


def _numbers(places: Sequence[Place]) -> str:
    return ", ".join(str(place.spot.number) for place in places)


def _indented(text: Text, columns: int) -> RenderableType:
    return Padding(text, (0, 0, 0, columns), expand=False)


def _sentences(
    original: Article, repost: Article, comparison: Comparison, overall: Overall
) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, expand=True)
    table.add_column("original", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("relation", width=len("rewritten"))
    table.add_column("repost", ratio=1, no_wrap=True, overflow="ellipsis")
    for row in rows(comparison):
        table.add_row(
            _snippets(original, comparison.original_sentences, overall.original, row.linked),
            Text(row.relation, style="dim"),
            _snippets(repost, comparison.repost_sentences, overall.repost, row.repost),
        )
    return table


def _snippets(
    article: Article, sentences: Sequence[Sentence], whole: Whole, indices: Sequence[int]
) -> Text:
    return Text("\n").join(
        Text.assemble(
            (f"{whole.number_of(i) or '–'} ", "dim"), _clean(sentences[i].span.of(article.text))
        )
        for i in indices
        if i < len(sentences)
    )


def _clean(text: str) -> str:
    r"""`text` on one line; controls, escape sequences and marks of direction are shown as escapes.

    >>> _clean("a\x1b[31m\n b\u202e")
    'a\\x1b[31m b\\u202e'
    """
    return _UNSEEN.sub(lambda met: ascii(met[0])[1:-1], " ".join(text.split()))
