"""Which attributions report what somebody holds to be so (*said*, *according to*, *it is thought*).

Attitudes (*criticised the plan*), intentions (*asked them to*), denied or hypothetical reports (*did not
say*, *may say*) and infinitives (*to explain*) vouch for nothing. Evidential hedges (*reportedly*, *is
understood to be*) are added as attributions without a source.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reframing.constructs.context import negates
from reframing.lexicon import load_lexicon
from reframing.moves.context import Side
from reframing.records import Attribution, Marker, Span
from reframing.segment.tokens import tokenize
from reframing.segment.typography import repaired

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
        for first, _, entry in load_lexicon("attribution_cues").match(tokens)
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
