"""Random samples of units for readers who list every move, whether the machine found it or not.

A verdict on a move (`reframing.coding.judging`) tells what is wrong, not what is missed. Here a reader sees
a unit of a pair, a link of sentences or a sentence without one (`reframing.statistics.pair_units`), and counts
the moves in it. Units are drawn from all of them: the sample corrects rates
(`reframing.statistics.corrected`), and tells precision and recall.

**Strata** are corpus × kind of repost × class: units in which nothing is proposed, with proposals that are not
reported, and with a reported move; and sentences of the original alone, in which nothing but their omission can
be found, and of which the smallest sample is read. Independent reports, a null, have strata too; copies in
other typography have none, since nothing can be found in them. A stratum of N units whose share with a move is
expected to be p, from the calibrated scores, is read in proportion to N sqrt(p (1 - p)) (Neyman 1934, J. R.
Stat. Soc. 97, 558-625), in the whole numbers that give the least variance (Wright 2017, Stat. Probab. Lett.
129, 50-57); kinds weigh alike, since the rate of each is of interest, however many units it has. Classes and p
are about moves within propositions: whether an entire sentence was added or omitted needs few reads. Of units
without proposals the scores say nothing, so p is never taken to be below `FLOOR`; and every stratum has a
smallest sample.

**Readers are blind.** A sheet has the unit between the sentences around it, under a number that tells nothing,
in an order that tells nothing. What was drawn from where is kept apart from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from heapq import heapify, heappop, heappush
from math import sqrt
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from reframing.coding.tsv import MOST, count, read_tsv
from reframing.documents.document import Document
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Studied
from reframing.documents.tidy import columns_of, load, read_tidy, write_tidy
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import checked, records
from reframing.statistics.effects import Readings
from reframing.statistics.pair_units import first_units, place_of

if TYPE_CHECKING:
    import pandas as pd

# The units of a corpus, with what the machine says of them.

CLASSES = ("omitted", "none", "unreported", "reported")
"""Classes of units: sentences of the original alone; in the others nothing is proposed, nothing is reported, or
a move is."""

KEY = ["corpus", "pair", "unit"]
"""Columns that identify a unit."""

COPY = "copy"

_WITHIN = [slug for slug, kind in catalogue().items() if kind.unit == "proposition"]


def frame_of(corpus: str, root: Path | None = None) -> "pd.DataFrame":
    """The units of a corpus, one a row, from its tidy tables, in the order of `KEY`.

    Columns are `KEY`; `event`, `group`, `kind`, `condition` and `original` of the pair; `link`, `words`;
    `stratum`; and `expected`, the probability that there is a move within propositions, if scores are
    calibrated and independent. Pairs that take no part in the statistics are not in it, nor are copies in other
    typography.
    """
    import numpy as np

    units, moves = (load(name, corpus, root=root) for name in ("units", "unit_moves"))
    pairs = _studied_pairs(corpus, root)
    moves = moves[moves["move"].isin(_WITHIN)].copy()
    moves["none"] = 1 - moves["scored"].clip(upper=1)
    of_unit = moves.groupby(["pair", "unit"]).agg(
        reported=("reported", "sum"), none=("none", "prod"), proposed=("move", "size")
    )
    frame = units.merge(pairs, on="pair").merge(of_unit, on=["pair", "unit"], how="left")
    frame = frame.fillna({"reported": 0, "none": 1.0, "proposed": 0})
    scored = np.where(frame["reported"] > 0, 3, np.where(frame["proposed"] > 0, 2, 1))
    scored[frame["unit"].str.endswith("→")] = 0
    frame = frame.assign(
        corpus=corpus,
        stratum=corpus + "/" + frame["kind"] + "/" + np.array(CLASSES, object)[scored],
        expected=1 - frame["none"],
    )
    return frame.drop(columns=["reported", "none", "proposed"]).sort_values(KEY, ignore_index=True)


def _studied_pairs(corpus: str, root: Path | None) -> "pd.DataFrame":
    """The pairs that take part in the statistics, without copies in other typography."""
    pairs = load("pairs", corpus, root=root)
    pairs = pairs[pairs["left_out"].isna() & (pairs["condition"] != COPY)]
    return pairs[["pair", "event", "group", "kind", "condition", "original"]]


# The frame of a sample: all units as they were when it was drawn.


def frame_beside(key: Path) -> Path:
    """The file with all units that a sample was drawn from: `drawn.frame.parquet` beside `drawn.tsv`."""
    return key.with_suffix(".frame.parquet")


def write_frame(path: Path, frames: Iterable["pd.DataFrame"]) -> None:
    """Keep the units of some corpora, as `frame_of` gives them, for the estimates from a sample of them."""
    names = [column.name for column in columns_of("frame")]
    rows = (
        {str(name): value for name, value in row.items()}
        for frame in frames
        for row in frame[names].astype(object).where(frame[names].notna(), None).to_dict("records")
    )
    write_tidy(path, "frame", rows)


def read_frame(path: Path, corpus: str, root: Path | None = None) -> "pd.DataFrame":
    """The units of a corpus that a sample was drawn from: the columns of `frame_of` but `expected`.

    Links and strata are those of the draw, however the machine reads the texts now; so a sample that was read
    stays one. Raises `InputError` where pairs or their sentences are no longer the same.
    """
    if not path.exists():
        problem = "is not here; `reframing study draw` writes it beside what is drawn"
        raise InputError(problem, str(path))
    frame = read_tidy(path, "frame")
    frame = frame[frame["corpus"] == corpus]
    pairs, units = _studied_pairs(corpus, root), load("units", corpus, root=root)
    try:
        there = _sentences(frame)
    except InputError as error:
        raise error.within(str(path)) from None
    now = _sentences(units[units["pair"].isin(pairs["pair"])])
    for pair in sorted(there.keys() | now.keys()):
        if there.get(pair) != now.get(pair):
            problem = (
                "has other sentences than when units were drawn; its texts have changed since"
                if pair in there and pair in now
                else "is no pair of the study any more, but was when units were drawn"
                if pair in there
                else "was no pair of the study when units were drawn"
            )
            raise InputError(problem, str(path), f"{corpus}/{pair}", "unit")
    return frame.merge(pairs, on="pair").sort_values(KEY, ignore_index=True)


def _sentences(units: "pd.DataFrame") -> dict[str, tuple[set[int], set[int]]]:
    """The numbers of the sentences of original and repost in the units of each pair."""
    found: dict[str, tuple[set[int], set[int]]] = {}
    for pair, unit in units[["pair", "unit"]].itertuples(index=False):
        for all_of_side, of_unit in zip(
            found.setdefault(pair, (set(), set())), place_of(unit), strict=True
        ):
            all_of_side.update(of_unit)
    return found


def moves_in(frame: "pd.DataFrame", moves: "pd.DataFrame") -> "pd.DataFrame":
    """The tidy table `unit_moves`, counted in the units of a frame.

    What is found in a unit that the frame has not, since the links have changed, counts in the first unit of
    the frame with one of its repost sentences, or else of its original ones. Raises `InputError` with the pair
    where the frame lacks them.
    """
    known = set(zip(frame["pair"], frame["unit"], strict=True))
    keys = list(zip(moves["pair"], moves["unit"], strict=True))
    units: dict[str, list[str]] = {pair: [] for pair, unit in keys if (pair, unit) not in known}
    for pair, unit in known:
        if pair in units:
            units[pair].append(unit)
    homes = {
        (pair, unit): _first_unit(units[pair], pair, unit)
        for pair, unit in dict.fromkeys(keys)
        if units.get(pair) and (pair, unit) not in known
    }
    if not homes:
        return moves
    placed = moves.assign(unit=[homes.get(key, key[1]) for key in keys])
    counts = placed.groupby(["pair", "unit", "move"], sort=False, as_index=False).sum()
    return counts.astype(moves.dtypes)


def _first_unit(units: Sequence[str], pair: str, stray: str) -> str:
    """The first of a pair's units, links before others, with a repost sentence of another, or an original one.

    Raises `InputError` where they lack a sentence that it names.
    """
    ordered = sorted(units, key=lambda unit: (not all(place_of(unit)), place_of(unit)))
    of_original, of_repost = first_units(map(place_of, ordered))
    original, repost = place_of(stray)
    sentences, first = (repost, of_repost) if repost else (original, of_original)
    if not sentences or not first.keys() >= set(sentences):
        problem = f"'{stray}' has sentences that the pair lacks; its moves are of other texts"
        raise InputError(problem, record=pair, field="unit")
    return ordered[min(first[number] for number in sentences)]


# Stratified random samples.

FLOOR = 0.02
"""Least share of units with a move that is expected in a stratum; the greatest is 1 less this."""


class Drawn(NamedTuple):
    """A unit that was drawn, under the number by which readers know it.

    `stratum_units` is the number of units in its stratum, `probability` its inclusion probability. `state` is
    the state of the package (version and commit) that made the units.
    """

    number: str
    corpus: str
    pair: str
    unit: str
    stratum: str
    stratum_units: int
    probability: float
    state: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the unit."""
        return self.corpus, self.pair, self.unit


