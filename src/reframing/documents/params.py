"""The parameters of `params.yaml` as frozen dataclasses, one for each section.

An unknown or missing key is an `InputError`; the defaults below apply only to sections built in code. The
comments in `params.yaml` explain every value.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from reframing.documents.errors import InputError

Section = TypeVar("Section")


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

    dev: float
    test: float


@dataclass(frozen=True, slots=True)
class SplitParams:
    """How gold corpora are split.

    Texts are near duplicates if they share at least `near_duplicate` of the smaller one's 8-word shingles.
    """

    near_duplicate: float = 0.2


@dataclass(frozen=True, slots=True)
class PrepareParams:
    """Which articles and paragraphs are kept in cleaning.

    Articles need `min_words` to `max_words` words. `furniture_*` are the thresholds for page furniture; see
    `reframing.reading.furniture.recurring`.
    """

    min_words: int = 40
    max_words: int = 20_000
    furniture_min_stories: int = 3
    furniture_share: float = 0.2
    furniture_max_words: int = 40


@dataclass(frozen=True, slots=True)
class AnnotateParams:
    """How articles are annotated: profile `full` (trained networks and lexicons) or `lexicon`."""

    profile: str = "full"


@dataclass(frozen=True, slots=True)
class PairParams:
    """How candidate pairs are found, and from which values they have a relation.

    Candidates come from MinHash LSH over shingles of `shingle_words` words (`permutations`, `bands`) and from
    `rare_terms` shared terms, each in at most `max_bucket` articles, with a tf-idf cosine of at least
    `retelling_cosine`. `verbatim`, `trimmed` and `edited` are thresholds on the share of common shingles,
    `rewritten` and `same_event` on the evidence score. Articles more than `max_days` days apart are unrelated.
    `sibling_margin` is how much closer a repost must be to another repost than to its original.
    """

    shingle_words: int = 5
    permutations: int = 128
    bands: int = 64
    max_bucket: int = 60
    rare_terms: int = 6
    retelling_cosine: float = 0.15
    verbatim: float = 0.98
    trimmed: float = 0.90
    edited: float = 0.20
    rewritten: float = 0.60
    same_event: float = 0.36
    max_days: int = 14
    sibling_margin: float = 0.1


@dataclass(frozen=True, slots=True)
class StudyParams:
    """Which pairs are studied; an original is compared with at most `independents_per_original` reports."""

    independents_per_original: int = 5


@dataclass(frozen=True, slots=True)
class AlignParams:
    """When two sentences are linked.

    `min_score` is the threshold for a link that is the best of one of its sentences, `further_score` for any
    other link. From a word similarity of `edited` a link is an edit, below it a rewriting. One sentence may
    fuse at most `max_merge` sentences.
    """

    min_score: float = 0.35
    further_score: float = 0.5
    edited: float = 0.60
    max_merge: int = 3


@dataclass(frozen=True, slots=True)
class CompareParams:
    """Which moves are reported: those scored `min_score` or higher.

    With `by_kind` they must also reach the threshold of their kind of move.
    """

    min_score: float = 0.40
    by_kind: bool = True


@dataclass(frozen=True, slots=True)
class StatisticsParams:
    """How rates, differences and their intervals are computed.

    `interval` is the confidence level, `flips` the number of sign flips in a permutation test, `min_confidence`
    the lowest confidence in the direction of a pair, and `fdr` the false discovery rate. From larger events a
    sample of `max_pairs_per_event` pairs is drawn.
    """

    interval: float = 0.95
    flips: int = 100_000
    min_confidence: float = 0.3
    max_pairs_per_event: int = 40
    fdr: float = 0.05


@dataclass(frozen=True, slots=True)
class EffectsParams:
    """How estimates are corrected by units that were read, as `reframing.statistics.corrected` describes.

    `reads` is how many units of each corpus are drawn to be read, at least `least` of each stratum. `interval`
    is the confidence level, `fdr` the false discovery rate within a family of estimands, and `power` that of
    the least effect that would probably be found.
    """

    reads: dict[str, int]
    least: int = 10
    interval: float = 0.95
    fdr: float = 0.05
    power: float = 0.8


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

    resamples: int = 1000
    interval: float = 0.95
    bins: int = 10
    min_group: int = 10


@dataclass(frozen=True, slots=True)
class PerturbParams:
    """How many synthetic changes are made: `per_form` pairs for each form of change."""

    per_form: int = 60


@dataclass(frozen=True, slots=True)
class FigureParams:
    """The format of figures: width in mm, resolution in dots per inch, font size in points."""

    width_mm: int = 89
    dpi: int = 300
    font_size: float = 7


@dataclass(frozen=True, slots=True)
class Params:
    """All of `params.yaml`."""

    seed: int
    corpora: dict[str, CorpusParams]
    gold: dict[str, GoldParams]
    split: SplitParams
    prepare: PrepareParams
    annotate: AnnotateParams
    pair: PairParams
    study: StudyParams
    align: AlignParams
    compare: CompareParams
    statistics: StatisticsParams
    effects: EffectsParams
    estimands: dict[str, Estimand]
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
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        raw = YAML(typ="safe").load(path.read_text(encoding="utf8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
    except YAMLError as error:
        raise InputError(f"is not YAML: {error}", str(path)) from error
    try:
        return parse_params(raw)
    except InputError as error:
        raise error.within(str(path)) from None


def parse_params(raw: dict[str, Any]) -> Params:
    """The parameters of a mapping as read from `params.yaml`; raises `InputError` for a wrong key or type."""
    sections = get_type_hints(Params)
    _check_keys(raw, set(sections), "")
    parsed: dict[str, Any] = {
        name: _named(_NAMED[name], raw[name], name)
        if name in _NAMED
        else _section(kind, raw[name], name)
        for name, kind in sections.items()
        if name != "seed"
    }
    return Params(seed=_value(int, raw["seed"], "seed"), **parsed)


_NAMED: dict[str, type[Any]] = {"corpora": CorpusParams, "gold": GoldParams, "estimands": Estimand}
"""Sections that are mappings of names to sections."""


def _named(kind: type[Section], values: Any, name: str) -> dict[str, Section]:
    if not isinstance(values, dict):
        raise InputError(f"must be a mapping of names to {name}", field=name)
    return {key: _section(kind, value, f"{name}.{key}") for key, value in values.items()}


def _section(kind: type[Section], values: Any, name: str) -> Section:
    hints = get_type_hints(kind)
    _check_keys(values, set(hints), name + ".")
    return kind(**{key: _value(hint, values[key], f"{name}.{key}") for key, hint in hints.items()})


def _value(hint: Any, value: Any, field: str) -> Any:
    """The value, which must be of the type `hint`; an int is accepted as a float, a list as a tuple."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise InputError(f"must be a list, not {value!r}", field=field)
        return tuple(_value(get_args(hint)[0], one, f"{field}.{n}") for n, one in enumerate(value))
    if get_origin(hint) is dict:
        if not isinstance(value, dict):
            raise InputError(f"must be a mapping, not {value!r}", field=field)
        return {key: _value(get_args(hint)[1], one, f"{field}.{key}") for key, one in value.items()}
    number = hint is float and type(value) is int
    if not number and type(value) is not hint:
        raise InputError(f"must be {hint.__name__}, not {value!r}", field=field)
    return hint(value)


def _check_keys(values: Any, expected: set[str], prefix: str) -> None:
    if not isinstance(values, dict):
        raise InputError("must be a mapping", field=prefix.rstrip(".") or None)
    for key in sorted(expected - set(values)):
        raise InputError("is missing", field=prefix + key)
    for key in sorted(set(values) - expected):
        raise InputError("is unknown", field=prefix + key)
