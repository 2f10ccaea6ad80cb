"""One article of a comparison as HTML: sentences numbered and linked, moves marked."""

from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup

from reframing.records import Article, Comparison, Link, Section, Sentence, Span
from reframing.report.entries import Entry
from reframing.report.marks import Layer, element, escaped, lines, nested

Side = Literal["original", "repost"]


def article_markup(
    article: Article, side: Side, comparison: Comparison, moves: Sequence[Entry], prefix: str = ""
) -> Markup:
    """An article as headings and paragraphs, one for each line; its text content is the text.

    `prefix` opens every id, so that several comparisons can stand in one page.
    """
    sentences = _sentences(side, comparison)
    layers = [
        *_sentence_layers(side, sentences, comparison.alignment, prefix),
        *_move_layers(side, article.text, moves, prefix),
    ]
    out, written = [], 0
    for line in lines(article.text):
        out.append(escaped(article.text[written : line.start]))
        out.append(_line_markup(article, line, nested(article.text, line, layers)))
        written = line.end
    return Markup().join([*out, escaped(article.text[written:])])


def _line_markup(article: Article, line: Span, content: Markup) -> Markup:
    headline = line.end <= article.title_length
    return element("h3" if headline else "p", (), content)


def _sentences(side: Side, comparison: Comparison) -> tuple[Sentence, ...]:
    return comparison.original_sentences if side == "original" else comparison.repost_sentences


def _sentence_layers(
    side: Side, sentences: Sequence[Sentence], links: Sequence[Link], prefix: str
) -> list[Layer]:
    section: Section | None = None
    layers = []
    for index, sentence in enumerate(sentences):
        opens_section = sentence.section != section
        section = sentence.section
        layers.append(_sentence_layer(side, index, sentence, opens_section, links, prefix))
    return layers


def _sentence_layer(
    side: Side,
    index: int,
    sentence: Sentence,
    opens_section: bool,
    links: Sequence[Link],
    prefix: str,
) -> Layer:
    partners = _partners(side, index, links)
    key = f"{prefix}{side[0]}-s{index + 1}"
    others = [f"{prefix}{_other(side)[0]}-s{j + 1}" for j in partners]
    classes = ["sentence", sentence.section, "carried" if partners else "alone"]
    attributes = [
        ("class", " ".join(classes)),
        ("data-key", key),
        ("data-lights", " ".join([key, *others])),
    ]
    if opens_section:
        attributes.append(("data-section", sentence.section))
    number = _sentence_number(side, index, partners, prefix)
    return Layer(sentence.span, "span", tuple(attributes), key, number)


def _sentence_number(side: Side, index: int, partners: Sequence[int], prefix: str) -> Markup:
    """The sentence's number, a link to its counterpart where it has one; shown by the style."""
    number = ("data-n", str(index + 1))
    if not partners:
        return element("span", (("class", "number"), number))
    other = _other(side)
    names = ", ".join(str(j + 1) for j in partners)
    return element(
        "a",
        (
            ("class", "number"),
            number,
            ("href", f"#{prefix}{other[0]}-s{partners[0] + 1}"),
            ("aria-label", f"Sentence {index + 1} of the {side}, in the {other}: {names}"),
        ),
    )


def _partners(side: Side, index: int, links: Sequence[Link]) -> list[int]:
    sides = [
        (link.original, link.repost) if side == "original" else (link.repost, link.original)
        for link in links
    ]
    return sorted({other for own, others in sides if index in own for other in others})


def _move_layers(side: Side, text: str, moves: Sequence[Entry], prefix: str) -> list[Layer]:
    """Layers of the moves with a span on this side, the longer ones outside."""
    placed = [
        (entry, _trimmed(span, text))
        for entry in moves
        if (span := getattr(entry.move, side)) is not None
    ]
    placed.sort(key=lambda item: (item[1].start, -item[1].end, item[0].number))
    return [
        _move_layer(side, entry, span, prefix) for entry, span in placed if span.start < span.end
    ]


def _move_layer(side: Side, entry: Entry, span: Span, prefix: str) -> Layer:
    key, family = f"{prefix}m{entry.number}", entry.family.slug
    attributes = (
        ("class", f"mark {family}"),
        ("data-key", key),
        ("data-lights", key),
        ("title", f"{entry.number} {entry.label}"),
    )
    reference = element(
        "a",
        (
            ("class", f"reference {family}"),
            ("data-n", str(entry.number)),
            ("data-key", key),
            ("data-lights", key),
            ("href", f"#{prefix}move-{entry.number}"),
            ("aria-label", f"Move {entry.number}: {entry.label}"),
        ),
    )
    return Layer(span, "mark", attributes, f"{prefix}{side[0]}-m{entry.number}", closing=reference)


def _trimmed(span: Span, text: str) -> Span:
    """`span` without white space at its ends, so that its mark starts and ends inside a line."""
    marked = span.of(text)
    start = span.start + len(marked) - len(marked.lstrip())
    return Span(start, max(start, span.end - len(marked) + len(marked.rstrip())))


def _other(side: Side) -> Side:
    return "repost" if side == "original" else "original"