def draw_units(
    frame: "pd.DataFrame", n: int, seed: int, state: str, least: int = 10, floor: float = FLOOR
) -> list[Drawn]:
    """A sample of `n` units of a frame, or all where there are fewer, in the order of the readers' numbers.

    Within a stratum units are drawn without replacement and with equal probability. The sample depends on
    `seed` and not on the order of the units. Raises `InputError` where a unit occurs twice, and where `n` is
    smaller than the smallest samples of all strata together.
    """
    for row in frame[frame.duplicated(KEY)].to_dict("records"):
        raise InputError("occurs twice", record=_name(row), field="unit")
    strata = {
        str(name): of.sort_values(KEY) for name, of in frame.groupby("stratum", observed=True)
    }
    sizes = [len(of) for of in strata.values()]
    shares = [float(of["expected"].mean()) for of in strata.values()]
    drawn = []
    in_kind = frame.loc[~frame["stratum"].str.endswith(f"/{CLASSES[0]}"), "kind"].value_counts()
    weights = [
        0.0 if name.endswith(f"/{CLASSES[0]}") else 1 / float(in_kind[str(of["kind"].iloc[0])])
        for name, of in strata.items()
    ]
    given = allocated_units(sizes, shares, n, least, floor, weights)
    for (stratum, of), size in zip(strata.items(), given, strict=True):
        places = Random(f"{seed}:{stratum}").sample(range(len(of)), size)
        for corpus, pair, unit in of.iloc[places][KEY].itertuples(index=False):
            number = sha256(f"{seed}:{corpus}/{pair}/{unit}".encode()).hexdigest()[:12]
            probability = size / len(of)
            drawn.append(Drawn(number, corpus, pair, unit, stratum, len(of), probability, state))
    return sorted(drawn)


