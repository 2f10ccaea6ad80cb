"""`attribution-distanced`, `attribution-endorsed`: what the text lets its cue say of the claim.

Neutral cues acknowledge a claim, distancing ones hold it off (*claimed*), endorsing ones present it as
true (*revealed*) (Martin & White 2005, chapter 3). Of a study or a document, verbs of finding and showing
are neutral: they only report its result.
"""

from collections.abc import Iterator

from reframing.moves.context import Context, Side
from reframing.moves.reports import DENIALS, cue_entry, is_pronoun
from reframing.moves.views import View
from reframing.moves.vouching import Vouched, same_claim
from reframing.records import Attribution, Move, Span, covering
from reframing.segment.tokens import tokenize

_FINDING = frozenset(
    "find show demonstrate illustrate determine discover ascertain document finding".split()
) | {"find out"}
_REMARKING = frozenset(
    "see learn notice recall recollect remember remind clarify observe know highlight note".split()
)
_PERSONS = frozenset("he she".split())
_DISTANCING_WORDS = frozenset("so-called supposed purported self-styled".split())
_LONGEST_SCARE_QUOTE = 3


def stance_changed(context: Context, here: Vouched, there: Vouched) -> Iterator[Move]:
    was, now = here.attribution, there.attribution
    cues = words_of(context.original, was.cue), words_of(context.repost, now.cue)
    if not all(cues) or was.source is None or not _same_source(context, here, there):
        return
    if not same_claim(here, there):
        return
    before, after = stance(context.original, was), stance(context.repost, now)
    denied = after == "endorse" and _entry(context.original, was) in DENIALS
    if after in (before, "neutral") or denied:
        return
    slug = "attribution-distanced" if after == "distance" else "attribution-endorsed"
    yield between(slug, here, there, 0.75)


def stance(side: Side, attribution: Attribution) -> str:
    """The cue's stance; a remark is neutral, and so is what a study, not a person, finds or shows."""
    entry = _entry(side, attribution)
    if attribution.stance != "endorse":
        return attribution.stance
    if entry in _REMARKING or (entry in _FINDING and not _is_a_person(side, attribution)):
        return "neutral"
    return "endorse"


def _is_a_person(side: Side, attribution: Attribution) -> bool:
    source = attribution.source
    if source is None:
        return False
    return attribution.source_kind == "named" or source.of(side.text).lower() in _PERSONS


def _entry(side: Side, attribution: Attribution) -> str:
    cue = attribution.cue
    return "" if cue is None else cue_entry(cue.of(side.text).lower())[0]


def _same_source(context: Context, here: Vouched, there: Vouched) -> bool:
    """The same source as far as can be told: a common word, or a pronoun on either side."""
    sides = ((context.original, here), (context.repost, there))
    sources = [(side, each.attribution.source) for side, each in sides]
    pronoun = any(source is not None and is_pronoun(side, source) for side, source in sources)
    return bool(here.who & there.who) or pronoun


def held_apart(view: View) -> Iterator[Move]:
    """Words of an attributed statement that the text here puts in scare quotes or calls *so-called*."""
    speaks = {view.there.sentence_of(a.cue) for a in view.there.annotation.attributions if a.cue}
    for j, origins in view.linked.items():
        attributed = not speaks.isdisjoint(origins)
        for span, words in _kept_at_a_distance(view.here, j):
            found = [place for i in origins for place in _standing(view.there, i, words)]
            if attributed and found:
                yield view.move("attribution-distanced", (span, (j,)), (found[0], origins), 0.65)


def _kept_at_a_distance(side: Side, j: int) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Scare quotes and words behind *so-called* in a sentence, with the words that they hold off."""
    sentence, tokens = side.sentences[j].span, side.tokens
    for quote in side.annotation.quotes:
        if quote.speech or not sentence.contains(quote.span):
            continue
        inner = quote.inner.of(side.text)
        words = tokenize(inner).forms
        if inner.islower() and len(words) <= _LONGEST_SCARE_QUOTE:
            yield quote.span, words
    for k in tokens.within(sentence):
        if tokens.forms[k] in _DISTANCING_WORDS and k + 1 < len(tokens):
            yield tokens.span(k, k + 2), (tokens.forms[k + 1],)


def _standing(side: Side, i: int, words: tuple[str, ...]) -> Iterator[Span]:
    """Where `words` stand in a sentence outside quotation marks and without a distancing word."""
    tokens, within = side.tokens, side.within(i)
    for k in within:
        span = tokens.span(k, min(k + len(words), len(tokens)))
        quoted = any(quote.span.overlaps(span) for quote in side.annotation.quotes)
        held_off = k > 0 and tokens.forms[k - 1] in _DISTANCING_WORDS
        if tokens.forms[k : k + len(words)] == words and not quoted and not held_off:
            yield span


def between(
    slug: str, here: Vouched, there: Vouched, score: float, of_source: bool = False
) -> Move:
    """The move from the expression of one attribution to that of the other."""
    was, now = expression(here.attribution, of_source), expression(there.attribution, of_source)
    return Move(slug, was, now, (here.sentence,), (there.sentence,), score, "")


def expression(attribution: Attribution, of_source: bool = False) -> Span:
    """Source and cue where they stand together, else the one in question, the other, or the content."""
    source, cue = attribution.source, attribution.cue
    if source and cue and max(source.start, cue.start) - min(source.end, cue.end) <= 3:
        return covering((source, cue))
    first, second = (source, cue) if of_source else (cue, source)
    return first or second or covering(attribution.content)


def words_of(side: Side, span: Span | None) -> str | None:
    return None if span is None else " ".join(span.of(side.text).split()).strip(" ,;:")
