"""The score of a move: the probability that a careful reader agrees that the move was made.

Evidence. A rule looks at the words that changed. Whether a reader agrees also depends on their context: whether
the two spans are about the same matter, whether lost words occur a sentence later, how much of the repost comes
from the original at all. `evidence` measures this as numbers: shares, truth values (0 or 1), and logarithms or
counts scaled to a similar range. Evidence that does not apply to a move is omitted, which counts as 0.

Score. A logistic regression over the evidence, with one intercept for each slug and its opposite, and weights
for all slugs and for each family. `training/calibrate.py` fits it to moves that readers judged, planted changes
and marked texts. `scores.tsv` has the columns `of` (a slug, a family or `all`), `evidence` (empty for the
intercept of a slug) and `weight`, in logits. Moves of a slug without an intercept, such as a new one, have the
score `PRIOR` whatever their evidence.
"""

import csv
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from reframing.documents.errors import InputError
from reframing.documents.lexicon import Entry, load_lexicon
from reframing.documents.records import Attribution, Marker, Move, Span
from reframing.documents.tokens import tokenize
from reframing.measures.evaluation import strength, valence
from reframing.measures.hedging import UNLISTED
from reframing.moves.catalogue import catalogue
from reframing.moves.context import Context, Side
from reframing.moves.matching import surviving
from reframing.moves.quotation_moves import words_of
from reframing.moves.vouching import cue_entry, is_pronoun, names_in, source_stems, stems_in

# Evidence for a move.

Evidence = dict[str, float]
"""Values by the name of the evidence; evidence that is missing counts as 0."""

_ABOUT = 5  # content terms on each side of a span
_BESIDE = 2  # neighbouring sentences, on each side, in which a lost word is looked for
_LEAST_CLAUSE = 3  # tokens at least between a span and the end of its clause
_CLAUSE_ENDS = frozenset(
    ", ; : – — ( ) and but or that which who when where while because as if after before".split()
)
_MODALS = frozenset("will would can could may might should".split())
_IDENTIFIED = {"none": 0, "vague": 1, "role": 2, "named": 3}
_JUDGING = frozenset(
    (
        "judgement", "appreciation", "sensational", "sensational frame", "tabloid wording",
        "tabloid verb of attack", "loaded language or name-calling",
        "evaluation that language models favour",
    )
)  # fmt: skip
_MANY = 8  # content terms at which counts are capped


def evidence(context: Context, move: Move) -> Evidence:
    """The evidence for one move of a pair, by name.

    Evidence about a single text is named `…, here` or `…, there`: *here* is the text with the element that the
    other text lacks. For a move that is its own opposite, the smaller and the larger value of the two texts are
    given instead, as `…, less` and `…, more`. So swapping the texts gives a move the evidence of its opposite.
    """
    sides = [_of_side(_Here(context, move, original)) for original in (True, False)]
    kind = catalogue()[move.move]
    if kind.opposite == move.move:
        by_text = _together(*sides)
    else:
        in_original = not kind.opposite or "original" in (kind.marks, kind.more_in)
        here, there = sides if in_original else sides[::-1]
        by_text = {f"{name}, here": value for name, value in here.items()}
        by_text |= {f"{name}, there": value for name, value in there.items()}
    found = {"rule": move.score, "ruled": float(move.score > 0)}
    found |= {
        **_of_reading(context, move),
        **_of_links(context),
        **_of_sentences(context, move),
        **by_text,
    }
    if move.original is not None and move.repost is not None:
        found |= _of_both(context, move.original, move.repost)
        if move.move == "attribution-vague":
            found["no vaguer"] = float(_is_no_vaguer(context, move))
    return found


def _is_no_vaguer(context: Context, move: Move) -> bool:
    """Whether both spans have an attribution and the repost's source is identified at least as precisely."""
    was, now = (_Here(context, move, original).said() for original in (True, False))
    if was is None or now is None:
        return False
    return _IDENTIFIED[now.source_kind] >= _IDENTIFIED[was.source_kind]


