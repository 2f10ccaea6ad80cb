"""Cues: wording that attributes something to a source (*said*, *according to*), and its stance.

Candidates come from `attribution_cues.tsv`, where a category is `<stance>-<frame>`. The frame determines in
which contexts an entry is a cue: `speech`, `thought`, `attitude` and `intent` as a verb, `clause` as a verb
with a clause or quotation, `noun` with a complement, `source` (prepositions), `adverb` and `seeming` anywhere,
`idiom` never (*to say the least*). The suffix `-homograph` marks verbs whose forms are also nouns. There is no
part-of-speech tagger: a verb is distinguished from a noun or adjective by neighbouring closed-class words.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from typing import Literal

from reframing.documents import word_classes as w
from reframing.documents.lexicon import Entry, inflected, load_lexicon
from reframing.documents.records import Span
from reframing.documents.tokens import Tokens
from reframing.measures.attribution.layout import Reading

# Stance of a cue.

Stance = Literal["neutral", "endorse", "distance"]
STANCES: dict[str, Stance] = {"neutral": "neutral", "endorse": "endorse", "distance": "distance"}


def marked_stances(tokens: Tokens) -> list[tuple[int, Stance]]:
    """Index of the first token and stance of each lexicon match in `tokens` that is not neutral, in order."""
    found = load_lexicon("measures/attribution/attribution_cues").match(tokens)
    stances = ((first, STANCES[entry.category.partition("-")[0]]) for first, _, entry in found)
    return [(first, stance) for first, stance in stances if stance != "neutral"]


def stance_of(reading: Reading, cue: Span, marked: Sequence[tuple[int, Stance]]) -> Stance:
    """The stance of the first of the `marked_stances` inside `cue`; neutral if there is none."""
    first = bisect_left(reading.tokens.starts, cue.start)
    end = bisect_left(reading.tokens.starts, cue.end)
    inside = marked[bisect_left(marked, (first, "")) :][:1]
    return next((stance for at, stance in inside if at < end), "neutral")


# Nouns for sources.


@lru_cache
def source_nouns() -> dict[str, str]:
    """Category (`role`, `document`, `vague`, `bare`) of each inflected form in `source_nouns.tsv`.

    `vague` nouns leave the source unspecified; `bare` ones do so only without a modifier (*officials*).
    """
    entries = load_lexicon("measures/attribution/source_nouns").entries
    return {form: entry.category for entry in entries for form in inflected(entry)}


# Cues.


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: tokens `first` to `end` (exclusive).

    The lexicon match begins at `head`; before it are auxiliaries, negation and adverbs of the verb group.
    `frame` is that of the lexicon, or `colon`; `entry` is the lemma.
    """

    first: int
    end: int
    head: int
    stance: Stance
    frame: str
    entry: str


def find_cues(reading: Reading) -> Iterator[Cue]:
    """The cues of a text outside quotations, left to right, not overlapping."""
    lexical = _lexical_cues(reading)
    yield from merge(lexical, _colons(reading), key=lambda cue: cue.first)


def _colons(reading: Reading) -> Iterator[Cue]:
    """Colons as cues: in headlines (*Mayor: Bridge will reopen*); elsewhere only before a quotation."""
    for sentence, tokens in zip(reading.sentences, reading.sentence_ranges, strict=True):
        for i in range(tokens.start + 1, min(tokens.start + 6, tokens.stop - 3)):
            if reading.forms[i] == ":":
                follows = sentence.section == "headline" or reading.quote_of[i + 1] >= 0
                if follows and reading.quote_of[i] < 0:
                    yield Cue(i, i + 1, i, "neutral", "colon", ":")
                break
            if not reading.capitalised(i):
                break


def _lexical_cues(reading: Reading) -> Iterator[Cue]:
    behind = 0
    for head, end, entry in load_lexicon("measures/attribution/attribution_cues").match(
        reading.tokens
    ):
        if reading.quote_of[head] >= 0:
            continue
        stance, frame, *homograph = entry.category.split("-")
        if homograph and _is_claim_that(reading, head, end):
            frame = "noun"
        if _holds(reading, head, end, entry, frame, bool(homograph)):
            first = max(_start(reading, head, frame), behind)
            behind = end
            yield Cue(first, end, head, STANCES[stance], frame, entry.lemma)


def _is_claim_that(reading: Reading, head: int, end: int) -> bool:
    """Whether a verb form is used as a noun with a clause: *the claim that*, *the city's claim that*."""
    before = reading.form(head - 1)
    return reading.form(end) == "that" and (before in _BEFORE_NOUNS or _is_genitive(before))


def is_passive(reading: Reading, cue: Cue) -> bool:
    """Whether the cue is a passive verb: with a form of *be* before it, or *by* after it."""
    if reading.forms[cue.head].endswith("ing") or cue.frame in ("intent", "noun", "source"):
        return False
    group = reading.forms[cue.first : cue.head]
    return reading.form(cue.end) == "by" or any(form in w.BE for form in group)


