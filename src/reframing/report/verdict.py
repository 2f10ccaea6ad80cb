"""The verdict on a repost in a few sentences.

The first has the two strongest points (`points`), the second one or two more, the next how much the repost
keeps and adds, and the last, where that is much, a sentence left out and one added, those of most substance.
Texts that are hardly related are said to be so first (`SEPARATE`).
"""

from collections.abc import Iterator, Sequence

from reframing.documents.records import Comparison, Relation
from reframing.report.entries import LIKELY, Entry
from reframing.report.overall import UNMEASURED, Overall
from reframing.report.points import points
from reframing.report.wording import counted, quoted

NOTHING_FOUND = "No change of framing was found."
NOTHING_FOUND_IN_PART = "No change of framing was found in the sentences that the repost keeps."
NOTHING_LINKED = "No sentence of one text corresponds to a sentence of the other."

SEPARATE: dict[Relation, str] = {
    "same-event": "The two texts seem to be separate reports of the same event.",
    "unrelated": "The two texts have little in common.",
}
"""First sentence where one text was probably not made from the other."""

MUCH = 0.15
"""Share of a text's sentences left out or added from which the verdict gives an example."""

EXAMPLE_LENGTH = 90
"""Greatest length in code points of such an example."""


def verdict(
    comparison: Comparison, found: Sequence[Entry], overall: Overall = UNMEASURED
) -> tuple[str, ...]:
    """The sentences of the verdict, the main reframing first."""
    if not comparison.alignment:
        return (NOTHING_LINKED, _lengths(comparison, overall))
    clauses = [point.clause for point in points(found, overall)]
    main, rest = ", and ".join(clauses[:2]), ", and ".join(clauses[2:])
    reframing = f"The repost {main}." if main else _nothing(comparison, found, overall)
    if comparison.relation in SEPARATE:
        return (SEPARATE[comparison.relation], reframing, _counterparts(comparison, overall))
    also = [f"It also {rest}.".replace("also is ", "is also ")] if rest else []
    subject = "It" if "repost" in reframing else "The repost"
    kept = f"{subject} {composition(comparison, overall)}."
    return (reframing, *also, kept, *_content(comparison, found))


def _nothing(comparison: Comparison, found: Sequence[Entry], overall: Overall) -> str:
    signs = sum(len(entry.places) for entry in found if entry.kind.one)
    signs += overall.tone is not None
    if not signs:
        kept = _carried(comparison, overall)[0]
        is_all = kept == _totals(comparison, overall)[0] and not _added(comparison, overall)
        return NOTHING_FOUND if is_all else NOTHING_FOUND_IN_PART
    perhaps = ", and ".join(point.clause for point in points(found, overall, least=0)[:2])
    number = f"{counted(signs)} faint sign{'' if signs == 1 else 's'}"
    were = "was" if signs == 1 else "were"
    return (
        f"Only {number} of a change of framing {were} found, to be checked: "
        f"perhaps the repost {perhaps}."
    )


# What the repost keeps and adds.


def composition(comparison: Comparison, overall: Overall = UNMEASURED) -> str:
    """Predicate with how many sentences the repost keeps, how many of them verbatim, and how many it adds.

    Where it divided or joined sentences, also into how many. Lines that are no sentences of the
    report are not counted.
    """
    kept, copied = _carried(comparison, overall)
    own_total = _totals(comparison, overall)[1]
    carrying = own_total - _added(comparison, overall)
    done = "" if carrying == kept else "divided" if carrying > kept else "joined"
    divided = f", {done} into {counted(carrying)}" if done else ""
    manner = f"{_manner(kept, copied)}{divided}"
    closed = f"{manner}," if "," in manner else manner
    total = _totals(comparison, overall)[0]
    return f"keeps {_of_total(kept, total)}{closed} and {_adds(comparison, overall)}"


def _carried(comparison: Comparison, overall: Overall) -> tuple[int, int]:
    """Number of the original's sentences that are linked, and of those that are copied."""
    links, furniture = comparison.alignment, overall.original.furniture
    kept = {i for link in links for i in link.original} - furniture
    copied = {i for k in links if k.relation == "copied" for i in k.original} - furniture
    return len(kept), len(copied)


def _totals(comparison: Comparison, overall: Overall) -> tuple[int, int]:
    """Number of sentences of the original and of the repost."""
    a, b = len(comparison.original_sentences), len(comparison.repost_sentences)
    return a - len(overall.original.furniture), b - len(overall.repost.furniture)


def _added(comparison: Comparison, overall: Overall) -> int:
    carried = {j for link in comparison.alignment for j in link.repost}
    own = set(range(len(comparison.repost_sentences))) - carried
    return len(own - overall.repost.furniture)


def _adds(comparison: Comparison, overall: Overall) -> str:
    added = _added(comparison, overall)
    return f"adds {counted(added)} of its own" if added else "adds none"


def _of_total(kept: int, total: int) -> str:
    if kept == total == 1:
        return "the original’s only sentence"
    if kept == total:
        return f"{'both' if total == 2 else f'all {counted(total)}'} sentences of the original"
    return f"{counted(kept)} of the original’s {counted(total)} sentences"


def _manner(kept: int, copied: int) -> str:
    if copied == kept:
        return " word for word"
    if kept == 1:
        return " in other words"
    return f", {counted(copied) if copied else 'none'} of them word for word"


def _content(comparison: Comparison, found: Sequence[Entry]) -> Iterator[str]:
    """Examples of the sentences left out and of those added, where there are many or one opens its text."""
    sides = (
        ("sentence-omitted", "Left out", len(comparison.original_sentences)),
        ("sentence-added", "Added", len(comparison.repost_sentences)),
    )
    for slug, done, total in sides:
        places = [place for entry in found if entry.slug == slug for place in entry.places]
        likely = [place for place in places if place.move.score >= LIKELY]
        opens = any(place.spot.sentence == 0 for place in likely)
        if likely and (opens or len(places) >= MUCH * total):
            best = max(likely, key=lambda place: place.rank)
            others = " is, among others," if len(places) > 1 else ":"
            yield f"{done}{others} {quoted(best.was or best.now or '', EXAMPLE_LENGTH)}."


def _counterparts(comparison: Comparison, overall: Overall) -> str:
    kept, total = _carried(comparison, overall)[0], _totals(comparison, overall)[0]
    have = "has a counterpart" if kept == 1 else "have counterparts"
    of_these = "all" if kept == total > 1 else counted(kept)
    adds = _adds(comparison, overall)
    return f"Of the original’s {_sentences(total)}, {of_these} {have} in the repost, which {adds}."


def _lengths(comparison: Comparison, overall: Overall) -> str:
    a, b = _totals(comparison, overall)
    return f"The original has {_sentences(a)}, the other text {counted(b)}."


def _sentences(number: int) -> str:
    return f"{counted(number)} sentence{'' if number == 1 else 's'}"