def _together(a: Evidence, b: Evidence) -> Evidence:
    names = a.keys() | b.keys()
    less = {f"{name}, less": min(a.get(name, 0.0), b.get(name, 0.0)) for name in names}
    return less | {f"{name}, more": max(a.get(name, 0.0), b.get(name, 0.0)) for name in names}


def _of_reading(context: Context, move: Move) -> Evidence:
    """Evidence from the network; none where the profile has no network.

    The probabilities, at the words that the move marks, of the move and of other moves of its family; and that
    of its opposite anywhere on the other side of the passage, since what is both lost and gained may only be
    reworded. For an added or omitted sentence instead: the probability that it has a proposition in common with
    its nearest sentence in the other text.
    """
    if context.changes is None:
        return {}
    own = another = against = 0.0
    kind = catalogue()[move.move]
    if kind.unit == "sentence":
        added = kind.marks == "repost"
        alone = move.repost_sentences if added else move.original_sentences
        own = max((context.changes.shared.get((added, i), 0.0) for i in alone), default=0.0)
        return {"read": 0.0, "shares a proposition": own, "shares a proposition, odds": _odds(own)}
    for in_repost, span in enumerate((move.original, move.repost)):
        if span is None:
            continue
        for read in context.changes.passages:
            likely = read.likely(span, bool(in_repost))
            if likely is not None:
                is_own, is_another = _columns(move.move, read.labels, in_repost)
                own = max(own, float(likely[is_own].max(initial=0.0)))
                another = max(another, float(likely[is_another].max(initial=0.0)))
                against = max(against, read.highest(kind.opposite, not in_repost))
    return {
        "read": own,
        "read, odds": _odds(own),
        "read as another": another,
        "opposite beside it": against,
    }


