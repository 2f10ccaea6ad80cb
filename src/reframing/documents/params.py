"""The parameters of `params.yaml` as frozen dataclasses, one for each section, with the range of each number.

pydantic checks them; an unknown or missing key is an `InputError` too. The defaults below apply only to
sections built in code. The comments in `params.yaml` explain every value.
"""

import json
import re
import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Interval, Predicate

from reframing.documents.errors import InputError
from reframing.documents.plain_yaml import read_plain_yaml

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MOST = 10**9
Share = Annotated[float, Interval(ge=0, le=1)]
Level = Annotated[float, Interval(gt=0, lt=1)]
Count = Annotated[int, Interval(ge=0, le=MOST)]
Positive = Annotated[int, Interval(ge=1, le=MOST)]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def is_name(text: str) -> bool:
    """Whether text can name a corpus, which is also the name of folders."""
    return _NAME.fullmatch(text) is not None


Name = Annotated[str, Predicate(is_name)]


@dataclass(frozen=True, slots=True)
class CorpusParams:
    """Settings of one corpus.

    `reader` names its reader in `reframing.reading.corpora`. `constructed` marks a corpus written for this
    project, from which no finding is claimed. `directed` means that the corpus shows which of two articles
    came first; without it, only measures that do not depend on direction are reported.
    """

    reader: str
    constructed: bool
    directed: bool


@dataclass(frozen=True, slots=True)
class GoldParams:
    """Shares of a gold corpus's documents, in [0, 1], that are assigned to `dev` and `test`."""

    dev: Share
    test: Share


@dataclass(frozen=True, slots=True)
class SplitParams:
    """How gold corpora are split.

    Texts are near duplicates if they share at least `near_duplicate` of the smaller one's 8-word shingles.
    """

    near_duplicate: Share = 0.2


@dataclass(frozen=True, slots=True)
class PrepareParams:
    """Which articles and paragraphs are kept in cleaning.

    Articles need `min_words` to `max_words` words. `furniture_*` are the thresholds for page furniture; see
    `reframing.reading.furniture.recurring`.
    """

    min_words: Count = 40
    max_words: Positive = 20_000
    furniture_min_stories: Positive = 3
    furniture_share: Share = 0.2
    furniture_max_words: Count = 40


@dataclass(frozen=True, slots=True)
class AnnotateParams:
    """How articles are annotated: profile `full` (trained networks and lexicons) or `lexicon`."""

    profile: Literal["full", "lexicon"] = "full"


@dataclass(frozen=True, slots=True)
class PairParams:
    """How candidate pairs are found, and from which values they have a relation.

    Candidates come from MinHash LSH over shingles of `shingle_words` words (`permutations`, `bands`) and from
    `rare_terms` shared terms, each in at most `max_bucket` articles, with a tf-idf cosine of at least
    `retelling_cosine`. `verbatim`, `trimmed` and `edited` are thresholds on the share of common shingles,
    `rewritten` and `same_event` on the evidence score. Articles more than `max_days` days apart are unrelated.
    `sibling_margin` is how much closer a repost must be to another repost than to its original.
    """

    shingle_words: Positive = 5
    permutations: Positive = 128
    bands: Positive = 64
    max_bucket: Positive = 60
    rare_terms: Count = 6
    retelling_cosine: Share = 0.15
    verbatim: Share = 0.98
    trimmed: Share = 0.90
    edited: Share = 0.20
    rewritten: Share = 0.60
    same_event: Share = 0.36
    max_days: Count = 14
    sibling_margin: Annotated[float, Interval(ge=0, le=3)] = 0.1


@dataclass(frozen=True, slots=True)
class StudyParams:
    """Which pairs are studied; an original is compared with at most `independents_per_original` reports."""

    independents_per_original: Count = 5


@dataclass(frozen=True, slots=True)
class AlignParams:
    """When two sentences are linked.

    `min_score` is the threshold for a link that is the best of one of its sentences, `further_score` for any
    other link. From a word similarity of `edited` a link is an edit, below it a rewriting. One sentence may
    fuse at most `max_merge` sentences.
    """

    min_score: Share = 0.35
    further_score: Share = 0.5
    edited: Share = 0.60
    max_merge: Positive = 3


@dataclass(frozen=True, slots=True)
class CompareParams:
    """Which moves are reported: those scored `min_score` or higher.

    With `by_kind` they must also reach the threshold of their kind of move.
    """

    min_score: Share = 0.40
    by_kind: bool = True


@dataclass(frozen=True, slots=True)
class StatisticsParams:
    """How rates, differences and their intervals are computed.

    `interval` is the confidence level, `flips` the number of sign flips in a permutation test, `min_confidence`
    the lowest confidence in the direction of a pair, and `fdr` the false discovery rate. From larger events a
    sample of `max_pairs_per_event` pairs is drawn.
    """

    interval: Level = 0.95
    flips: Positive = 100_000
    min_confidence: Share = 0.3
    max_pairs_per_event: Positive = 40
    fdr: Level = 0.05


