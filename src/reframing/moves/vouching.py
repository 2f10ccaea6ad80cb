"""`attribution-distanced`, `attribution-endorsed`: what the text lets its cue say of the claim.

Neutral cues acknowledge a claim, distancing ones hold it off (*claimed*), endorsing ones present it as
true (*revealed*) (Martin & White 2005, chapter 3). Of a study or a document, verbs of finding and showing
are neutral: they only report its result.
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
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Side
from reframing.moves.matching import counterparts

# Which attributions report what somebody holds to be so (*said*, *according to*, *it is thought*).
#
# Attitudes (*criticised the plan*), intentions (*asked them to*), denied or hypothetical reports (*did not
# say*, *may say*) and infinitives (*to explain*) vouch for nothing. Evidential hedges (*reportedly*, *is
# understood to be*) are added as attributions without a source.

PRONOUNS = frozenset("he she they it we i who which his her their him them this that".split())
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
_NOBODYS = frozenset("expect anticipate tell".split())  # *is expected to*, *was told*
_LEGAL_NOUNS = frozenset("conviction ruling verdict".split())
_CLAUSE_OPENERS = frozenset("that how why what whether when where who".split())
_NOT_ASSERTED = frozenset("to may might must can could should would will likely expected".split())
_OCCASIONS = frozenset("in at on during through via".split())
_HEARSAY = frozenset(
    "said reported rumored rumoured thought understood believed reportedly".split()
)
_VAGUE = frozenset(
    "some many others few most several all both nobody somebody someone everyone".split()
)
_SMALL_WORD = re.compile(r"\b[a-z][a-z'’-]*")
_COUNTED = frozenset("one another each the a an".split())


LONGEST_CUE = 200
"""In code points: no cue that begins further in front of a source reaches into it."""


@lru_cache(maxsize=16)
def reports(side: Side) -> tuple[Attribution, ...]:
    """The attributions of an article that report what somebody holds to be so, by their cue.

    One whose source, in front of its cue, holds another's cue was read wrongly.
    """
    found = [_of_nobody(side, a) for a in side.annotation.attributions if _reports(side, a)]
    cues = sorted(a.cue for a in found if a.cue is not None)
    kept = [a for a in found if not _has_cue_in_source(a, cues)]
    kept += [_hearsay(side, m.span) for m in side.annotation.hedges if _is_hearsay(m, kept)]
    return tuple(sorted(kept, key=lambda a: (a.cue or a.content[0]).start))


def _of_nobody(side: Side, attribution: Attribution) -> Attribution:
    """The attribution without a source that was read wrongly.

    A noun is nobody's report without a possessive in front of it (*after complaints that …*), who stands
    behind *told* hears it, and *reportedly* reports all of its sentence.
    """
    source, cue = attribution.source, attribution.cue
    if source is None and cue is not None and cue_entry(cue.of(side.text).lower())[1] == "adverb":
        return _hearsay(side, cue)
    if source is None or cue is None:
        return attribution
    entry, frame = cue_entry(cue.of(side.text).lower())
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
    entry, frame = cue_entry(cue.of(side.text).lower())
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
    if source is None and entry in _NOBODYS:
        return entry != "tell" and _follows(side, cue) == "that"  # *it is expected that*
    if source is None and entry == "see" and _follows(side, cue) == "as":
        return True  # *is seen as*, but not *is known as*
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
    """Whether a source has a content word or is a pronoun: not *one* in *one e-mail*."""
    words = source.of(side.text).lower().split()
    if words[0] in ("any", "no", "none") or (words[0] in _COUNTED and len(words) == len(cue) == 1):
        return False
    return bool(source_stems(side, source)) or is_pronoun(side, source) or words[0] in _VAGUE


def _follows(side: Side, cue: Span) -> str:
    return (side.text[cue.end : cue.end + 30].split() or [""])[0].lower()


def _has_clause(side: Side, attribution: Attribution) -> bool:
    """Whether the content is a clause or a quotation rather than a thing (*recalled the cars*)."""
    first = attribution.content[0].of(side.text).lower() if attribution.content else ""
    return first[:1] in "“\"‘'" or first.split(" ")[0] in _CLAUSE_OPENERS


def _known_elsewhere(side: Side, source: Span) -> bool:
    """Whether a headline's word before the colon is a source of the text as well."""
    words = source_stems(side, source)
    others = (a.source for a in side.annotation.attributions if a.source not in (None, source))
    return any(words & source_stems(side, other) for other in others if other is not None)