def _name(row: Mapping[Any, Any]) -> str:
    return f"{row['corpus']}/{row['pair']}: {row['unit']}"


def allocated_units(
    sizes: Sequence[int],
    shares: Sequence[float],
    n: int,
    least: int = 10,
    floor: float = FLOOR,
    weights: Sequence[float] | None = None,
) -> list[int]:
    """Number of units to read in each stratum, from their `sizes`, the expected `shares` with a move, and `n`.

    `weights` say how much a unit of each stratum counts in what is estimated; by default they are equal. At
    least `least` and at most all of a stratum are read; the others go one by one to where one more lowers the
    variance most. The sum is `n`, or all units where there are fewer.
    """
    given = [min(least, size) for size in sizes]
    if n < sum(given):
        problem = f"must be {sum(given)} or more, {least} units of each stratum"
        raise InputError(problem, field="reads")
    spreads = []
    for size, share, weight in zip(sizes, shares, weights or [1.0] * len(sizes), strict=True):
        p = min(max(share, floor), 1 - floor)
        spreads.append(weight * size * sqrt(p * (1 - p)))

    def urgency(i: int) -> float:
        return -spreads[i] / sqrt(given[i] * (given[i] + 1)) if given[i] else -float("inf")

    waiting = [(urgency(i), i) for i in range(len(sizes)) if given[i] < sizes[i]]
    heapify(waiting)
    for _ in range(min(n, sum(sizes)) - sum(given)):
        _, i = heappop(waiting)
        given[i] += 1
        if given[i] < sizes[i]:
            heappush(waiting, (urgency(i), i))
    return given


def drawn_rows(drawn: Iterable[Drawn]) -> list[tuple[object, ...]]:
    """What was drawn from where, as the rows of a table (.tsv), without any text."""
    return [Drawn._fields, *drawn]