@dataclass(frozen=True, slots=True)
class EffectsParams:
    """How estimates are corrected by units that were read, as `reframing.statistics.corrected` describes.

    `reads` is how many units of each corpus are drawn to be read, at least `least` of each stratum. `interval`
    is the confidence level, `fdr` the false discovery rate within a family of estimands, and `power` that of
    the least effect that would probably be found.
    """

    reads: dict[str, Positive]
    least: Positive = 10
    interval: Level = 0.95
    fdr: Level = 0.05
    power: Level = 0.8


@dataclass(frozen=True, slots=True)
class Estimand:
    """An effect that was chosen before anything was read: moves `more`, less moves `less`, per 1,000 words.

    It is estimated in the reposts of some `kinds` (all where none is named), less that in the kinds `against`
    within the same events, where there are any; and in events of the group `of`, less that of the group `than`,
    where they are named. `hypothesis` says in words what is expected; `family` names the hypotheses that are
    corrected together for being many.
    """

    corpus: str
    family: str
    hypothesis: str
    more: tuple[str, ...]
    less: tuple[str, ...]
    kinds: tuple[str, ...]
    against: tuple[str, ...]
    of: str
    than: str


@dataclass(frozen=True, slots=True)
class ValidateParams:
    """How scores on gold data are reported.

    `resamples` and `interval` define the bootstrap intervals, `bins` the calibration curve; groups with fewer
    than `min_group` items are not shown.
    """

    resamples: Positive = 1000
    interval: Level = 0.95
    bins: Positive = 10
    min_group: Count = 10


@dataclass(frozen=True, slots=True)
class PerturbParams:
    """How many synthetic changes are made: `per_form` pairs for each form of change."""

    per_form: Count = 60


@dataclass(frozen=True, slots=True)
class FigureParams:
    """The format of figures: width in mm, resolution in dots per inch, font size in points."""

    width_mm: Positive = 89
    dpi: Positive = 300
    font_size: Annotated[float, Interval(gt=0, le=1000)] = 7


@dataclass(frozen=True, slots=True)
class Params:
    """All of `params.yaml`."""

    seed: Count
    corpora: dict[Name, CorpusParams]
    gold: dict[Name, GoldParams]
    split: SplitParams
    prepare: PrepareParams
    annotate: AnnotateParams
    pair: PairParams
    study: StudyParams
    align: AlignParams
    compare: CompareParams
    statistics: StatisticsParams
    effects: EffectsParams
    estimands: dict[Name, Estimand]
    validate: ValidateParams
    perturb: PerturbParams
    figures: FigureParams


def corpus_named(name: str, corpora: dict[str, CorpusParams]) -> CorpusParams:
    """The settings of a corpus; raises `InputError` if params.yaml does not list it."""
    if name not in corpora:
        problem = f"is no corpus; there are {', '.join(corpora)}"
        raise InputError(problem, "params.yaml", field=f"corpora.{name}")
    return corpora[name]


def read_params(path: Path = Path("params.yaml")) -> Params:
    """Read and validate the parameters; raises `InputError` that names the section and the key."""
    try:
        return parse_params(read_plain_yaml(path))
    except InputError as error:
        raise error.within(str(path)) from None


def parse_params(raw: Any) -> Params:
    """The parameters of plain data as read from `params.yaml`; raises `InputError` for a wrong key or value."""
    from pydantic import ValidationError

    for key in _missing(Params, raw):
        raise InputError("is missing", field=".".join(key))
    try:
        # As JSON, because lists of JSON are taken for tuples even if types are strict.
        made = _checker().validate_json(json.dumps(raw), strict=True, extra="forbid")
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False)[0]) from None
    if made.pair.permutations % made.pair.bands:
        problem = f"must divide pair.permutations ({made.pair.permutations}), not {made.pair.bands}"
        raise InputError(problem, field="pair.bands")
    return made


@cache
def _checker() -> "TypeAdapter[Params]":
    from pydantic import TypeAdapter

    return TypeAdapter(Params)


def _missing(kind: Any, given: Any) -> Iterator[tuple[str, ...]]:
    """The keys of a section, and of those below it, that are not given; what is no mapping is skipped."""
    if not isinstance(given, dict):
        return
    if get_origin(kind) is dict:
        inside = dict.fromkeys(given, get_args(kind)[1])
    elif is_dataclass(kind):
        hints = get_type_hints(kind)
        inside = {field.name: hints[field.name] for field in fields(kind)}
    else:
        return
    for name, below in inside.items():
        if name not in given:
            yield (name,)
        else:
            yield from ((name, *key) for key in _missing(below, given[name]))


_PROBLEMS = {
    "dataclass_type": "must be a mapping",
    "dict_type": "must be a mapping",
    "predicate_failed": "must be a name of letters, digits, hyphens, points and underscores",
    "tuple_type": "must be a list",
    "unexpected_keyword_argument": "is unknown",
}


def _refusal(fault: Mapping[str, Any]) -> InputError:
    """One fault that pydantic found, as an error that names the key."""
    place = [str(part)[:100] for part in fault["loc"] if part != "[key]"]
    said = str(fault["msg"]).replace("Input should be", "must be")
    problem = _PROBLEMS.get(fault["type"], said)
    shown = "" if problem.startswith("is ") else f", not {reprlib.repr(fault['input'])}"
    return InputError(f"{problem}{shown}", field=".".join(place) or None)