@lru_cache(maxsize=10_000)
def cue_entry(words: str) -> tuple[str, str]:
    """Lexicon entry and frame of the last cue in `words`; empty where the lexicon has none.

    A noun that only says where it was said is no cue (*acknowledged in a statement*).
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


def _is_hearsay(marker: Marker, attributions: Sequence[Attribution]) -> bool:
    """*reportedly*, *is said to have*: somebody says so, nobody knows who."""
    words = marker.entry.split()
    hearsay = words[0] in _HEARSAY and (len(words) == 1 or words[1] == "to")
    return hearsay and not any(a.cue and a.cue.overlaps(marker.span) for a in attributions)


def _hearsay(side: Side, cue: Span) -> Attribution:
    """The report of a whole sentence by nobody."""
    i = side.sentence_of(cue)
    content = () if i is None else (side.sentences[i].span,)
    return Attribution(None, cue, content, "indirect", "neutral", "none")


def stems_in(side: Side, i: int, span: Span) -> Iterator[str]:
    """Stems of the content terms of sentence `i` that lie in a span."""
    starts = side.tokens.starts
    return (t.stem for t in side.terms[i] if span.start <= starts[t.token] < span.end)


def is_pronoun(side: Side, source: Span) -> bool:
    return source.of(side.text).lower() in PRONOUNS


def source_stems(side: Side, source: Span) -> frozenset[str]:
    """Stems of the content terms of a source."""
    i = side.sentence_of(source)
    return frozenset() if i is None else frozenset(stems_in(side, i, source))


def names_in(side: Side, source: Span) -> frozenset[str]:
    """Stems of the names in a source: capitalised words that the article never writes small."""
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
    """The words that a text writes without a capital: a headline's capitals make no names of them."""
    return frozenset(_SMALL_WORD.findall(text))


# A pair read from one side: what stands here, and what became of it there.
#
# What the original has and the repost lacks was *dropped*; what the repost has and the original lacks was
# *added*. Both are one question asked from either side, so that swapping the texts swaps the answers.

LEAST_TERMS, LEAST_WORDS, LEAST_SHARE = 3, 2, 0.5
SURE = 0.8  # score of a link


@dataclass(frozen=True)
class View:
    """One side of a pair (`here`) seen against the other (`there`)."""

    context: Context
    from_original: bool

    @property
    def here(self) -> Side:
        return self.context.original if self.from_original else self.context.repost

    @property
    def there(self) -> Side:
        return self.context.repost if self.from_original else self.context.original

    @property
    def change(self) -> str:
        """The end of a slug for what is here alone."""
        return "dropped" if self.from_original else "added"

    @cached_property
    def linked(self) -> dict[int, tuple[int, ...]]:
        """The sentences there to which each sentence here is linked, copied sentences left out."""
        return counterparts(self.context, self.from_original)

    @cached_property
    def all_linked(self) -> dict[int, tuple[int, ...]]:
        """The sentences there to which each sentence here is linked."""
        return self.context.repost_of if self.from_original else self.context.original_of

    def tells_the_same(self, i: int, j: int) -> bool:
        """Whether sentence `i` here and `j` there are close enough to compare their details.

        They share three content terms at least, two of them words, and half of those of the one that has
        fewer.
        """
        a, b = self.here.sentence_stems[i], self.there.sentence_stems[j]
        enough = max(LEAST_TERMS, LEAST_SHARE * min(len(a), len(b)))
        if len(a & b) >= enough and len(self.here.word_stems[i] & b) >= LEAST_WORDS:
            return True
        return self._scores.get((i, j), 0.0) >= SURE

    @cached_property
    def _scores(self) -> dict[tuple[int, int], float]:
        """The scores of the links, by the sentence here and the one there."""
        return {
            (i, j) if self.from_original else (j, i): link.score
            for link in self.context.links
            for i in link.original
            for j in link.repost
        }

    @cached_property
    def reports_there(self) -> tuple[Attribution, ...]:
        """The attributions there that report what somebody holds to be so."""
        return reports(self.there)

    def move(
        self,
        slug: str,
        here: tuple[Span | None, Sequence[int]],
        there: tuple[Span | None, Sequence[int]],
        score: float,
    ) -> Move:
        """A move with its spans and sentences on the sides where they belong."""
        original, repost = (here, there) if self.from_original else (there, here)
        return Move(
            slug, original[0], repost[0], tuple(original[1]), tuple(repost[1]), round(score, 6), ""
        )


