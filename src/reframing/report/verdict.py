"""The verdict on a repost in a few sentences, and six dials for the direction of reframing.

**Verdict**: the first sentence has the two kinds of moves with the highest rank, the second the kind with the
highest total rank among the rest, and the last the number of sentences kept and added. Only moves that are at
least *likely* are mentioned. Texts that are hardly related are said to be so first (`SEPARATE`).

**Dials**: each is a question about framing. The original's dot is the point of reference. The repost's dot is
shifted by the balance of the moves that turn the dial: the sum of push × score (`MoveType.push`) per
ten linked sentences of the repost (at least `FEWEST`), cut off at ±`FULL`. The dots coincide where no move
turns the dial or the moves cancel out. On a one-way dial (*whose words*, *how exact*) the original is at the
left end.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Comparison, Relation
from reframing.documents.tokens import tokenize
from reframing.moves.catalogue import (
    SHORT,
    Examples,
    Question,
    catalogue,
    difference,
    plain_form,
)
from reframing.report.entries import LIKELY, Entry, Place, strongest_first
from reframing.report.wording import counted, joined, quoted, source_in

# Verdict.

NOTHING_FOUND = "No change of framing was found."
NOTHING_FOUND_IN_PART = "No change of framing was found in the sentences that the repost keeps."
NOTHING_LINKED = "No sentence of one text corresponds to a sentence of the other."

SEPARATE: dict[Relation, str] = {
    "same-event": "The two texts seem to be separate reports of the same event.",
    "unrelated": "The two texts have little in common.",
}
"""First sentence where one text was probably not made from the other."""

MANY = 6
"""Number of moves of a kind from which the verdict calls them *many*."""

_SHOWN = 2  # examples of a clause


def verdict(comparison: Comparison, found: Sequence[Entry]) -> tuple[str, ...]:
    """The sentences of the verdict, the main reframing first."""
    if not comparison.alignment:
        return (NOTHING_LINKED, _lengths(comparison))
    clauses = _clauses(found)
    main, rest = clauses[:2], clauses[2:]
    reframing = f"The repost {', and '.join(main)}." if main else _nothing(comparison, found)
    if comparison.relation in SEPARATE:
        return (SEPARATE[comparison.relation], reframing, _counterparts(comparison))
    also = [f"It also {clause}." for clause in rest]
    subject = "It" if "repost" in reframing else "The repost"
    return (reframing, *also, f"{subject} {composition(comparison)}.")


def composition(comparison: Comparison) -> str:
    """Predicate with how many sentences the repost keeps, how many of them verbatim, and how many it adds."""
    kept, copied = _carried(comparison)
    total, added = len(comparison.original_sentences), _added(comparison)
    own = f"adds {counted(added)} of its own" if added else "adds none"
    return f"keeps {_of_total(kept, total)}{_manner(kept, copied)} and {own}"


def _carried(comparison: Comparison) -> tuple[int, int]:
    """Number of the original's sentences that are linked, and of those that are copied."""
    links = comparison.alignment
    kept = {i for link in links for i in link.original}
    return len(kept), len({i for k in links if k.relation == "copied" for i in k.original})


def _added(comparison: Comparison) -> int:
    carried = {j for link in comparison.alignment for j in link.repost}
    return len(comparison.repost_sentences) - len(carried)


def _of_total(kept: int, total: int) -> str:
    if total == 1:
        return "the original’s only sentence"
    if kept == total:
        return f"{'both' if total == 2 else f'all {counted(total)}'} sentences of the original"
    return f"{counted(kept)} of the original’s {counted(total)} sentences"


def _manner(kept: int, copied: int) -> str:
    if copied == kept:
        return " word for word"
    if kept == 1:
        return " in other words"
    return f", {counted(copied) if copied else 'none'} of them word for word,"


def _counterparts(comparison: Comparison) -> str:
    kept, total = _carried(comparison)[0], len(comparison.original_sentences)
    added = _added(comparison)
    own = f"adds {counted(added)} of its own" if added else "adds none"
    have = "has a counterpart" if kept == 1 else "have counterparts"
    of_these = "all" if kept == total > 1 else counted(kept)
    return f"Of the original’s {_sentences(total)}, {of_these} {have} in the repost, which {own}."


