"""Whether a text says in its own voice what the other text attributes to a source."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reframing.moves.context import Side
from reframing.moves.proximity import question
from reframing.moves.reports import source_stems, stems_in
from reframing.moves.views import View
from reframing.moves.vouching import Vouched
from reframing.records import Span

LEAST_COVERED = 0.5
LEAST_CARRIED_OVER = 2  # terms that the report before has of what is attributed
_SPEAKER = re.compile(r"(?m)^[A-Z][A-Z .'’-]{2,40}:")
_FEWEST_TURNS = 3
_OWN_WORDS = frozenset("i we our my it its he his she her they their".split())
_FIRST_PERSON = frozenset("i we our my".split())


def speaks(view: View, here: Vouched, j: int) -> bool:
    """Whether sentence `j` there does not assert the content in the text's own voice.

    It asks, it quotes the content, or it opens with the source, though no cue was recognised, as in
    *Moss linked the delay to …*; not where the content is about the source itself (*said it would*).
    """
    if question(view.there, j):
        return True
    for quote in view.there.annotation.quotes:
        if quote.speech and here.about & set(stems_in(view.there, j, quote.span)):
            return True
    if any(here.who & stems for stems in sources_in(view.there, j)) or _others_say(view, here, j):
        return True
    if here.attribution.kind == "direct" and _says_i(view.there, j):
        return True
    return not _about_itself(view.here, here) and _opens_with(view, j, here)


def _others_say(view: View, here: Vouched, j: int) -> bool:
    """Whether most of what the sentence has of the content is somebody's there, who may deny it."""
    side, carried = view.there, here.about & view.there.sentence_stems[j]
    return any(
        a.source is not None
        and 2 * len(carried & {s for span in a.content for s in stems_in(side, j, span)})
        > len(carried)
        for a in side.annotation.attributions
        if any(span.overlaps(side.sentences[j].span) for span in a.content)
    )


def _says_i(side: Side, j: int) -> bool:
    """Whether a sentence says *I* or *we* outside quotation marks: it is speech though nothing marks it."""
    tokens = side.tokens
    return any(
        tokens.forms[k] in _FIRST_PERSON
        and not any(q.span.overlaps(tokens.span(k, k + 1)) for q in side.annotation.quotes)
        for k in side.within(j)
    )


def sources_in(side: Side, j: int) -> Iterator[frozenset[str]]:
    """Whoever reports, judges or declines anything in a sentence."""
    for attribution in side.annotation.attributions:
        cue, source = attribution.cue, attribution.source
        if source is not None and cue is not None and side.sentence_of(cue) == j:
            yield source_stems(side, source)


def stands_there(view: View, here: Vouched, source: Span, to: Sequence[int]) -> bool:
    """Whether a source of several words stands whole in the linked sentences, as none of the content."""
    own = source_stems(view.here, source)
    there = frozenset().union(*(view.there.sentence_stems[j] for j in to))
    return len(own) > 1 and own <= there and not _about_itself(view.here, here)


def only_announced(view: View, here: Vouched, to: Sequence[int], theres: Sequence[Vouched]) -> bool:
    """Whether only a headline or the first sentence there says it, for what is attributed further on."""
    if any(view.there.sentences[j].section == "body" for j in to):
        return False
    least = LEAST_COVERED * len(here.about)
    announced = all(view.there.sentences[j].section == "headline" for j in to)
    return any(
        (announced or there.who & here.who) and len(there.about & here.about) >= least
        for there in theres
    )


def is_carried_over(here: Vouched, to: Sequence[int], theres: Sequence[Vouched]) -> bool:
    """Whether a report on the same matter stands just in front of it: a reader still hears that source."""
    return any(
        there.attribution.source is not None
        and there.sentence + 1 in to
        and len(there.about & here.about) >= LEAST_CARRIED_OVER
        for there in theres
    )


def _about_itself(side: Side, here: Vouched) -> bool:
    """Whether the content begins with a pronoun that may stand for its source."""
    own = _FIRST_PERSON if here.attribution.kind == "direct" else _OWN_WORDS
    for span in here.attribution.content[:1]:
        words = span.of(side.text).lower().strip("“”\"'‘ ").removeprefix("that ").split()
        return bool(words) and words[0] in own
    return False


def _opens_with(view: View, j: int, here: Vouched) -> bool:
    """Whether one of the first words is of the source, or one behind a comma is its name."""
    source = here.attribution.source
    own = source_stems(view.here, source) | here.names if source else here.names
    side, forms = view.there, view.there.tokens.forms
    first = side.within(j).start
    terms = [t for t in side.terms[j] if t.stem in own - here.about]
    return any(
        t.token - first <= 3 or (t.stem in here.names and _behind_comma(forms, t.token))
        for t in terms
    )


def _behind_comma(forms: Sequence[str], token: int) -> bool:
    return forms[token - 1] == "," or (forms[token - 1] == "the" and forms[token - 2] == ",")


def is_the_author(view: View, source: Span) -> bool:
    """Whether *I* or *we* outside quotation marks speaks: the text's own voice."""
    quotes = view.here.annotation.quotes
    return source.of(view.here.text).lower() in _FIRST_PERSON and not any(
        quote.span.overlaps(source) for quote in quotes
    )


@lru_cache(maxsize=16)
def is_transcript(side: Side) -> bool:
    """Whether speakers' names in capitals open the paragraphs of a text."""
    return len(_SPEAKER.findall(side.text)) >= _FEWEST_TURNS