def both_views(context: Context) -> tuple[View, View]:
    """The original against the repost, and the repost against the original."""
    return View(context, True), View(context, False)


# Who vouches for what, sentence by sentence: attributions as the moves compare them.

LEAST_SHARED = 0.4
LEAST_BESIDES = 0.5  # terms besides the content and the source, for each term of the content
_SINGULAR = frozenset("he she his her him i".split())


@dataclass(frozen=True, slots=True)
class Vouched:
    """What one attribution covers of one sentence.

    `about` holds the stems of its content there, `who` those of its source and of every other wording
    that the two texts have for the same source. `whole` tells that the sentence says little besides: what
    is linked with it is linked with the content. `part` holds the stems of the part of the content that is
    in question, where it is not all of it.
    """

    attribution: Attribution
    sentence: int
    about: frozenset[str]
    who: frozenset[str]
    names: frozenset[str]
    whole: bool
    part: frozenset[str] = frozenset()


def same_claim(here: Vouched, there: Vouched) -> bool:
    """Whether two attributions, of linked sentences, cover the same claim.

    They share two terms at least, and many of the one that says less, or say all of their sentences.
    """
    if here.whole and there.whole:
        return True
    least = min(len(here.about), len(there.about))
    return len(here.about & there.about) >= max(min(2, least), LEAST_SHARED * least)


def vouched(side: Side, identities: Sequence[frozenset[str]] = ()) -> list[Vouched]:
    """Each report once for each sentence in which its content lies (or else its cue).

    `identities` are the sets of stems of which each belongs to one source (see `identities_of`).
    """
    return _vouched(side, reports(side), identities)


def stances_of(side: Side, identities: Sequence[frozenset[str]]) -> list[Vouched]:
    """The attributions that are no reports (*praised the plan*, *explained how*), in the same way."""
    told = {attribution.cue for attribution in reports(side)}
    others = [a for a in side.annotation.attributions if a.cue is not None and a.cue not in told]
    return _vouched(side, others, identities)


def _vouched(
    side: Side, attributions: Sequence[Attribution], identities: Sequence[frozenset[str]]
) -> list[Vouched]:
    found: list[Vouched] = []
    before: list[Span] = []
    for attribution in attributions:
        source = attribution.source
        if source is not None and not is_pronoun(side, source):
            before.append(source)
        own = _antecedent(side, source, before)
        who = frozenset() if own is None else source_stems(side, own)
        names = frozenset() if own is None else names_in(side, own)
        wider = who.union(*(each for each in identities if each & (names or who)))
        for i, about in _contents(side, attribution):
            others = side.sentence_stems[i] - who - about
            whole = len(others) <= LEAST_BESIDES * len(about)
            found.append(Vouched(attribution, i, about, wider, names, whole))
    return found


def _contents(side: Side, attribution: Attribution) -> Iterator[tuple[int, frozenset[str]]]:
    """Sentences that an attribution covers, each with the stems of its content there.

    Where the content is a pronoun (*This was announced by …*), it is the sentence before; where none
    was found, it is what stands behind the cue, or else the sentence without the source.
    """
    places: dict[int, set[str]] = {}
    for span in attribution.content:
        for i in side.sentences_of(span):
            if span.overlaps(side.sentences[i].span):
                places.setdefault(i, set()).update(stems_in(side, i, span))
    if not places and attribution.cue is not None:
        places = _around_cue(side, attribution, attribution.cue)
    elif len(places) == 1 and not any(places.values()) and not _denies(side, attribution):
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


def _denies(side: Side, attribution: Attribution) -> bool:
    cue = attribution.cue
    return cue is not None and cue_entry(cue.of(side.text).lower())[0] in DENIALS


def _antecedent(side: Side, source: Span | None, before: Sequence[Span]) -> Span | None:
    """The source itself, or the last one before a pronoun; a person's for *he* and *she*."""
    if source is None or not is_pronoun(side, source):
        return source
    if source.of(side.text).lower() in _SINGULAR:
        return next((span for span in reversed(before) if names_in(side, span)), None)
    return before[-1] if before else None


def identities_of(*sides: Side) -> list[frozenset[str]]:
    """The stems of each wording of a named source: those that share a name belong to one source."""
    return [
        source_stems(side, attribution.source)
        for side in sides
        for attribution in side.annotation.attributions
        if attribution.source is not None and names_in(side, attribution.source)
    ]


# `attribution-distanced`, `attribution-endorsed`: what the text lets its cue say of the claim.

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