def read_drawn(path: Path) -> list[Drawn]:
    """The rows of `drawn_rows` from a file; raises `InputError` with line and field where one is wrong."""
    table = read_tsv(path, Drawn._fields)
    found = [_drawn(row, str(path), number) for number, row in table.rows]
    numbers: set[str] = set()
    for (line, _), one in zip(table.rows, found, strict=True):
        if one.number in numbers:
            raise InputError("occurs twice", str(path), line, "number")
        numbers.add(one.number)
    return found


def _drawn(row: dict[str, str], file: str, line: int) -> Drawn:
    for field in Drawn._fields:
        if not row[field]:
            raise InputError("is missing", file, line, field)
    n = count(row["stratum_units"])
    if not n:
        raise InputError("must be a whole number of 1 or more", file, line, "stratum_units")
    try:
        probability = float(row["probability"])
    except ValueError:
        raise InputError("must be a number", file, line, "probability") from None
    if not 0 < probability <= 1:
        raise InputError("must be in (0, 1]", file, line, "probability")
    known = {field: row[field] for field in Drawn._fields}
    return Drawn(**{**known, "stratum_units": n, "probability": probability})  # type: ignore[arg-type]


# Sheets for readers, and what readers count.

Counts = dict[str, dict[str, float]]
"""Counts of moves by slug, by the number of the unit."""

AROUND = 3
"""Sentences shown before and after a unit."""

ELSEWHERE = 3
"""Further sentences shown of the other text, the most similar ones."""


def shown_unit(
    drawn: Drawn, studied: Studied, original: Article, repost: Article
) -> dict[str, Any]:
    """A drawn unit as a JSON object for a reader, without counts yet.

    `original` and `repost` each have the unit in ⟦⟧ with the sentences around it; where one side is empty, the
    place is that of the sentences linked next to it. `original_elsewhere` and `repost_elsewhere` are those
    further sentences of each text that are most like the unit's sentences in the other one. Nothing in it tells
    the corpus, the kind of repost, the stratum, or what the machine found.
    """
    places = place_of(drawn.unit)
    comparison = studied.comparison
    sides = (
        _Side(original, [one.span.of(original.text) for one in comparison.original_sentences]),
        _Side(repost, [one.span.of(repost.text) for one in comparison.repost_sentences]),
    )
    links = [(i, j) for link in comparison.alignment for i in link.original for j in link.repost]
    near = [
        range(min(of) - AROUND, max(of) + AROUND + 1)
        if of
        else _nearest(places[1 - side], links, side)
        for side, of in enumerate(places)
    ]
    shown: dict[str, Any] = {"number": drawn.number}
    for side, name in enumerate(("original", "repost")):
        text, other = sides[side], sides[1 - side]
        inside = [i for i in near[side] if 0 <= i < len(text.sentences)]
        shown[name] = [
            f"⟦{text.sentences[i]}⟧" if i in places[side] else text.sentences[i] for i in inside
        ]
        stems = frozenset().union(*(other.stems[j] for j in places[1 - side]))
        shown[f"{name}_elsewhere"] = [
            text.sentences[i] for i in text.most_like(stems, frozenset(inside))
        ]
    return {**shown, "moves": None}


class _Side:
    """The sentences of a text, and the stems of their content terms."""

    def __init__(self, article: Article, sentences: Sequence[str]) -> None:
        self.sentences = [" ".join(sentence.split()) for sentence in sentences]
        self.stems = [
            frozenset(term.stem for of in Document(Article("", one)).terms for term in of)
            if one.strip()
            else frozenset()
            for one in sentences
        ]

    def most_like(self, stems: frozenset[str], without: frozenset[int]) -> list[int]:
        """Numbers of the sentences that share most stems with some others, in their order in the text."""
        shared = [
            (len(of & stems) / sqrt(len(of)), -i)
            for i, of in enumerate(self.stems)
            if i not in without and of & stems
        ]
        return sorted(-i for _, i in sorted(shared, reverse=True)[:ELSEWHERE])


def _nearest(there: Sequence[int], links: Sequence[tuple[int, int]], side: int) -> range:
    """The sentences of one text about where some sentences of the other would be, by the links beside them."""
    at = min(there)
    beside = sorted((abs(link[1 - side] - at), link[side]) for link in links)
    if not beside:
        return range(2 * AROUND)
    place = beside[0][1]
    return range(place - AROUND, place + AROUND + 1)


