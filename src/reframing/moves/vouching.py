"""Attributions as the moves compare them: which ones report a claim, what they cover, and changes of stance.

Reports. Only attributions that report what somebody holds to be true count (*said*, *according to*, *it is
thought*). Attitudes (*criticised the plan*), intentions (*asked them to*), denied or hypothetical reports (*did
not say*, *may say*) and infinitives (*to explain*) do not.

Views. Content that the original has and the repost lacks was *dropped*; content that the repost has and the
original lacks was *added*. A `View` asks the same question from either side, so that swapping the texts swaps
the answers.

Stance. `attribution-distanced` and `attribution-endorsed` are changes of the cue's stance towards the claim:
neutral cues acknowledge it, distancing cues dissociate the text from it (*claimed*), endorsing cues present it
as true (*revealed*) (Martin & White 2005, chapter 3). Verbs of finding and showing are neutral: they only
report a result.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Attribution, Move, Span, covering
from reframing.documents.tokens import tokenize
from reframing.documents.typography import repaired
from reframing.documents.word_classes import (
    MODALS,
    ONE_PERSON,
    PERSONAL,
)
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Side
from reframing.moves.matching import counterparts

# Attributions that report a claim.

PRONOUNS = (PERSONAL - {"you"}) | frozenset("who which his her their him them this that".split())
DENIALS = frozenset("deny reject dispute dismiss refute rebut contradict".split())
_NO_REPORT = frozenset("attitude intent idiom seeming".split())
_NEED_CLAUSE = frozenset(
    """discover dismiss dispute find hear hope know learn notice post realise realize recall recognise
    recognize reject remember see""".split()
)
_NEED_THAT = frozenset("expect anticipate tell".split())  # *is expected to*, *was told*
_NOT_ASSERTED = MODALS | {"to", "likely", "expected"}
_OCCASIONS = frozenset("in at on during through via".split())


@lru_cache(maxsize=16)
def reports(side: Side) -> tuple[Attribution, ...]:
    """The attributions of an article that report what somebody holds to be true, sorted by cue."""
    found = [_corrected(side, a) for a in side.annotation.attributions if _reports(side, a)]
    return tuple(sorted(found, key=lambda a: (a.cue or a.content[0]).start))


def _corrected(side: Side, attribution: Attribution) -> Attribution:
    """The attribution, without its source where that was misread.

    A noun cue has a source before it only as a possessive or pronoun (not in *after complaints that …*), and
    the person after *told* is the hearer. An adverb cue without a source (*reportedly*) covers its entire
    sentence.
    """
    source, cue = attribution.source, attribution.cue
    entry, frame = entry_of(side, attribution)
    if source is None and cue is not None and frame == "adverb":
        return _hearsay(side, cue)
    if source is None or cue is None:
        return attribution
    owner = source.of(side.text)
    owned = is_pronoun(side, source) or repaired(owner).endswith(("'s", "’s", "s'", "s’"))
    if entry == "tell" and source.start > cue.start:
        return attribution._replace(source=None)
    if frame == "noun" and not owned and source.start < cue.start:
        return attribution._replace(source=None, source_kind="none")
    return attribution


def _reports(side: Side, attribution: Attribution) -> bool:
    """Whether an attribution reports a claim, and no attitude or order, nor is it denied or hypothetical."""
    cue, source = attribution.cue, attribution.source
    if cue is None:
        return source is not None
    entry, frame = entry_of(side, attribution)
    that = _follows(side, cue) == "that"
    if frame in ("noun", "source"):
        return that or frame == "source"
    if frame in _NO_REPORT or (not entry and attribution.stance == "neutral"):
        return False
    words = tokenize(cue.of(side.text)).forms
    before = words[: -max(1, len(entry.split()))]
    if any(word in _NOT_ASSERTED or negates(word) for word in before):
        return False
    told = source is None and (entry in _NEED_THAT or attribution.stance == "endorse")
    return that or not (told or entry in _NEED_CLAUSE)


def _follows(side: Side, cue: Span) -> str:
    return (side.text[cue.end : cue.end + 30].split() or [""])[0].lower()


@lru_cache(maxsize=10_000)
def cue_entry(words: str) -> tuple[str, str]:
    """Lexicon entry and frame of the last cue in `words`; two empty strings where the lexicon has none.

    A noun that only names the occasion is not a cue (*acknowledged in a statement*).
    """
    tokens = tokenize(words)
    found = [
        (entry.lemma, entry.category.split("-")[1])
        for first, _, entry in load_lexicon("measures/attribution/attribution_cues").match(tokens)
        if "-noun" not in entry.category
        or first == 0
        or _OCCASIONS.isdisjoint(tokens.forms[1:first])
    ]
    return found[-1] if found else ("", "")


def entry_of(side: Side, attribution: Attribution) -> tuple[str, str]:
    """Lexicon entry and frame of an attribution's cue; two empty strings if it has none."""
    cue = attribution.cue
    return ("", "") if cue is None else cue_entry(cue.of(side.text).lower())


