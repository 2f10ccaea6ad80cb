"""Attributions as the moves compare them: which ones report a claim, what they cover, and changes of stance.

Reports. Only attributions that report what somebody holds to be true count (*said*, *according to*, *it is
thought*). Attitudes (*criticised the plan*), intentions (*asked them to*), denied or hypothetical reports (*did
not say*, *may say*) and infinitives (*to explain*) do not. Evidential hedges (*reportedly*, *is understood to
be*) are added as attributions without a source.

Views. Content that the original has and the repost lacks was *dropped*; content that the repost has and the
original lacks was *added*. A `View` asks the same question from either side, so that swapping the texts swaps
the answers.

Stance. `attribution-distanced` and `attribution-endorsed` are changes of the cue's stance towards the claim:
neutral cues acknowledge it, distancing cues dissociate the text from it (*claimed*), endorsing cues present it
as true (*revealed*) (Martin & White 2005, chapter 3). With a study or a document as source, verbs of finding
and showing are neutral: they only report its result.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Attribution, Marker, Move, Span, covering
from reframing.documents.tokens import tokenize
from reframing.documents.typography import repaired
from reframing.documents.word_classes import (
    MODALS,
    ONE_PERSON,
    PERSONAL,
    QUANTIFIERS,
    SOMEONE,
)
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Side
from reframing.moves.matching import counterparts

# Attributions that report a claim.

PRONOUNS = (PERSONAL - {"you"}) | frozenset("who which his her their him them this that".split())
DENIALS = frozenset("deny reject dispute dismiss refute rebut contradict".split())
_NO_REPORT = frozenset("attitude intent idiom seeming".split())
_REPORTS_OF_DEEDS = frozenset("accuse blame attribute".split())
_OTHER_ACTS = frozenset(
    """ask urge order demand request invite instruct decide publish thank cite quote call name dub
    nickname""".split()
) | {"refer to"}
_NEED_CLAUSE = frozenset(
    """discover dismiss dispute find hear hope know learn notice post realise realize recall recognise
    recognize reject remember see""".split()
)
_FEELINGS = frozenset("fear worry care hope".split())  # *fear for their wells*
_NEED_THAT = frozenset("expect anticipate tell".split())  # *is expected to*, *was told*
_LEGAL_NOUNS = frozenset("conviction ruling verdict".split())
_CLAUSE_OPENERS = frozenset("that how why what whether when where who".split())
_NOT_ASSERTED = MODALS | {"to", "likely", "expected"}
_OCCASIONS = frozenset("in at on during through via".split())
_HEARSAY = frozenset(
    "said reported rumored rumoured thought understood believed reportedly".split()
)
_VAGUE = QUANTIFIERS | SOMEONE | {"both", "all"}
_SMALL_WORD = re.compile(r"\b[a-z][a-z'’-]*")
_COUNTED = frozenset("one another each the a an".split())


LONGEST_CUE = 200
"""Greatest length of a cue in code points: a cue that begins further before a source cannot overlap it."""


@lru_cache(maxsize=16)
def reports(side: Side) -> tuple[Attribution, ...]:
    """The attributions of an article that report what somebody holds to be true, sorted by cue.

    Attributions whose source precedes the cue and contains another attribution's cue are omitted as misread.
    """
    found = [_corrected(side, a) for a in side.annotation.attributions if _reports(side, a)]
    cues = sorted(a.cue for a in found if a.cue is not None)
    kept = [a for a in found if not _has_cue_in_source(a, cues)]
    kept += [_hearsay(side, m.span) for m in side.annotation.hedges if _is_hearsay(m, kept)]
    return tuple(sorted(kept, key=lambda a: (a.cue or a.content[0]).start))


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


def _has_cue_in_source(attribution: Attribution, cues: Sequence[Span]) -> bool:
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or cue.start < source.start:
        return False
    near = cues[bisect_left(cues, (source.start - LONGEST_CUE,)) : bisect_left(cues, (source.end,))]
    return any(other != cue and other.overlaps(source) for other in near)


def _reports(side: Side, attribution: Attribution) -> bool:
    cue, source = attribution.cue, attribution.source
    if cue is None:
        return source is not None
    words = tokenize(cue.of(side.text)).forms
    entry, frame = entry_of(side, attribution)
    if source is not None and not _can_speak(side, source, words):
        return False
    if words == (":",):
        return source is not None and _known_elsewhere(side, source)
    if frame == "noun":
        return _follows(side, cue) == "that" and entry not in _LEGAL_NOUNS
    if frame == "source":
        return True
    if entry in _OTHER_ACTS or (frame in _NO_REPORT and entry not in _REPORTS_OF_DEEDS):
        return False
    before = words[: -max(1, len(entry.split()))]
    if any(word in _NOT_ASSERTED or negates(word) for word in before):
        return False
    if source is None and entry in _NEED_THAT:
        return entry != "tell" and _follows(side, cue) == "that"  # *it is expected that*
    if source is None and attribution.stance == "endorse" and _follows(side, cue) != "that":
        return False
    if entry == "explain" and _follows(side, cue) in ("why", "how"):
        return False
    if entry in _FEELINGS and {words[-1], _follows(side, cue)} & {"for", "about", "over"}:
        return False
    unknown = not entry and attribution.stance == "neutral"
    if (unknown or entry in _NEED_CLAUSE) and not _has_clause(side, attribution):
        return False
    if not words[0].endswith("ing"):
        return True
    return side.text[: cue.start].rstrip()[-1:] in ",–—-" or _follows(side, cue) == "that"


def _can_speak(side: Side, source: Span, cue: Sequence[str]) -> bool:
    """Whether a source has a content word or is a pronoun or *some*, *many* …: not *one* in *one e-mail*."""
    words = source.of(side.text).lower().split()
    if words[0] in ("any", "no", "none") or (words[0] in _COUNTED and len(words) == len(cue) == 1):
        return False
    return bool(source_stems(side, source)) or is_pronoun(side, source) or words[0] in _VAGUE


def _follows(side: Side, cue: Span) -> str:
    return (side.text[cue.end : cue.end + 30].split() or [""])[0].lower()


def _has_clause(side: Side, attribution: Attribution) -> bool:
    """Whether the content is a clause or a quotation rather than an object (*recalled the cars*)."""
    first = attribution.content[0].of(side.text).lower() if attribution.content else ""
    return first[:1] in "“\"‘'" or first.split(" ")[0] in _CLAUSE_OPENERS


def _known_elsewhere(side: Side, source: Span) -> bool:
    """Whether the source before a colon, as in headlines, is a source elsewhere in the text as well."""
    words = source_stems(side, source)
    others = (a.source for a in side.annotation.attributions if a.source not in (None, source))
    return any(words & source_stems(side, other) for other in others if other is not None)


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


def _is_hearsay(marker: Marker, attributions: Sequence[Attribution]) -> bool:
    """Whether a hedge is an unattributed report (*reportedly*, *is said to have*) outside all known cues."""
    words = marker.entry.split()
    hearsay = words[0] in _HEARSAY and (len(words) == 1 or words[1] == "to")
    return hearsay and not any(a.cue and a.cue.overlaps(marker.span) for a in attributions)


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
    """The stems of the names in a source: capitalised words that the article never writes in lower case."""
    i, tokens = side.sentence_of(source), side.tokens
    small = _written_small(side.text)
    return frozenset(
        t.stem
        for t in (() if i is None else side.terms[i])
        if t.kind == "name"
        and source.start <= tokens.starts[t.token] < source.end
        and tokens.forms[t.token] not in small
    )


@lru_cache(maxsize=64)
def _written_small(text: str) -> frozenset[str]:
    """The words that a text writes in lower case: capitals in a headline do not make them names."""
    return frozenset(_SMALL_WORD.findall(text))


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

    @cached_property
    def reports_there(self) -> tuple[Attribution, ...]:
        """The attributions there that report a claim (see `reports`)."""
        return reports(self.there)

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

LEAST_SHARED = 0.4
LEAST_BESIDES = 0.5  # other terms of the sentence, for each term of the content


@dataclass(frozen=True, slots=True)
class Vouched:
    """The part of one attribution that lies in one sentence.

    `about` holds the stems of its content there; `who` those of its source and of every other wording that the
    two texts have for the same source; `names` those of the names in the source. `whole` is true where the
    sentence says little else, so that a sentence linked with it is linked with the content. `part` holds the
    stems of the relevant part of the content, where that is not all of it.
    """

    attribution: Attribution
    sentence: int
    about: frozenset[str]
    who: frozenset[str]
    names: frozenset[str]
    whole: bool
    part: frozenset[str] = frozenset()


def same_claim(here: Vouched, there: Vouched) -> bool:
    """Whether two attributions in linked sentences cover the same claim.

    Their contents share at least two terms and 40% of the terms of the shorter one, or each is the entire
    content of its sentence.
    """
    if here.whole and there.whole:
        return True
    least = min(len(here.about), len(there.about))
    return len(here.about & there.about) >= max(min(2, least), LEAST_SHARED * least)


def vouched(side: Side, identities: Sequence[frozenset[str]] = ()) -> list[Vouched]:
    """The reports of an article, once for each sentence with their content (or, without content, their cue).

    `identities` are sets of stems, each for one wording of a named source (see `identities_of`).
    """
    return _vouched(side, reports(side), identities)


def stances_of(side: Side, identities: Sequence[frozenset[str]]) -> list[Vouched]:
    """The attributions that are not reports (*praised the plan*, *explained how*), in the form of `vouched`."""
    found = {attribution.cue for attribution in reports(side)}
    others = [a for a in side.annotation.attributions if a.cue is not None and a.cue not in found]
    return _vouched(side, others, identities)


def _vouched(
    side: Side, attributions: Sequence[Attribution], identities: Sequence[frozenset[str]]
) -> list[Vouched]:
    found: list[Vouched] = []
    before: list[Span] = []
    with_stem: dict[str, list[frozenset[str]]] = {}
    for identity in set(identities):
        for one in identity:
            with_stem.setdefault(one, []).append(identity)
    for attribution in attributions:
        source = attribution.source
        if source is not None and not is_pronoun(side, source):
            before.append(source)
        own = _antecedent(side, source, before)
        who = frozenset() if own is None else source_stems(side, own)
        names = frozenset() if own is None else names_in(side, own)
        wider = who.union(*(each for one in names or who for each in with_stem.get(one, ())))
        for i, about in _contents(side, attribution):
            others = side.sentence_stems[i] - who - about
            whole = len(others) <= LEAST_BESIDES * len(about)
            found.append(Vouched(attribution, i, about, wider, names, whole))
    return found


def _contents(side: Side, attribution: Attribution) -> Iterator[tuple[int, frozenset[str]]]:
    """The sentences that an attribution covers, each with the stems of its content there.

    Where the content is a pronoun (*This was announced by …*), the previous sentence is taken; where no
    content was found, the words after the cue, or else the words before it without the source.
    """
    places: dict[int, set[str]] = {}
    for span in attribution.content:
        for i in side.sentences_of(span):
            if span.overlaps(side.sentences[i].span):
                places.setdefault(i, set()).update(stems_in(side, i, span))
    if not places and attribution.cue is not None:
        places = _around_cue(side, attribution, attribution.cue)
    elif (
        len(places) == 1
        and not any(places.values())
        and entry_of(side, attribution)[0] not in DENIALS
    ):
        i = max(0, next(iter(places)) - 1)
        places = {i: {term.stem for term in side.terms[i]}}
    for i, about in sorted(places.items()):
        yield i, frozenset(about)


def _around_cue(side: Side, attribution: Attribution, cue: Span) -> dict[int, set[str]]:
    i = side.sentence_of(cue)
    if i is None:
        return {}
    behind = set(stems_in(side, i, Span(cue.end, side.sentences[i].end)))
    source = attribution.source or cue
    before = set(stems_in(side, i, Span(side.sentences[i].start, cue.start)))
    return {i: behind or before - set(stems_in(side, i, source))}


def _antecedent(side: Side, source: Span | None, before: Sequence[Span]) -> Span | None:
    """The source itself; for a pronoun the last source before it, for *he* and *she* the last with a name."""
    if source is None or not is_pronoun(side, source):
        return source
    if source.of(side.text).lower() in ONE_PERSON:
        return next((span for span in reversed(before) if names_in(side, span)), None)
    return before[-1] if before else None


def identities_of(*sides: Side) -> list[frozenset[str]]:
    """The stems of each mention of a named source in the texts; mentions with a common name are one source."""
    return [
        source_stems(side, attribution.source)
        for side in sides
        for attribution in side.annotation.attributions
        if attribution.source is not None and names_in(side, attribution.source)
    ]


# Changes of stance: attribution-distanced and attribution-endorsed.

_FINDING = frozenset(
    "find show demonstrate illustrate determine discover ascertain document finding".split()
) | {"find out"}
_REMARKING = frozenset(
    "see learn notice recall recollect remember remind clarify observe know highlight note".split()
)
_DISTANCING_WORDS = frozenset("so-called supposed purported self-styled".split())
_LONGEST_SCARE_QUOTE = 3


def stance_changed(context: Context, here: Vouched, there: Vouched) -> Iterator[Move]:
    """The move, if any, from the stance of an attribution in the original to that of one in the repost.

    Both must have a cue, the same source and the same claim; a change to a neutral stance is not a move.
    """
    was, now = here.attribution, there.attribution
    cues = wording(context.original, was.cue), wording(context.repost, now.cue)
    if not all(cues) or was.source is None or not _same_source(context, here, there):
        return
    if not same_claim(here, there):
        return
    before, after = stance(context.original, was), stance(context.repost, now)
    denied = after == "endorse" and entry_of(context.original, was)[0] in DENIALS
    if after in (before, "neutral") or denied:
        return
    slug = "attribution-distanced" if after == "distance" else "attribution-endorsed"
    yield between(slug, here, there, 0.75)


def stance(side: Side, attribution: Attribution) -> str:
    """The stance of an attribution's cue: *neutral*, *endorse* or *distance*.

    Verbs of remarking and perceiving (*noted*, *learned*) are neutral, as are verbs of finding and showing
    where the source is not a person.
    """
    entry, _ = entry_of(side, attribution)
    if attribution.stance != "endorse":
        return attribution.stance
    if entry in _REMARKING or (entry in _FINDING and not _is_a_person(side, attribution)):
        return "neutral"
    return "endorse"


def _is_a_person(side: Side, attribution: Attribution) -> bool:
    source = attribution.source
    if source is None:
        return False
    return attribution.source_kind == "named" or source.of(side.text).lower() in ("he", "she")


def _same_source(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether both may have the same source: the sources share a word, or one of them is a pronoun."""
    sides = ((context.original, here), (context.repost, there))
    sources = [(side, each.attribution.source) for side, each in sides]
    pronoun = any(source is not None and is_pronoun(side, source) for side, source in sources)
    return bool(here.who & there.who) or pronoun


def distanced(view: View) -> Iterator[Move]:
    """Moves for attributed words that the text here puts in scare quotes or calls *so-called*."""
    speaks = {view.there.sentence_of(a.cue) for a in view.there.annotation.attributions if a.cue}
    for j, origins in view.linked.items():
        attributed = not speaks.isdisjoint(origins)
        for span, words in _kept_at_a_distance(view.here, j):
            found = [place for i in origins for place in _occurrences(view.there, i, words)]
            if attributed and found:
                yield view.move("attribution-distanced", (span, (j,)), (found[0], origins), 0.65)


def _kept_at_a_distance(side: Side, j: int) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Scare quotes and *so-called* phrases of a sentence: their spans and the words they distance."""
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


def _occurrences(side: Side, i: int, words: tuple[str, ...]) -> Iterator[Span]:
    """The spans of `words` in a sentence outside quotation marks and not after a distancing word."""
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