def _lengths(comparison: Comparison) -> str:
    a, b = len(comparison.original_sentences), len(comparison.repost_sentences)
    return f"The original has {_sentences(a)}, the other text {counted(b)}."


def _sentences(number: int) -> str:
    return f"{counted(number)} sentence{'' if number == 1 else 's'}"


def _clauses(found: Sequence[Entry]) -> list[str]:
    """Predicates after "The repost": the two kinds of highest rank, then the rest's kind of highest total."""
    groups = _groups(found)
    ordered = sorted(groups, key=lambda slug: -max(place.rank for place in groups[slug]))
    main, rest = ordered[:2], ordered[2:]
    if rest:
        main.append(max(rest, key=lambda slug: sum(place.rank for place in groups[slug])))
    return [_clause(slug, groups[slug]) for slug in main]


def _groups(found: Sequence[Entry]) -> dict[str, list[Place]]:
    """The moves that are at least *likely*, by kind, without kinds that the verdict does not describe."""
    groups: dict[str, list[Place]] = {}
    for entry in strongest_first(found):
        likely = [place for place in entry.places if place.move.score >= LIKELY]
        if likely and entry.kind.one:
            groups.setdefault(entry.slug, []).extend(likely)
    return groups


def _nothing(comparison: Comparison, found: Sequence[Entry]) -> str:
    signs = sum(len(entry.places) for entry in found if entry.kind.one)
    if not signs:
        kept = _carried(comparison)[0]
        is_all = kept == len(comparison.original_sentences) and not _added(comparison)
        return NOTHING_FOUND if is_all else NOTHING_FOUND_IN_PART
    if signs == 1:
        return "Only one faint sign of a change of framing was found; it needs checking."
    return (
        f"Only {counted(signs)} faint signs of a change of framing were found; they need checking."
    )


def _clause(slug: str, places: Sequence[Place]) -> str:
    """The predicate after "The repost" that describes moves of one kind."""
    kind, n = catalogue()[slug], len(places)
    pattern = kind.one if n == 1 else kind.several
    if n == 2:
        pattern = pattern.replace("{n} times", "twice")
    said = pattern.format(n=_roughly(n), sources=_sources(places))
    examples = _examples(kind.examples, places)
    return f"{said} ({examples})" if examples else said


def _roughly(number: int) -> str:
    """A number as a rough quantity: *two*, *several* or *many*."""
    return "two" if number == 2 else "several" if number < MANY else "many"


def _sources(places: Sequence[Place]) -> str:
    """The sources that the original names, as far as they can be recognised."""
    known = _known(places)
    if not known:
        return "a source" if len(places) == 1 else "sources"
    if len(known) > _SHOWN or any(
        place.was is None or not source_in(place.was) for place in places
    ):
        return f"{', '.join(known[:_SHOWN])} and others"
    return joined(known)


def _known(places: Sequence[Place]) -> list[str]:
    named = (source_in(place.was) for place in places if place.was)
    return list(dict.fromkeys(source for source in named if source))


def _examples(kind: Examples, places: Sequence[Place]) -> str:
    """Up to two examples of changed words, the strongest moves first; empty where none is short and clear."""
    ordered = sorted(places, key=lambda place: -place.rank)
    found = [_example(kind, place) for place in ordered]
    once: dict[str, str] = {}
    for example in found:
        if example:
            once.setdefault(plain_form(example), example)
    shown = list(once.values())[:_SHOWN]
    others = sum(plain_form(example) not in list(once)[:_SHOWN] for example in found)
    rest = ["another" if others == 1 else "others"] if shown and others else []
    return joined([*shown, *rest])


def _example(kind: Examples, place: Place) -> str | None:
    was, now = place.was, place.now
    if kind == "sources" and was:
        return source_in(was)
    if kind == "was" and was:
        return _short(was)
    if kind == "now" and now:
        return _short(now)
    if kind == "pair" and was and now:
        before, after = map(_short, difference(was, now))
        return f"{before} becomes {after}" if before and after else None
    if kind == "swapped" and was and now:
        before, after = source_in(was), source_in(now)
        return f"{after} instead of {before}" if before and after else None
    return None