def _start(reading: Reading, head: int, frame: str) -> int:
    """First token of the verb group, which includes auxiliaries, negation and adverbs before the head."""
    if frame in ("source", "adverb", "noun"):
        return head
    first = head
    lowest = reading.bounds(head).start
    while first > lowest and _belongs_to_group(reading.forms[first - 1]):
        first -= 1
    return first


def _belongs_to_group(form: str) -> bool:
    return form in w.AUXILIARIES or form in ("not", "never", "no", "to") or w.is_adverb(form)


def _holds(
    reading: Reading, head: int, end: int, entry: Entry, frame: str, homograph: bool
) -> bool:
    """Whether a lexicon match is a cue in its context, as its frame requires."""
    if frame == "idiom":
        return False
    if frame in ("source", "adverb"):
        return True
    if frame == "noun":
        return _has_complement(reading, end)
    if entry.inflects != "verb":
        return True
    if not _is_verb(reading, head, end, entry, homograph):
        return False
    if frame != "speech" and _is_hypothetical(reading, head, entry):
        return False
    return frame != "clause" or _has_clause(reading, head, end)


def _is_verb(reading: Reading, head: int, end: int, entry: Entry, homograph: bool) -> bool:
    """Whether the form is a verb rather than a noun or an adjective, judged by its neighbours."""
    form = reading.forms[head]
    before = _before_group(reading, head)
    if before in _BEFORE_NOUNS or before in "/<@#" or _is_genitive(before):
        return False
    if form.endswith("ing"):
        return before != "of"
    if form.endswith("ed") or not homograph:
        return before not in w.PREPOSITIONS or before in _BEFORE_VERBS
    return _is_finite(reading, head, end, before)


def _is_hypothetical(reading: Reading, head: int, entry: Entry) -> bool:
    """Whether a base form follows *to* or a modal: *to support*, *might believe*."""
    before = _before_group(reading, head)
    return reading.forms[head] == entry.lemma.split(" ")[0] and (
        before == "to" or before in w.MODALS
    )


def _is_finite(reading: Reading, head: int, end: int, before: str) -> bool:
    """Whether a form that can be noun or verb (*claim*, *claims*) is a verb."""
    following = reading.form(end)
    if before in SUBJECT_PRONOUNS or before in w.MODALS or before in w.DO or before == "to":
        return True
    if before in w.PREPOSITIONS or not before or (not before[0].isalpha() and before != ","):
        return False
    if following in _AFTER_VERBS:
        return True
    named = reading.capitalised(head - 1) and before != "united" and end < len(reading.forms)
    return named and (reading.quote_of[end] >= 0 or reading.capitalised(end))


def _is_genitive(form: str) -> bool:
    """Whether the form is a possessive rather than a pronoun contracted with *is* or *has*."""
    return form.endswith(("'s", "s'")) and form[:-2] not in _CLIPPED_SUBJECTS


def _before_group(reading: Reading, head: int) -> str:
    """The nearest form to the left that is not an adverb or *not*; empty at the start of the sentence."""
    i, lowest = head - 1, reading.bounds(head).start
    while i >= lowest and (w.is_adverb(reading.forms[i]) or reading.forms[i] == "not"):
        i -= 1
    return reading.forms[i] if i >= lowest else ""


_BEFORE_NOUNS = w.DETERMINERS - {"that", "any", "some", "each", "another"}
_BEFORE_VERBS = frozenset("to as than before after since until like".split())
_AFTER_VERBS = w.DETERMINERS | w.PERSONAL | w.OBJECT_PRONOUNS | {"to", "whether"}
_CLIPPED_SUBJECTS = (
    w.PERSONAL | w.RELATIVES | frozenset("there here what how where everyone".split())
)
INDEFINITE = (
    (w.QUANTIFIERS - {"several"})
    | w.SOMEONE
    | frozenset("both all none those one another people".split())
)
SUBJECT_PRONOUNS = w.PERSONAL | w.RELATIVES | INDEFINITE


def _has_complement(reading: Reading, end: int) -> bool:
    return reading.form(end) in ("that", "by", "from", "of", "about", "to", ":")


def _has_clause(reading: Reading, head: int, end: int) -> bool:
    """Whether the verb has a *that* clause, a *wh* clause or a quotation, or a document as subject.

    A document as subject (*the poll shows*) makes the verb one of saying.
    """
    following = reading.form(end)
    if following in ("that", "how", "why", "whether", "what"):
        return True
    if source_nouns().get(_before_group(reading, head)) == "document":
        return True
    near = range(end, min(end + 3, len(reading.forms)))
    if any(reading.quote_of[i] >= 0 for i in near):
        return True
    return any(reading.quote_of[i] >= 0 for i in range(max(0, head - 4), head))
