"""The points of a verdict: statements about what a repost did, to what, with the words concerned.

A point is either all moves of one kind that are at least *likely*, or a difference between both texts as wholes
(`overall`): tone, quotations, sources. The strength of a kind is that of its moves together
(`entries.joint_rank`), that of a difference comes from its size. As in the list of moves, a point counts less
for each one of its family that precedes it.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from reframing.documents.terms import FUNCTION_WORDS
from reframing.moves.catalogue import SHORT, Examples, catalogue, difference, plain_form
from reframing.report.entries import AGAIN, LIKELY, Entry, Place, by_importance, joint_rank
from reframing.report.overall import UNMEASURED, Overall
from reframing.report.wording import counted, joined, quoted, source_in

MANY = 6
"""Number of moves of a kind from which a point calls them *many*."""

MOST_POINTS, LEAST = 4, 0.4
"""Greatest number of points, and the least strength of the last one of so many."""

_SHOWN = 2  # examples of a point


class Point(NamedTuple):
    """A predicate after "The repost", the family of what it is about, and its strength in [0, 1]."""

    clause: str
    family: str
    strength: float


Groups = dict[str, list[Place]]


def points(
    found: Sequence[Entry], overall: Overall = UNMEASURED, least: float = LIKELY
) -> list[Point]:
    """The points on a repost, the strongest first, made from what has at least a score of `least`.

    Where the tone differs as a whole, single evaluations are part of that point; so are quotations paraphrased
    or cut where the repost quotes hardly anything.
    """
    groups = _groups(found, least)
    tone, quoting = _tone(groups, overall, least), _quoting(overall)
    voices = _voices(groups, overall)
    included = {"loaded"} if tone else set()
    of_kinds = [
        _of_kind(slug, places, overall)
        for slug, places in groups.items()
        if catalogue()[slug].question not in included and not (quoting and slug in _UNQUOTED)
    ]
    return _ordered([point for point in (tone, quoting, voices, *of_kinds) if point])


_UNQUOTED = ("quote-paraphrased", "quote-truncated")


def _groups(found: Sequence[Entry], least: float) -> Groups:
    """The moves with a score of at least `least`, by kind, without kinds that have no words for a verdict."""
    groups: Groups = {}
    for entry in by_importance(found):
        places = [place for place in entry.places if place.move.score >= least]
        if places and entry.kind.one:
            groups.setdefault(entry.slug, []).extend(places)
    return groups


def _ordered(rest: list[Point]) -> list[Point]:
    """The strongest points, each weaker by `AGAIN` for every one of its family before it."""
    ordered: list[Point] = []
    while rest and len(ordered) < MOST_POINTS:
        families = [point.family for point in ordered]
        values = [point.strength * AGAIN ** families.count(point.family) for point in rest]
        if len(ordered) == MOST_POINTS - 1 and max(values) < LEAST:
            break
        ordered.append(rest.pop(values.index(max(values))))
    return ordered


# Both texts as wholes.

_TONE_WORDS = 3
_SLIGHT, _MUCH = 0.35, 0.65  # sizes of a shift in tone
_LEAST_TONE = 0.3  # strength of the point on tone to which the size of the shift adds
_LEAST_QUOTING = 0.5  # that of the point on quotations, to which the share of words quoted adds
_QUOTATION_LENGTH = 60  # characters of an example
_ONE_VOICE, _EACH_VOICE = (
    0.45,
    0.1,
)  # strength of a point on sources: for one, and for each further one


def _tone(groups: Groups, overall: Overall, least: float) -> Point | None:
    """That the repost is more loaded, or plainer, with loaded words that only one of the texts has."""
    shift = overall.tone
    if shift is None or shift.score < least:
        return None
    size = abs(shift.size)
    strength = _LEAST_TONE + (1 - _LEAST_TONE) * size
    degree = "much " if size >= _MUCH else "slightly " if size < _SLIGHT else ""
    if shift.size < 0:
        words = _loaded(overall.original.loaded_words, "without {}")
        return Point(f"is {degree}plainer than the original{words}", "evaluation", strength)
    added = sorted(groups.get("evaluation-added", ()), key=lambda place: -place.rank)
    own = [*(place.now or "" for place in added), *overall.repost.loaded_words]
    words = _loaded(own, "with {} of its own")
    strength = max(strength, joint_rank(added))
    return Point(f"is {degree}more loaded than the original{words}", "evaluation", strength)


def _loaded(words: Sequence[str], pattern: str) -> str:
    """Up to three loaded words in parentheses, each once; empty where none is short."""
    once: dict[str, str] = {}
    for word in words:
        short = None if _is_empty(word) else _short(word)
        if short is not None:
            once.setdefault(plain_form(word), short)
    shown = list(once.values())[:_TONE_WORDS]
    rest = ["others"] * (len(once) > _TONE_WORDS)
    return f" ({pattern.format(joined([*shown, *rest]))})" if shown else ""


def _quoting(overall: Overall) -> Point | None:
    """That the repost quotes nobody any more, or hardly anything."""
    shift, a, b = overall.quoting, overall.original, overall.repost
    if shift is None:
        return None
    whom = _first([speaker.name for speaker in a.speakers])
    example = quoted(a.own_quotation, _QUOTATION_LENGTH) if a.own_quotation else ""
    if b.quoted:
        few, many = counted(b.quoted), counted(a.quoted)
        clause = f"quotes only {few} words, where the original quotes {many}"
        details = ": ".join(filter(None, (whom and f"words of {whom}", example)))
    else:
        clause = f"quotes nobody, where the original quotes {whom or 'its sources'}"
        details = example
    clause += f" ({details})" if details else ""
    strength = min(1.0, _LEAST_QUOTING + a.quoted / a.words) * shift.size
    return Point(clause, "quotation", strength)


def _voices(groups: Groups, overall: Overall) -> Point | None:
    """That the repost cites sources which the original does not mention, or does not mention some of those.

    Sources that another point names are left to it: of claims that became the repost's own or have another
    source now, and of new quotations.
    """
    lost = [place for slug in _LOST for place in groups.get(slug, ())]
    named = {source_in(words) for place in lost for words in (place.was, place.now) if words}
    named |= {_speaker(place, overall) for place in groups.get("quote-unsupported", ())}
    gone = [name for name in overall.original.voices if name not in named]
    new = [name for name in overall.repost.voices if name not in named]
    said = [f"newly cites {_first(new)}"] if new else []
    said += [f"no longer cites {_first(gone)}"] if gone else []
    if not said:
        return None
    further = len(gone) + len(new) - 1 + overall.repost.is_vague
    strength = min(1.0, _ONE_VOICE + _EACH_VOICE * further)
    return Point(" and ".join(said), "attribution", strength)


_LOST = ("attribution-dropped", "attribution-vague", "attribution-swapped")


def _first(names: Sequence[str]) -> str:
    """The first names of a list, each once, and whether there are more."""
    once = list(dict.fromkeys(names))
    return joined([*once[:_SHOWN], *["others"] * (len(once) > _SHOWN)])


# Moves of one kind.


def _of_kind(slug: str, places: Sequence[Place], overall: Overall) -> Point:
    """What the moves of one kind do, with examples, for quotations also with those who are quoted."""
    kind, n = catalogue()[slug], len(places)
    pattern = kind.one if n == 1 else kind.several
    if n == 2:
        pattern = pattern.replace("{n} times", "twice")
    said = pattern.format(n=_roughly(n), sources=_sources(places))
    whose = _whose(places, overall) if kind.family == "quotation" else ""
    details = ": ".join(filter(None, (whose, _examples(kind.examples, places))))
    clause = f"{said} ({details})" if details else said
    return Point(clause, kind.family, joint_rank(places))


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


def _whose(places: Sequence[Place], overall: Overall) -> str:
    """Whose quotations the moves are about; empty where no source of them is named."""
    names = [_speaker(place, overall) for place in places]
    known = [name for name in names if name]
    return f"words of {_first([*known, *['others'] * (None in names)])}" if known else ""


def _speaker(place: Place, overall: Overall) -> str | None:
    """The source of the quotation that a move is about, in the original if it is quoted there."""
    of_original = overall.original.speaker_of(place.move.original)
    return of_original or overall.repost.speaker_of(place.move.repost)


def _examples(kind: Examples, places: Sequence[Place]) -> str:
    """Up to two examples of changed words, the strongest moves first; empty where none is short and clear."""
    ordered = sorted(places, key=lambda place: -place.rank)
    found = [_example(kind, place) for place in ordered]
    once: dict[str, str] = {}
    for example in found:
        if example:
            once.setdefault(plain_form(example), example)
    shown, forms = list(once.values())[:_SHOWN], list(once)[:_SHOWN]
    others = sum(plain_form(example) not in forms for example in found)
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
        of_spans = place.move.original is not None and place.move.repost is not None
        # Entire sentences, shown where only one text marks words, may differ elsewhere too.
        only = _becomes(*difference(was, now))
        return only or (_becomes(*_replaced(was, now)) if of_spans else None)
    if kind == "swapped" and was and now:
        before, after = source_in(was), source_in(now)
        return f"{after} instead of {before}" if before and after else None
    return None


def _becomes(was: str, now: str) -> str | None:
    """An example of changed words; None where they are long, or say nothing without those around them."""
    before, after = _short(was), _short(now)
    same = plain_form(was) == plain_form(now)
    if not before or not after or same or _is_empty(was) or _is_empty(now):
        return None
    return f"{before} becomes {after}"


def _is_empty(phrase: str) -> bool:
    return all(word in FUNCTION_WORDS for word in plain_form(phrase).split())


def _replaced(was: str, now: str) -> tuple[str, str]:
    """The longest words of one phrase that give way to others of the other, both short; empty without any."""
    a, b = was.split(), now.split()
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    pairs = [(" ".join(a[i:j]), " ".join(b[k:m])) for tag, i, j, k, m in codes if tag == "replace"]
    short = [pair for pair in pairs if max(map(len, pair)) <= SHORT]
    return max(short, key=lambda pair: len(pair[0]) + len(pair[1]), default=("", ""))


def _short(phrase: str) -> str | None:
    return quoted(phrase) if plain_form(phrase) and len(phrase) <= SHORT else None
