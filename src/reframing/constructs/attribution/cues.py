"""Cues: the wording by which a text says that a source vouches for something.

Candidates come from `lexicons/attribution_cues.tsv`; its category is `<stance>-<frame>`. The frame
says in which surroundings an entry is a cue: `speech`, `thought`, `attitude` and `intent` as a verb,
`clause` as a verb with a clause or quotation, `noun` with a complement, `source` (prepositions),
`adverb` and `seeming` anywhere. Without a tagger a verb is told from a noun or adjective by its
closed-class neighbours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reframing.constructs.attribution import words as w
from reframing.constructs.attribution.reading import Reading
from reframing.lexicon import Entry, load_lexicon


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens `first` to `end` of a cue, with the lexical part from `head` on."""

    first: int
    end: int
    head: int
    stance: str
    frame: str
    entry: str


def find_cues(reading: Reading) -> Iterator[Cue]:
    """The cues of a text, left to right, without overlap."""
    for head, end, entry in load_lexicon("attribution_cues").match(reading.tokens):
        if reading.quote_of[head] >= 0:
            continue
        stance, frame = entry.category.split("-")
        if _holds(reading, head, end, entry, frame):
            yield Cue(_start(reading, head, frame), end, head, stance, frame, entry.lemma)


def _start(reading: Reading, head: int, frame: str) -> int:
    """The first token of the verb group: auxiliaries, negation and adverbs before the head."""
    if frame in ("source", "adverb"):
        return head
    first = head
    lowest = reading.bounds(head).start
    while first > lowest and _belongs_to_group(reading.forms[first - 1]):
        first -= 1
    return first


def _belongs_to_group(form: str) -> bool:
    return form in w.AUXILIARIES or form in w.NEGATIONS or w.is_adverb(form) or form == "to"


def _holds(reading: Reading, head: int, end: int, entry: Entry, frame: str) -> bool:
    if frame in ("source", "adverb"):
        return True
    if frame == "noun":
        return _has_complement(reading, end)
    if entry.inflects != "verb":
        return True
    if _is_nominal(reading, head):
        return reading.form(end) == "that"
    if frame == "clause":
        return _has_clause(reading, head, end)
    return True


def _is_nominal(reading: Reading, head: int) -> bool:
    """Whether the neighbours make this form a noun or an adjective rather than a verb."""
    form, before = reading.forms[head], reading.form(head - 1)
    if before in w.DETERMINERS or before.endswith("'s") or before.endswith("s'"):
        return True
    if form.endswith("ing"):
        return before in ("of",)
    return before in w.PREPOSITIONS and before not in ("to", "as", "than", "before", "after")


def _has_complement(reading: Reading, end: int) -> bool:
    return reading.form(end) in ("that", "by", "from", "of", "about", "to", ":")


def _has_clause(reading: Reading, head: int, end: int) -> bool:
    """Whether a that-clause, a wh-clause or a quotation is joined to the verb."""
    following = reading.form(end)
    if following in ("that", "how", "why", "whether", "what"):
        return True
    near = range(end, min(end + 3, len(reading.forms)))
    if any(reading.quote_of[i] >= 0 for i in near):
        return True
    return any(reading.quote_of[i] >= 0 for i in range(max(0, head - 4), head))
