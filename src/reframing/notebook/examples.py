"""One worked example of a move, quoted from the constructed sample and from nothing else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from reframing.documents.records import Article, Move, Sentence, Span, Studied
from reframing.figures.dot_rows import without_controls
from reframing.moves.catalogue import catalogue
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import UNTYPESET

if TYPE_CHECKING:
    from IPython.display import HTML


def example(study: OpenStudy, slug: str, rank: int = 0) -> "HTML | None":
    """The clearest move of that slug between a constructed original and its repost, or a later one.

    None where the corpus was not constructed for this project: other people's text is never quoted.
    None, too, where there are not so many moves of the slug in one sentence on either side.
    """
    from IPython.display import HTML

    if not study.constructed:
        return None
    moves = clearest(study.studied, slug)
    if rank >= len(moves):
        return None
    pair, move = moves[rank]
    articles = {article.id: article for article in study.articles}
    return HTML(str(quoted(pair, move, articles)))


def clearest(studied: Iterable[Studied], slug: str) -> list[tuple[Studied, Move]]:
    """Moves of that slug in reposts that sit in one sentence on either side.

    The highest scored come first, of equals those in the shortest sentences.
    """
    moves = [
        (-move.score, _length(pair, move), pair.pair.id, place, pair, move)
        for pair in studied
        if pair.pair.condition == "repost"
        for place, move in enumerate(pair.comparison.moves)
        if move.move == slug and len(move.original_sentences) == len(move.repost_sentences) == 1
    ]
    return [found[4:] for found in sorted(moves, key=lambda found: found[:4])]


def quoted(studied: Studied, move: Move, articles: dict[str, Article]) -> Markup:
    """Both sentences, what the move touches marked, and why it is one."""
    comparison = studied.comparison
    sides = (
        ("original", comparison.original_sentences, move.original_sentences, move.original),
        ("repost", comparison.repost_sentences, move.repost_sentences, move.repost),
    )
    quotes = Markup().join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            f"{side}, {section_of(sentences[places[0]])}",
            marked(articles[getattr(studied.pair, side)].text, sentences[places[0]].span, span),
        )
        for side, sentences, places, span in sides
    )
    return Markup(
        '<figure class="example {}"><figcaption>Constructed example: <strong>{}</strong> '
        "({})</figcaption><dl>{}</dl><p>{}</p></figure>"
    ).format(
        UNTYPESET,
        catalogue()[move.move].label,
        without_controls(studied.pair.repost),
        quotes,
        move.explanation,
    )


def section_of(sentence: Sentence) -> str:
    return {"headline": "headline", "lead": "first sentence", "body": "body"}[sentence.section]


def marked(text: str, sentence: Span, span: Span | None) -> Markup:
    """The sentence as HTML, with as much of `span` marked as lies in it."""
    if span is None or not span.overlaps(sentence) or span.contains(sentence):
        return escape(sentence.of(text))
    start, end = max(span.start, sentence.start), min(span.end, sentence.end)
    return Markup("{}<mark>{}</mark>{}").format(
        text[sentence.start : start], text[start:end], text[end : sentence.end]
    )


def _length(studied: Studied, move: Move) -> int:
    """Code points of the two sentences together."""
    original = studied.comparison.original_sentences[move.original_sentences[0]].span
    repost = studied.comparison.repost_sentences[move.repost_sentences[0]].span
    return original.end - original.start + repost.end - repost.start
