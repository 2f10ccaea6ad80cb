"""What becomes of the original's attributions and quotations in the repost (their *fate*).

In sentences that are carried over, each is changed by a move or else kept (no change was found); where several
moves affect one span, the most serious counts. `omitted` are those in sentences that are not carried over, as a
share of all in the original; `unsupported` are the repost's quotations without a counterpart in the original,
as a share of all quotations in the repost.

For two versions neither of which is known to be the original, both orders are counted, so a share measures how
often one version differs from the other; `UNDIRECTED` gives the names that fit such pairs.
"""

from typing import NamedTuple

from reframing.documents.records import Move, SentenceMeasures, Span, Studied
from reframing.statistics.groups import linked_sentences


class Subject(NamedTuple):
    """An element that has a fate: the `SentenceMeasures` field that counts it, and the moves that change it.

    `fates` pairs each move's slug with the name of the fate, the most serious first.
    """

    name: str
    counted_by: str
    fates: tuple[tuple[str, str], ...]

    def count(self, sentence: SentenceMeasures) -> int:
        return int(getattr(sentence, self.counted_by))


ATTRIBUTIONS = Subject(
    "attribution",
    "n_attributions",
    (
        ("attribution-dropped", "dropped"),
        ("attribution-swapped", "swapped"),
        ("attribution-vague", "vague"),
        ("attribution-distanced", "distanced"),
        ("attribution-endorsed", "endorsed"),
    ),
)
QUOTES = Subject(
    "quote",
    "n_quotes",
    (
        ("quote-altered", "altered"),
        ("quote-paraphrased", "paraphrased"),
        ("quote-truncated", "truncated"),
    ),
)
SUBJECTS = (ATTRIBUTIONS, QUOTES)

BASES = {
    **dict.fromkeys(("kept", *(fate for s in SUBJECTS for _, fate in s.fates)), "carried over"),
    "omitted": "original",
    "unsupported": "repost",
}
"""Denominator of each fate: those in carried-over sentences, all in the original, or all in the repost."""

FATES: tuple[tuple[str, str], ...] = (
    *(("attribution", fate) for fate in ("kept", *(f for _, f in ATTRIBUTIONS.fates), "omitted")),
    *(
        ("quote", fate)
        for fate in ("kept", *(f for _, f in QUOTES.fates), "omitted", "unsupported")
    ),
)

TESTED_FATES = tuple((subject.name, fate) for subject in SUBJECTS for _, fate in subject.fates)
"""Fates that are tested against independent reports of the same events."""

UNDIRECTED = {
    "dropped": "unattributed",
    "swapped": "other source",
    "vague": "source unnamed",
    "distanced": "more distant",
    "endorsed": "more endorsing",
    "altered": "other words",
    "paraphrased": "unquoted",
    "truncated": "shorter",
    "omitted": "not shared",
    "unsupported": "unmatched",
    "kept": "same",
    "carried over": "shared sentences",
    "original": "version",
    "repost": "version",
}
"""Names of fates, and of their denominators, for pairs in which neither version is known to be first."""


def fate_ratios(studied: Studied) -> dict[tuple[str, str], tuple[float, float]]:
    """Number of cases with a fate, and number of cases that could have it, by (subject, fate)."""
    ratios: dict[tuple[str, str], tuple[float, float]] = {}
    for subject in SUBJECTS:
        for fate, ratio in _fates_of(studied, subject).items():
            ratios[subject.name, fate] = ratio
    ratios["quote", "unsupported"] = _unsupported(studied)
    return ratios


def _fates_of(studied: Studied, subject: Subject) -> dict[str, tuple[float, float]]:
    survivors = set(linked_sentences(studied)[0])
    counts = [subject.count(sentence) for sentence in studied.original_measures]
    in_survivors = sum(counts[index] for index in survivors)
    changed = _changes(studied.comparison.moves, subject, survivors)
    n_changed = sum(changed.values())
    carried_over = max(in_survivors, n_changed)
    fates = {fate: (float(changed[fate]), float(carried_over)) for _, fate in subject.fates}
    fates["kept"] = (float(carried_over - n_changed), float(carried_over))
    fates["omitted"] = (float(sum(counts) - in_survivors), float(sum(counts)))
    return fates


def _changes(moves: tuple[Move, ...], subject: Subject, survivors: set[int]) -> dict[str, int]:
    """Number of changed spans in carried-over sentences by fate; each counts once, by its most serious fate."""
    gravest: dict[Span, str] = {}
    for slug, fate in subject.fates:
        for move in moves:
            if move.move == slug and move.original and survivors & set(move.original_sentences):
                gravest.setdefault(move.original, fate)
    fates = list(gravest.values())
    return {fate: fates.count(fate) for _, fate in subject.fates}


def _unsupported(studied: Studied) -> tuple[float, float]:
    quotes = sum(sentence.n_quotes for sentence in studied.repost_measures)
    found = sum(move.move == "quote-unsupported" for move in studied.comparison.moves)
    return float(found), float(max(quotes, found))
