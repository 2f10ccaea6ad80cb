"""The terminal view of one comparison: what happened, each move with its phrases, sentence map.

Works at any width and without colour; control characters in the texts cannot reach the terminal.
"""

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reframing.records import Article, Comparison, Sentence
from reframing.report.entries import Entry, entries
from reframing.report.families import FAMILIES, Family
from reframing.report.sentence_map import added_sentences, omitted_sentences, rows

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def render_terminal(original: Article, repost: Article, comparison: Comparison) -> RenderableType:
    """A rich renderable of the whole comparison."""
    moves = entries(original, repost, comparison)
    return Group(
        *_heading(original, repost, comparison),
        Text(),
        *_families(moves),
        Text("Sentences", style="bold"),
        _map(original, repost, comparison),
    )


def print_terminal(original: Article, repost: Article, comparison: Comparison) -> None:
    """Print the view to standard output; colour only on a terminal and without NO_COLOR."""
    console = Console(highlight=False, emoji=False, markup=False)
    console.print(render_terminal(original, repost, comparison))


def _heading(original: Article, repost: Article, comparison: Comparison) -> Iterator[Text]:
    n_original, n_repost = len(comparison.original_sentences), len(comparison.repost_sentences)
    n_omitted, n_added = len(omitted_sentences(comparison)), len(added_sentences(comparison))
    yield Text(_clean(repost.title or repost.id), style="bold")
    yield Text(f"compared with: {_clean(original.title or original.id)}", style="dim")
    yield Text()
    yield _fact("relation", comparison.relation)
    yield _fact(
        "survival",
        f"{comparison.survival:.0%}, {n_original - n_omitted} of {n_original} original sentences; "
        f"{n_added} of {n_repost} in the repost are new",
    )
    yield _fact("moves", str(len(comparison.moves)))


def _fact(name: str, value: str) -> Text:
    return Text.assemble((f"{name:<10}", "dim"), value)


def _families(moves: Sequence[Entry]) -> Iterator[RenderableType]:
    for family in FAMILIES:
        of_family = [entry for entry in moves if entry.family == family]
        if of_family:
            yield Text(f"{family.label} ({len(of_family)})", style=f"bold {family.terminal}")
            yield from (_move(entry, family) for entry in of_family)
            yield Text()


def _move(entry: Entry, family: Family) -> RenderableType:
    title = Text.assemble((entry.label, family.terminal), (f"  {entry.move.score:.2f}", "dim"))
    phrases = Text.assemble(
        _phrase(entry.original_phrase), (" → ", "dim"), _phrase(entry.repost_phrase)
    )
    explanation = Text(_clean(entry.move.explanation), style="dim")
    return Group(_indented(title, 2), _indented(phrases, 4), _indented(explanation, 4))


def _indented(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns), expand=False)


def _phrase(phrase: str | None) -> Text:
    return Text("(nothing)", style="dim") if phrase is None else Text(_clean(phrase))


def _map(original: Article, repost: Article, comparison: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, expand=True)
    table.add_column("original", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("relation", width=len("rewritten"))
    table.add_column("repost", ratio=1, no_wrap=True, overflow="ellipsis")
    for row in rows(comparison):
        table.add_row(
            _snippets(original, comparison.original_sentences, row.original),
            Text(row.relation, style="dim"),
            _snippets(repost, comparison.repost_sentences, row.repost),
        )
    return table


def _snippets(article: Article, sentences: Sequence[Sentence], indices: Sequence[int]) -> Text:
    return Text("\n").join(
        Text.assemble((f"{i + 1} ", "dim"), _clean(sentences[i].span.of(article.text)))
        for i in indices
    )


def _clean(text: str) -> str:
    """`text` on one line with control characters (escape sequences too) made visible as �."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