def _hearsay(side: Side, cue: Span) -> Attribution:
    """An attribution without a source whose content is the entire sentence of the cue."""
    i = side.sentence_of(cue)
    content = () if i is None else (side.sentences[i].span,)
    return Attribution(None, cue, content, "indirect", "neutral", "none")


def stems_in(side: Side, i: int, span: Span) -> Iterator[str]:
    """The stems of the content terms of sentence `i` that begin in a span."""
    starts = side.tokens.starts
    return (t.stem for t in side.terms[i] if span.start <= starts[t.token] < span.end)


def is_pronoun(side: Side, source: Span) -> bool:
    """Whether a source is a single pronoun."""
    return source.of(side.text).lower() in PRONOUNS


def source_stems(side: Side, source: Span) -> frozenset[str]:
    """The stems of the content terms of a source."""
    i = side.sentence_of(source)
    return frozenset() if i is None else frozenset(stems_in(side, i, source))


def names_in(side: Side, source: Span) -> frozenset[str]:
    """The stems of the names in a source."""
    i, starts = side.sentence_of(source), side.tokens.starts
    return frozenset(
        t.stem
        for t in (() if i is None else side.terms[i])
        if t.kind == "name" and source.start <= starts[t.token] < source.end
    )


# One text of a pair compared with the other.

LEAST_TERMS, LEAST_WORDS, LEAST_SHARE = 3, 2, 0.5
SURE = 0.8  # score of a link


@dataclass(frozen=True)
class View:
    """One text of a pair (`here`) compared with the other (`there`); `here` is the original or the repost."""

    context: Context
    from_original: bool

    @property
    def here(self) -> Side:
        """The text whose content is looked for in the other."""
        return self.context.original if self.from_original else self.context.repost

    @property
    def there(self) -> Side:
        """The text in which it is looked for."""
        return self.context.repost if self.from_original else self.context.original

    @property
    def change(self) -> str:
        """The suffix of the slug for content that only this text has: *dropped* or *added*."""
        return "dropped" if self.from_original else "added"

    @cached_property
    def linked(self) -> dict[int, tuple[int, ...]]:
        """The linked sentences there of each sentence here, by index; copied sentences are omitted."""
        return counterparts(self.context, self.from_original)

    @cached_property
    def all_linked(self) -> dict[int, tuple[int, ...]]:
        """The linked sentences there of each sentence here, by index; copied sentences included."""
        return self.context.repost_of if self.from_original else self.context.original_of

    def is_comparable(self, i: int, j: int) -> bool:
        """Whether sentence `i` here and `j` there are similar enough to compare their details.

        They share at least three content terms, two of them neither names nor numbers, and half of the terms of
        the sentence with fewer; or their link has a score of at least `SURE`.
        """
        a, b = self.here.sentence_stems[i], self.there.sentence_stems[j]
        enough = max(LEAST_TERMS, LEAST_SHARE * min(len(a), len(b)))
        if len(a & b) >= enough and len(self.here.word_stems[i] & b) >= LEAST_WORDS:
            return True
        return self._scores.get((i, j), 0.0) >= SURE

    @cached_property
    def _scores(self) -> dict[tuple[int, int], float]:
        """The score of the link between each two linked sentences, by (index here, index there)."""
        return {
            (i, j) if self.from_original else (j, i): link.score
            for link in self.context.links
            for i in link.original
            for j in link.repost
        }

    def move(
        self,
        slug: str,
        here: tuple[Span | None, Sequence[int]],
        there: tuple[Span | None, Sequence[int]],
        score: float,
    ) -> Move:
        """A move with its (span, sentences) here and there, and the score of the rule that found it."""
        original, repost = (here, there) if self.from_original else (there, here)
        return Move(
            slug, original[0], repost[0], tuple(original[1]), tuple(repost[1]), round(score, 6), ""
        )


def both_views(context: Context) -> tuple[View, View]:
    """The view from the original on the repost, and the view from the repost on the original."""
    return View(context, True), View(context, False)


# The content of attributions, sentence by sentence.