def _short(phrase: str) -> str | None:
    return quoted(phrase) if plain_form(phrase) and len(phrase) <= SHORT else None


# Dials.

FULL = 5.0
"""Balance per ten linked sentences at which a dial is at its end."""

EVEN = 0.2
"""Balances below this in size count as no direction."""

FEWEST = 5
"""Smallest number of linked sentences to divide by, so that one move in one sentence is no full turn."""

_MARGIN = 4.0  # percent of the scale beyond its ends, so that dots are not cut off
_FORCES = {"soft": 0, "plain": 1, "strong": 2}


class Scale(NamedTuple):
    """A question about framing: labels of its two ends, and readings for a repost that moved towards each."""

    question: Question
    label: str
    ends: tuple[str, str]
    readings: tuple[str, str]
    one_way: bool = False


SCALES: tuple[Scale, ...] = (
    Scale(
        "vouches", "Who vouches", ("its sources", "the text itself"),
        ("more left to sources", "more in its own voice"),
    ),
    Scale("words", "Whose words", ("as quoted", "altered or retold"), ("", "less as quoted"), True),
    Scale(
        "sure", "How sure", ("less sure", "surer"),
        ("less sure than the original", "surer than the original"),
    ),
    Scale(
        "loaded", "How loaded", ("plainer", "more loaded"),
        ("plainer than the original", "more loaded than the original"),
    ),
    Scale("exact", "How exact", ("same facts", "other facts"), ("", "facts differ"), True),
    Scale(
        "acts", "Who acts", ("actors left out", "actors named"),
        ("names fewer actors", "names more actors"),
    ),
)  # fmt: skip


class Dial(NamedTuple):
    """A scale with both dots' positions in percent from the left; `balance` is per ten linked sentences."""

    scale: Scale
    original: float
    repost: float
    balance: float
    n_moves: int

    @property
    def reading(self) -> str:
        """The dial in words."""
        if not self.n_moves:
            return "no change found"
        moves = f"{self.n_moves} move{'' if self.n_moves == 1 else 's'}"
        if abs(self.balance) < EVEN:
            return f"no clear direction, {moves}"
        return f"{self.scale.readings[self.balance > 0]}, {moves}"


def dials(comparison: Comparison, found: Sequence[Entry]) -> tuple[Dial, ...]:
    """The dials of a comparison, in the order of `SCALES`."""
    places = [place for entry in found for place in entry.places]
    linked = len({j for link in comparison.alignment for j in link.repost})
    return tuple(_dial(scale, places, linked) for scale in SCALES)


def _dial(scale: Scale, places: Sequence[Place], linked: int) -> Dial:
    turning = [place for place in places if catalogue()[place.move.move].question == scale.question]
    sum_of = sum(_push(place) * place.move.score for place in turning)
    balance = round(10 * sum_of / max(FEWEST, linked), 2)
    origin = 0.0 if scale.one_way else 50.0
    part = 0.0 if abs(balance) < EVEN else max(-1.0, min(1.0, balance / FULL))
    return Dial(scale, _at(origin), _at(origin + part * (100 - origin)), balance, len(turning))


def _at(percent: float) -> float:
    return round(_MARGIN + percent * (100 - 2 * _MARGIN) / 100, 1)


def _push(place: Place) -> float:
    """Direction in which a move turns its dial; a shifted evaluation turns it towards the stronger wording."""
    if place.move.move != "evaluation-shifted":
        return catalogue()[place.move.move].push
    was, now = _force(place.was or ""), _force(place.now or "")
    return float((now > was) - (now < was))


def _force(phrase: str) -> int:
    """Force of the strongest word in a phrase: 0 soft, 1 plain, 2 strong or in the lexicon of evaluations."""
    tokens = tokenize(phrase)
    verbs = [entry.category for _, _, entry in load_lexicon("moves/intensities").match(tokens)]
    forces = [_FORCES[category.partition("-")[2]] for category in verbs]
    loaded = [2 for _ in load_lexicon("measures/evaluations").match(tokens)]
    return max([*forces, *loaded], default=1)
