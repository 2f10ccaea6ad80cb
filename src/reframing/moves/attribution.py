"""`attribution-dropped`, `-added`, `-vague`, `-swapped`, `-distanced`, `-endorsed`.

Moves stand on propositions: the content of an attribution in the original is looked for in the linked
sentences of the repost, and what is said there about who vouches for it is compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reframing.moves.context import Context, Side
from reframing.moves.proximity import counterparts
from reframing.records import Attribution, Move, Span, covering
from reframing.segment.terms import stem
from reframing.segment.tokens import tokenize

SPECIFIC = ("named", "role")
LEAST_CARRIED = 0.3
_PRONOUNS = frozenset("he she they it we i who his her their him them".split())


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution at work in one sentence: the stems of its content that lie there."""

    attribution: Attribution
    sentence: int
    about: frozenset[str]


def find(context: Context) -> Iterator[Move]:
    """Attributions that changed between linked sentences which are not copies."""
    originals, reposts = attributed(context.original), attributed(context.repost)
    linked = counterparts(context, of_original=True)
    back = counterparts(context, of_original=False)
    for here in originals:
        to = [j for j in linked.get(here.sentence, ()) if carried(here, context.repost, j)]
        if to:
            yield from _compared(context, here, to, reposts)
    for there in reposts:
        sources = [
            i for i in back.get(there.sentence, ()) if carried(there, context.original, i)
        ]
        if sources and not near(originals, sources):
            yield from _added(context, there, sources)


def attributed(side: Side) -> list[Attributed]:
    """Each attribution once for each sentence in which its content lies (or else its cue).

    Where the content is a pronoun (*This was announced by …*), it is the sentence before. Expectations
    without a source (*is expected to*) are hedges, not attributions.
    """
    found = []
    for attribution in side.annotation.attributions:
        if attribution.source is None and _expects(side, attribution):
            continue
        spans = attribution.content or tuple(filter(None, (attribution.cue,)))
        places: dict[int, set[str]] = {}
        for i, sentence in enumerate(side.sentences):
            for span in spans:
                if span.overlaps(sentence.span):
                    places.setdefault(i, set()).update(_stems_in(side, i, span))
        if len(places) == 1 and not any(places.values()):
            i = max(0, next(iter(places)) - 1)
            places = {i: {term.stem for term in side.terms[i]}}
        found += [Attributed(attribution, i, frozenset(about)) for i, about in places.items()]
    return found


def _expects(side: Side, attribution: Attribution) -> bool:
    words = _words(side, attribution.cue) or ""
    return "expect" in words or "likely" in words


def _stems_in(side: Side, i: int, span: Span) -> Iterator[str]:
    starts = side.tokens.starts
    return (t.stem for t in side.terms[i] if span.start <= starts[t.token] < span.end)


def carried(here: Attributed, other: Side, sentence: int) -> bool:
    """Whether the content that is attributed here is said in a sentence of the other side."""
    there = {term.stem for term in other.terms[sentence]}
    return bool(here.about) and len(here.about & there) >= max(1, LEAST_CARRIED * len(here.about))


def near(attributions: Sequence[Attributed], sentences: Sequence[int]) -> list[Attributed]:
    return [each for each in attributions if each.sentence in sentences]


def _compared(
    context: Context, here: Attributed, to: Sequence[int], reposts: Sequence[Attributed]
) -> Iterator[Move]:
    there = max(
        near(reposts, to),
        key=lambda each: (len(each.about & here.about), each.attribution.source is not None),
        default=None,
    )
    if there is None:
        if here.attribution.source_kind != "none" or here.attribution.source is not None:
            yield _dropped(context, here, to)
        return
    yield from _source_changed(context, here, there)
    yield from _stance_changed(context, here, there)


def _dropped(context: Context, here: Attributed, to: Sequence[int]) -> Move:
    who = _words(context.original, here.attribution.source) or "a source"
    return Move(
        "attribution-dropped", _expression(here.attribution),
        covering(context.repost.sentences[j].span for j in to), (here.sentence,), tuple(to), 0.7,
        f"The original attributes this to {who}; the repost says it in its own voice.",
    )  # fmt: skip


def _added(context: Context, there: Attributed, sources: Sequence[int]) -> Iterator[Move]:
    who = _words(context.repost, there.attribution.source)
    if who is None:
        return
    yield Move(
        "attribution-added", covering(context.original.sentences[i].span for i in sources),
        _expression(there.attribution), tuple(sources), (there.sentence,), 0.6,
        f"The original says this in its own voice; the repost attributes it to {who}.",
    )  # fmt: skip


def _source_changed(context: Context, here: Attributed, there: Attributed) -> Iterator[Move]:
    was, now = here.attribution, there.attribution
    before = _words(context.original, was.source)
    after = _words(context.repost, now.source)
    if was.source_kind in SPECIFIC and now.source_kind in ("vague", "none"):
        yield _between(
            context, "attribution-vague", here, there, 0.75,
            f"The original names {before or 'its source'}; the repost has "
            f"{f'only “{after}”' if after else 'nobody who says so'}.",
        )  # fmt: skip
    elif was.source_kind == "named" == now.source_kind and before and after:
        if _different_people(context, before, after):
            yield _between(
                context, "attribution-swapped", here, there, 0.6,
                f"The original attributes this to {before}, the repost to {after}.",
            )  # fmt: skip


def _different_people(context: Context, before: str, after: str) -> bool:
    """Whether two named sources share no word and each name is unknown in the other's place.

    Pronouns and names that the original uses for the same source say nothing.
    """
    a, b = _stems(before), _stems(after)
    return bool(a and b) and not a & b and not (a | b) & _PRONOUNS


def _stance_changed(context: Context, here: Attributed, there: Attributed) -> Iterator[Move]:
    was, now = here.attribution.stance, there.attribution.stance
    slug = {
        ("neutral", "distance"): "attribution-distanced",
        ("endorse", "distance"): "attribution-distanced",
        ("neutral", "endorse"): "attribution-endorsed",
        ("distance", "endorse"): "attribution-endorsed",
    }.get((was, now))
    cues = _words(context.original, here.attribution.cue), _words(
        context.repost, there.attribution.cue
    )
    if slug and all(cues) and here.attribution.source_kind != "none":
        effect = "keeps its distance" if now == "distance" else "vouches for it"
        yield _between(
            context, slug, here, there, 0.75,
            f"The original has “{cues[0]}”; with “{cues[1]}” the repost {effect}.",
        )  # fmt: skip


def _between(
    context: Context, slug: str, here: Attributed, there: Attributed, score: float, why: str
) -> Move:
    return Move(
        slug, _expression(here.attribution), _expression(there.attribution),
        (here.sentence,), (there.sentence,), score, why,
    )  # fmt: skip


def _expression(attribution: Attribution) -> Span:
    """Source and cue where they stand together, else the cue, else the source or the content."""
    source, cue = attribution.source, attribution.cue
    if source and cue and max(source.start, cue.start) - min(source.end, cue.end) <= 3:
        return covering((source, cue))
    return cue or source or covering(attribution.content)


def _words(side: Side, span: Span | None) -> str | None:
    return None if span is None else " ".join(span.of(side.text).split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(form) for form in tokenize(words).forms if len(form) > 1)