def read_counts(path: Path) -> Counts:
    """The readers' counts of moves by slug, by the number of the unit; a slug that is not there was not found.

    A line is an object with `number` and `moves`, such as `{"hedge-dropped": 2}`. Raises `InputError` with
    file, record and field on a line that cannot be used, and where a unit occurs twice.
    """
    found: Counts = {}
    for line, (number, counts) in checked(records(path), str(path), _counts):
        if number in found:
            raise InputError("occurs twice", str(path), line, "number")
        found[number] = counts
    return found


def _counts(record: Any) -> tuple[str, dict[str, float]]:
    if not isinstance(record, Mapping) or not isinstance(record.get("number"), str):
        raise InputError("must be an object with the number of a drawn unit", field="number")
    number, moves = record["number"], record.get("moves")
    if not number.strip() or not number.isprintable():
        raise InputError("is no number of a drawn unit; leave it as it was", field="number")
    if "verdict" in record:
        raise InputError("is of a sheet of moves, not of units; read them apart", record=number)
    if "moves" not in record:
        raise InputError("is missing; is the key misspelt?", record=number, field="moves")
    if not isinstance(moves, Mapping):
        problem = "is not filled in; must be counts by move, {} where there are none"
        raise InputError(problem, record=number, field="moves")
    for slug, n in moves.items():
        if slug not in catalogue():
            raise InputError(f"{slug} is no move", record=number, field="moves")
        if type(n) is not int or not 0 <= n <= MOST:
            raise InputError(f"{slug} must be a count", record=number, field="moves")
    return number, dict(moves)


# What was read, joined to all units.


def readings_of(
    frame: "pd.DataFrame", moves: "pd.DataFrame", drawn: Iterable[Drawn], counts: Counts
) -> Readings:
    """All units of a frame with what the machine says of them and what was found in those that were read.

    `moves` is the tidy table `unit_moves`. Raises `InputError` where the units are not those that were drawn
    from, or a drawn unit was not read.
    """
    import pandas as pd

    drawn = list(drawn)
    key = pd.DataFrame(drawn, columns=list(Drawn._fields))
    _check_sample(frame, key)
    for one in drawn:
        if one.number not in counts:
            raise InputError("was drawn, but not read", record=one.number, field="number")
    probability = key.drop_duplicates("stratum").set_index("stratum")["probability"]
    read = frame.merge(key[KEY].assign(read=True), on=KEY, how="left")["read"]
    found = [
        (one.pair, one.unit, move, n) for one in drawn for move, n in counts[one.number].items()
    ]
    return Readings(
        frame.assign(probability=frame["stratum"].map(probability), read=read.notna().to_numpy()),
        moves_in(frame, moves),
        pd.DataFrame(found, columns=["pair", "unit", "move", "count"]),
    )


def _check_sample(frame: "pd.DataFrame", key: "pd.DataFrame") -> None:
    """Raise `InputError` unless a frame has the strata and units of a whole sample that was drawn from it."""
    for row in key[key.duplicated(KEY)].to_dict("records"):
        raise InputError("was drawn twice", record=_name(row), field="unit")
    both = key.merge(frame[[*KEY, "stratum"]], on=KEY, how="left", suffixes=("", "_now"))
    for row in both[both["stratum"] != both["stratum_now"]].to_dict("records"):
        if isinstance(row["stratum_now"], str):
            problem = f"was drawn from {row['stratum']}, but is in {row['stratum_now']}"
            raise InputError(problem, record=_name(row), field="stratum")
        problem = "was drawn, but is not among the units that were drawn from"
        raise InputError(problem, record=_name(row), field="unit")
    strata = dict(
        zip(key["stratum"], zip(key["stratum_units"], key["probability"], strict=True), strict=True)
    )
    n_drawn = key["stratum"].value_counts().to_dict()
    for stratum, size in frame["stratum"].value_counts(sort=False).to_dict().items():
        if stratum not in strata:
            problem = f"{stratum} is unknown: no unit of it was drawn"
            raise InputError(problem, field="stratum")
        units, probability = strata[stratum]
        if size != units:
            problem = f"{stratum} has {size} units, {units} when it was drawn"
            raise InputError(problem, field="stratum_units")
        if (n := n_drawn[stratum]) != (planned := round(units * probability)):
            problem = f"of {stratum} {planned} units were drawn, {n} are here"
            raise InputError(problem, field="stratum")