@lru_cache
def _columns(
    slug: str, labels: tuple[str, ...], in_repost: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks of the labels: the move itself, and other moves of its family, where marked in that text."""
    kinds = catalogue()
    of_family = [
        label in kinds
        and kinds[label].family == kinds[slug].family
        and kinds[label].sides[in_repost]
        for label in labels
    ]
    own = np.array([label == slug for label in labels]) & np.array(of_family)
    return own, np.array(of_family) & ~own


def _odds(likely: float) -> float:
    """Log odds scaled to about [-1, 1]; probabilities are clipped to [1/400, 399/400]."""
    held = min(max(likely, 1 / 400), 1 - 1 / 400)
    return math.log(held / (1 - held)) / 6


def _of_links(context: Context) -> Evidence:
    """How closely the repost follows the original where it does: the share of links that are not rewritten."""
    return {"close links": context.close_links}


def _of_side(view: "_Here") -> Evidence:
    """The share of a text's sentences that are linked, where in it the move is, and evidence about its span."""
    side, sentences = view.side, view.sentences
    found = {"kept": len(view.linked) / max(1, side.n_worded)}
    if sentences:
        found |= {
            "headline": float(any(side.sentences[i].section == "headline" for i in sentences)),
            "early": 1 / (1 + min(sentences)),
            "has a verb": float(all(side.has_verb(i) for i in sentences)),
            "is ended": float(all(side.is_ended(i) for i in sentences)),
        }
        if view.family == "structure":
            found["said early by the other"] = _said_early(view)
    return found if view.span is None else found | view.of_span(view.span)


def _said_early(view: "_Here") -> float:
    """Share of the content of a move's sentences in the other text's opening, without the move's own sentences.

    Content is the terms shared with the move's sentences in the other text, or all terms where none is shared.
    """
    side, other = view.side, view.other
    stems = frozenset().union(*(side.sentence_stems[i] for i in view.sentences))
    shared = stems & frozenset().union(*(other.sentence_stems[j] for j in view.there))
    further = (other.sentence_stems[j] for j in other.opening if j not in view.there)
    return surviving(shared or stems, frozenset().union(*further))


def _of_sentences(context: Context, move: Move) -> Evidence:
    """Similarity of a move's original and repost sentences.

    For sentences without a counterpart: their highest similarity to any sentence of the other text.
    """
    a, b = context.original, context.repost
    of_original, of_repost = move.original_sentences, move.repost_sentences
    if not of_original or not of_repost:
        side, other, alone = (a, b, of_original) if of_original else (b, a, of_repost)
        stems = frozenset().union(*(side.sentence_stems[i] for i in alone))
        return {
            "alone": 1.0,
            "like another": float(other.overlaps_with(stems).max(initial=0)),
            "covered by another": int(other.shared_with(stems).max(initial=0)) / max(1, len(stems)),
            "terms": min(_MANY, len(stems)) / _MANY,
        }
    stems_a = frozenset().union(*(a.sentence_stems[i] for i in of_original))
    stems_b = frozenset().union(*(b.sentence_stems[i] for i in of_repost))
    words_a, words_b = _words(a, of_original), _words(b, of_repost)
    near = {n: link for i in of_original for n, link in context.links_of.get(i, ())}
    links = {n: k for n, k in near.items() if not set(k.repost).isdisjoint(of_repost)}
    best = min(links.items(), key=lambda one: (-one[1].score, one[0]), default=(0, None))[1]
    return {
        "link": best.score if best else 0.0,
        "edited": float(best is not None and best.relation == "edited"),
        "copied": float(best is not None and best.relation == "copied"),
        "same words": float(Indel.normalized_similarity(words_a, words_b)),
        "shared of shorter": _overlap(stems_a, stems_b),
        "shared of longer": len(stems_a & stems_b) / max(1, len(stems_a), len(stems_b)),
        "shared terms": min(_MANY, len(stems_a & stems_b)) / _MANY,
        "names apart": _names_apart(a, of_original, b, of_repost),
        "several": float(len(of_original) > 1) + float(len(of_repost) > 1),
        "length": math.log1p(min(len(words_a), len(words_b))) / 4,
        "unequal length": abs(math.log((len(words_a) + 1) / (len(words_b) + 1))),
    }


def _words(side: Side, sentences: Sequence[int]) -> list[str]:
    tokens = side.tokens
    return [tokens.forms[k] for i in sentences for k in side.within(i) if tokens.is_word[k]]


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Overlap coefficient |A ∩ B| / min(|A|, |B|); 0 where one is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def _names_apart(a: Side, of_original: Sequence[int], b: Side, of_repost: Sequence[int]) -> float:
    """Names and numbers that the other text's sentences lack, on the side with fewer of them; divided by 3."""
    names = [
        {term.stem for i in sentences for term in side.terms[i] if term.kind != "word"}
        for side, sentences in ((a, of_original), (b, of_repost))
    ]
    return min(len(names[0] - names[1]), len(names[1] - names[0])) / 3


class _Here:
    """A move seen from one text (`side`): its span and sentences there, and its sentences in the other text."""

    def __init__(self, context: Context, move: Move, original: bool) -> None:
        self.family = catalogue()[move.move].family
        self.side, self.other = context.original, context.repost
        self.alone = move.original is None or move.repost is None
        self.linked, self.span = context.repost_of, move.original
        self.sentences, self.there = move.original_sentences, move.repost_sentences
        if not original:
            self.side, self.other = self.other, self.side
            self.linked, self.span = context.original_of, move.repost
            self.sentences, self.there = self.there, self.sentences

    def of_span(self, span: Span) -> Evidence:
        """Evidence about the span: whether its context and its own words occur in the other text as well."""
        marking = self._marking(span)
        own = frozenset().union(*map(self._own, marking))
        there = self._stems(self.there)
        near = self._stems(self._within(_BESIDE))
        return {
            "about it": surviving(self._about(span), there),
            "its clause": surviving(self._clause(span), there),
            "its words there": surviving(own, there),
            "its words near": surviving(own, near),
            "its words anywhere": surviving(own, self.other.stems),
            "long": math.log1p(span.end - span.start) / 5,
            **self._of_quotes(marking),
            **(self._of_marker(span) if self.family == "certainty" else {}),
            **(self._of_attribution(span) if self.family == "attribution" else {}),
            **(self._of_evaluation(span) if self.family == "evaluation" else {}),
        }

    def _marking(self, span: Span) -> tuple[Span, ...]:
        """The parts of a span that mark the move: source and cue of an attribution, else the entire span."""
        said = self._attribution(span) if self.family == "attribution" else None
        parts = () if said is None else (said.source, said.cue)
        return tuple(p for p in parts if p is not None and span.contains(p)) or (span,)

    def _own(self, span: Span) -> frozenset[str]:
        i = self.side.sentence_of(span)
        return frozenset() if i is None else frozenset(stems_in(self.side, i, span))

    def _stems(self, sentences: Sequence[int]) -> frozenset[str]:
        stems = self.other.sentence_stems
        return frozenset().union(*(stems[j] for j in sentences if 0 <= j < len(stems)))

    def _within(self, steps: int) -> list[int]:
        """The move's sentences in the other text, with `steps` sentences before and after each."""
        return sorted({j + step for j in self.there for step in range(-steps, steps + 1)})

    def _about(self, span: Span) -> frozenset[str]:
        i = self.side.sentence_of(span)
        before, after = ((), ()) if i is None else self.side.around(i, span, _ABOUT)
        return frozenset(term.stem for term in before + after)

    def _clause(self, span: Span) -> frozenset[str]:
        """The content stems of the clause around the span, without those of the span itself."""
        i, tokens = self.side.sentence_of(span), self.side.tokens
        if i is None:
            return frozenset()
        within, own = self.side.within(i), tokens.within(span)
        first, end = own.start, own.stop
        while first > within.start and not self._ends(first - 1, own.start - first):
            first -= 1
        while end < within.stop and not self._ends(end, end - own.stop):
            end += 1
        return frozenset(
            t.stem for t in self.side.terms[i] if first <= t.token < end and t.token not in own
        )

    def _ends(self, token: int, away: int) -> bool:
        return away >= _LEAST_CLAUSE and self.side.tokens.forms[token] in _CLAUSE_ENDS

    def _of_quotes(self, spans: Sequence[Span]) -> Evidence:
        quotes = [q for q in self.side.annotation.quotes if any(map(q.span.overlaps, spans))]
        return {
            "in speech": float(any(q.speech for q in quotes)),
            "in marks": float(bool(quotes)),
            "open marks": float(any(not q.closed for q in quotes)),
        }

    def _of_marker(self, span: Span) -> Evidence:
        """The category of the hedge or booster at the span, and the word itself where it is a modal."""
        annotation = self.side.annotation
        markers = (*annotation.hedges, *annotation.approximators, *annotation.boosters)
        marker: Marker | None = next((m for m in markers if m.span == span), None)
        if marker is None:
            return {}
        found = {f"is {marker.category or UNLISTED}": 1.0}
        if marker.entry in _MODALS:
            found[f"is “{marker.entry}”"] = 1.0
        return found

    def _of_evaluation(self, span: Span) -> Evidence:
        """How evaluative the span is; also the kind of evaluation, where the move marks one text only."""
        return _of_wording(span.of(self.side.text).lower(), self.alone)

    def _of_attribution(self, span: Span) -> Evidence:
        """Cue, source and content of the attribution at the span, and whether the other text has them too."""
        said = self._attribution(span)
        if said is None:
            return {}
        entry, frame = (
            ("", "") if said.cue is None else cue_entry(said.cue.of(self.side.text).lower())
        )
        content = self._content(said)
        source = said.source
        names = frozenset() if source is None else names_in(self.side, source)
        who = frozenset() if source is None else source_stems(self.side, source)
        return {
            "unknown cue": float(not entry),
            "noun cue": float(frame == "noun"),
            "direct": float(said.kind == "direct"),
            "pronoun": float(source is not None and is_pronoun(self.side, source)),
            "no source": float(source is None),
            "named": float(said.source_kind == "named"),
            "vague": float(said.source_kind == "vague"),
            "its source near": max(
                (surviving(names or who, self._stems([j])) for j in self._within(1)), default=0.0
            ),
            "its source anywhere": surviving(names or who, self.other.stems),
            "its content": surviving(content, self._stems(self.there)),
            "content terms": min(_MANY, len(content)) / _MANY,
        }

    def said(self) -> Attribution | None:
        """The attribution that the move marks in this text; None where there is none."""
        return None if self.span is None else self._attribution(self.span)

    def _attribution(self, span: Span) -> Attribution | None:
        """The first attribution whose cue, or else whose source, lies in the span."""
        for places in _parts_by_start(self.side):
            first = bisect_left(places, span.start, key=lambda place: place[0].start)
            end = bisect_right(places, span.end, key=lambda place: place[0].start)
            within = [n for place, n in places[first:end] if span.contains(place)]
            if within:
                return self.side.annotation.attributions[min(within)]
        return None

    def _content(self, said: Attribution) -> frozenset[str]:
        places = ((i, span) for span in said.content for i in self.side.sentences_of(span))
        return frozenset(stem for i, span in places for stem in stems_in(self.side, i, span))


@lru_cache(maxsize=16)
def _parts_by_start(side: Side) -> tuple[list[tuple[Span, int]], list[tuple[Span, int]]]:
    """The cues of an article's attributions, and their sources, by start, with the index of the attribution."""
    said = side.annotation.attributions
    return (
        sorted((each.cue, n) for n, each in enumerate(said) if each.cue is not None),
        sorted((each.source, n) for n, each in enumerate(said) if each.source is not None),
    )


@lru_cache(maxsize=10_000)
def _of_wording(words: str, of_kind: bool) -> Evidence:
    """How evaluative words are, by the lexicon of evaluations and the valence in VADER (Hutto & Gilbert 2014).

    With `of_kind` also whether they judge or report an emotion, according to the notes of the lexicon.
    """
    tokens = tokenize(words)
    entries = [entry for *_, entry in load_lexicon("measures/evaluations").match(tokens)]
    kinds = {_kind(entry) for entry in entries} if of_kind else set()
    return {
        "listed": float(bool(entries)),
        "strength": max(map(strength, entries), default=0) / 3,
        "intensifies": float(any(entry.category == "intensifying" for entry in entries)),
        "valence": min(1.0, abs(valence(words)) / 4),
        "one word": float(len(tokens) == 1),
        "judges": float(not kinds.isdisjoint(_JUDGING)),
        "reports an emotion": float("affect" in kinds),
    }


def _kind(entry: Entry) -> str:
    """The kind of evaluation that an entry's note names: "affect" for "strength 1; affect: happiness, …"."""
    return entry.note.partition("; ")[2].partition(":")[0]


def _of_both(context: Context, original: Span, repost: Span) -> Evidence:
    """Similarity of the two spans, and whether the same tokens precede and follow them."""
    a, b = context.original, context.repost
    was, now = words_of(original.of(a.text)), words_of(repost.of(b.text))
    beside = [
        tuple(side.tokens.forms[k] if 0 <= k < len(side.tokens) else "" for k in places)
        for side, span in ((a, original), (b, repost))
        for within in (side.tokens.within(span),)
        for places in ((within.start - 1, within.stop),)
    ]
    return {
        "same in front": float(beside[0][0] == beside[1][0]),
        "same behind": float(beside[0][1] == beside[1][1]),
        "spelt alike": fuzz.ratio(" ".join(was), " ".join(now)) / 100,
        "words in order": float(LCSseq.normalized_similarity(was, now)) if was or now else 0.0,
        "words in order of shorter": (
            LCSseq.similarity(was, now) / min(len(was), len(now)) if was and now else 0.0
        ),
    }


# Weights, scores and thresholds.

ALL = "all"
COLUMNS = ("of", "evidence", "weight")
FILES: dict[str, str] = {"full": "scores.tsv", "lexicon": "scores_lexicon.tsv"}
"""Files of the weights by profile; without a network there is less evidence, hence other weights."""

THRESHOLDS = "thresholds.tsv"
THRESHOLD_COLUMNS = ("profile", "of", "least", "found", "right")

NEVER = 1.01
"""The threshold of a move that is never reported, since no score reaches the required precision."""

PRIOR = 0.5
"""The score of moves for which no weights were learned: as likely right as wrong."""


class Weights(NamedTuple):
    """The intercept of a slug and the weight of each piece of evidence for it, in logits."""

    intercept: float
    evidence: Mapping[str, float]


def score(slug: str, evidence: Evidence) -> float:
    """The probability that a reader agrees with a move, in [0, 1]; `PRIOR` for a slug without weights.

    Rounded to three digits, since further digits may differ between processors.
    """
    weights = _packaged("full" if "read" in evidence else "lexicon").get(slug)
    return PRIOR if weights is None else score_by(weights, evidence)


def score_by(weights: Weights, evidence: Evidence) -> float:
    """The probability that given weights assign to evidence, in [0, 1], rounded to three digits."""
    logit = weights.intercept + sum(
        weights.evidence.get(name, 0.0) * value for name, value in evidence.items()
    )
    return round(1 / (1 + math.exp(-logit)), 3)


def least_score(slug: str, profile: str) -> float:
    """The score from which moves of a slug are reported; 0 for a slug without a threshold.

    It is the lowest score from which at least 60% of the moves are right, and not below 0.7 where too few moves
    are known to tell. `thresholds.tsv` has one for a slug and its opposite together, so that neither is found
    more readily. Its columns `found` and `right` count the moves at or above the threshold, and the right ones
    among them, in pairs that the score was not learned from.
    """
    return _thresholds().get((profile, one_of(slug)), 0.0)


@lru_cache
def _thresholds() -> dict[tuple[str, str], float]:
    table = resources.files("reframing") / "moves" / THRESHOLDS
    lines = table.read_text(encoding="utf8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {(row["profile"], row["of"]): float(row["least"]) for row in rows}


@lru_cache
def _packaged(profile: str) -> dict[str, Weights]:
    file = FILES[profile]
    table = resources.files("reframing") / "moves" / file
    return read_scores(table.read_text(encoding="utf8").splitlines(), file)


def read_scores(lines: Iterable[str], file: str) -> dict[str, Weights]:
    """The weights of each slug that has an intercept, from the lines of a table like `scores.tsv`.

    Raises `InputError` for wrong columns, a weight that is not a number, or an unknown slug or family; `file`
    is the name that the error message uses.
    """
    intercepts: dict[str, float] = {}
    shared: dict[str, dict[str, float]] = {}
    sharing = {ALL, *(kind.family for kind in catalogue().values())}
    own = {one_of(slug) for slug in catalogue()}
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file)
    for number, row in enumerate(rows, 2):
        try:
            weight = float(row["weight"])
        except (TypeError, ValueError) as error:
            raise InputError("is no number", file, number, "weight") from error
        if row["of"] not in (sharing if row["evidence"] else own):
            expected = "a family or 'all'" if row["evidence"] else "a slug"
            raise InputError(
                f"'{row['of']}' is not {expected} of the catalogue", file, number, "of"
            )
        if row["evidence"]:
            shared.setdefault(row["of"], {})[row["evidence"]] = weight
        else:
            intercepts[row["of"]] = weight
    return {
        slug: Weights(
            intercepts[one_of(slug)], _summed(shared.get(ALL, {}), shared.get(kind.family, {}))
        )
        for slug, kind in catalogue().items()
        if one_of(slug) in intercepts
    }


def one_of(slug: str) -> str:
    """The name under which the tables list a slug and its opposite: the first of the two in the alphabet."""
    return min(slug, catalogue()[slug].swapped)


def _summed(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    return {name: a.get(name, 0.0) + b.get(name, 0.0) for name in a.keys() | b.keys()}