LEAST_BESIDES = 0.5  # other terms of the sentence, for each term of the content


@dataclass(frozen=True, slots=True)
class Vouched:
    """The part of one attribution that lies in one sentence.

    `about` holds the stems of its content there, `who` those of its source, `names` those of the names in it.
    `whole` is true where the sentence says little else, so that a sentence linked with it is linked with the
    content.
    """

    attribution: Attribution
    sentence: int
    about: frozenset[str]
    who: frozenset[str]
    names: frozenset[str]
    whole: bool


def vouched(side: Side) -> list[Vouched]:
    """The reports of an article, once for each sentence with their content."""
    found: list[Vouched] = []
    before: list[Span] = []
    for attribution in reports(side):
        source = attribution.source
        if source is not None and not is_pronoun(side, source):
            before.append(source)
        own = _antecedent(side, source, before)
        who = frozenset() if own is None else source_stems(side, own)
        names = frozenset() if own is None else names_in(side, own)
        for i, about in _contents(side, attribution):
            others = side.sentence_stems[i] - who - about
            whole = len(others) <= LEAST_BESIDES * len(about)
            found.append(Vouched(attribution, i, about, who, names, whole))
    return found


def _contents(side: Side, attribution: Attribution) -> Iterator[tuple[int, frozenset[str]]]:
    """The sentences that an attribution covers, each with the stems of its content there."""
    places: dict[int, set[str]] = {}
    for span in attribution.content:
        for i in side.sentences_of(span):
            if span.overlaps(side.sentences[i].span):
                places.setdefault(i, set()).update(stems_in(side, i, span))
    for i, about in sorted(places.items()):
        yield i, frozenset(about)


def _antecedent(side: Side, source: Span | None, before: Sequence[Span]) -> Span | None:
    """The source itself; for a pronoun the last source before it, for *he* and *she* the last with a name."""
    if source is None or not is_pronoun(side, source):
        return source
    if source.of(side.text).lower() in ONE_PERSON:
        return next((span for span in reversed(before) if names_in(side, span)), None)
    return before[-1] if before else None


# Changes of stance: attribution-distanced and attribution-endorsed.

_REMARKING = frozenset(
    """find show demonstrate illustrate determine discover ascertain document finding see learn notice recall
    recollect remember remind clarify observe know highlight note""".split()
) | {"find out"}


def stance_changed(context: Context, here: Vouched, there: Vouched) -> Iterator[Move]:
    """The move, if any, from the stance of an attribution in the original to that of one in the repost.

    Both must have a cue, and the original's a source; a change to a neutral stance is not a move.
    """
    was, now = here.attribution, there.attribution
    cues = wording(context.original, was.cue), wording(context.repost, now.cue)
    if not all(cues) or was.source is None:
        return
    before, after = stance(context.original, was), stance(context.repost, now)
    denied = after == "endorse" and entry_of(context.original, was)[0] in DENIALS
    if after in (before, "neutral") or denied:
        return
    slug = "attribution-distanced" if after == "distance" else "attribution-endorsed"
    yield between(slug, here, there, 0.75)


def stance(side: Side, attribution: Attribution) -> str:
    """The stance of an attribution's cue: *neutral*, *endorse* or *distance*.

    Verbs of finding and remarking (*showed*, *noted*) are neutral.
    """
    entry, _ = entry_of(side, attribution)
    remarked = attribution.stance == "endorse" and entry in _REMARKING
    return "neutral" if remarked else attribution.stance


def between(
    slug: str, here: Vouched, there: Vouched, score: float, of_source: bool = False
) -> Move:
    """A move between two attributions, original and repost, with the spans that `expression` gives."""
    was, now = expression(here.attribution, of_source), expression(there.attribution, of_source)
    return Move(slug, was, now, (here.sentence,), (there.sentence,), score, "")


def expression(attribution: Attribution, of_source: bool = False) -> Span:
    """The span that shows an attribution: source and cue together where they are adjacent.

    Else the cue (the source, with `of_source`), the other of the two, or the content.
    """
    source, cue = attribution.source, attribution.cue
    if source and cue and max(source.start, cue.start) - min(source.end, cue.end) <= 3:
        return covering((source, cue))
    first, second = (source, cue) if of_source else (cue, source)
    return first or second or covering(attribution.content)


def wording(side: Side, span: Span | None) -> str:
    """The words of a span with single blanks and without punctuation at the ends; empty for None."""
    return "" if span is None else " ".join(span.of(side.text).split()).strip(" ,;:")
