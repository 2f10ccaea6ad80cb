"""Spans over a text as properly nested HTML, the text itself kept code point for code point.

Spans may overlap in any way; elements may not. Each span is a layer; where a layer would cross
another it is split, so that a layer becomes one or more elements ("pieces").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from reframing.records import Span

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Layer:
    """One span to mark: its element, and what follows its last piece, markup without text content."""

    span: Span
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    closing: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Insert:
    """What stands at one offset of a text: markup without text content."""

    at: int
    markup: Markup


def nested(
    text: str, bounds: Span, layers: Sequence[Layer], inserts: Sequence[Insert] = ()
) -> Markup:
    """`text[bounds]` with `layers` around it; earlier layers stand outside later ones.

    Inserts stand outside the layers that end where they are. The result's text content equals `text[bounds]`.
    """
    inside = [layer for layer in layers if layer.span.overlaps(bounds)]
    within = [insert for insert in inserts if bounds.start <= insert.at <= bounds.end]
    out: list[Markup] = []
    open_layers: list[Layer] = []
    for piece in _pieces(bounds, inside, [insert.at for insert in within]):
        wanted = [layer for layer in inside if layer.span.contains(piece)]
        kept = _common_prefix(open_layers, wanted)
        out.extend(_closed(open_layers[kept:], piece.start))
        out.extend(insert.markup for insert in within if insert.at == piece.start)
        out.extend(_start_tag(layer.tag, layer.attributes) for layer in wanted[kept:])
        out.append(escaped(piece.of(text)))
        open_layers = wanted
    out.extend(_closed(open_layers, bounds.end))
    out.extend(insert.markup for insert in within if insert.at == bounds.end)
    return Markup().join(out)


def escaped(text: str) -> Markup:
    """`text` for HTML; carriage returns survive, which a parser would turn into newlines."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def element(tag: str, attributes: Sequence[tuple[str, str]], content: Markup = NOTHING) -> Markup:
    """An element with escaped attributes."""
    return _start_tag(tag, attributes) + content + Markup(f"</{tag}>")


def _pieces(bounds: Span, layers: Sequence[Layer], inserts: Sequence[int]) -> Iterator[Span]:
    """Cut `bounds` wherever a layer starts or ends and wherever something is inserted."""
    cuts = {bounds.start, bounds.end, *inserts}
    for layer in layers:
        cuts.update(cut for cut in layer.span if bounds.start < cut < bounds.end)
    ordered = sorted(cuts)
    return map(Span, ordered, ordered[1:])


def _common_prefix(first: Sequence[Layer], second: Sequence[Layer]) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        length += 1
    return length


def _closed(open_layers: Sequence[Layer], end: int) -> Iterator[Markup]:
    """End tags from the inside out; the closing of a layer that ends here follows its end tag."""
    for layer in reversed(open_layers):
        yield Markup(f"</{layer.tag}>")
        if layer.span.end == end:
            yield layer.closing


def _start_tag(tag: str, attributes: Sequence[tuple[str, str]]) -> Markup:
    written = (Markup(' {}="{}"').format(Markup(name), value) for name, value in attributes)
    return Markup(f"<{tag}") + Markup().join(written) + Markup(">")
