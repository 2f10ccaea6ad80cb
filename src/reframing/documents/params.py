"""`params.yaml` as frozen dataclasses, one a section; a key too many or too few is an error."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from reframing.documents.errors import InputError

Section = TypeVar("Section")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class CorpusParams:
    """What the pipeline must know of one corpus.

    `directed`: it can be known which of two articles came first. Else only quantities without direction
    are reported.
    """

    reader: str
    constructed: bool
    directed: bool


@dataclass(frozen=True, slots=True)
class GoldParams:
    """Shares of a gold corpus's documents that its split gives to `dev` and `test`."""

    dev: float
    test: float


@dataclass(frozen=True, slots=True)
class SplitParams:
    """How gold corpora are split."""

    near_duplicate: float = 0.2


@dataclass(frozen=True, slots=True)
class PrepareParams:
    """Which articles and paragraphs are kept."""

    min_words: int = 40
    max_words: int = 20_000
    furniture_min_stories: int = 3
    furniture_share: float = 0.2
    furniture_max_words: int = 40


@dataclass(frozen=True, slots=True)
class AnnotateParams:
    """How articles are annotated."""

    profile: str = "full"


@dataclass(frozen=True, slots=True)
class PairParams:
    """How candidate pairs are found and named."""

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
    """Which pairs are studied."""

    independents_per_original: int = 5


@dataclass(frozen=True, slots=True)
class AlignParams:
    """When two sentences are linked."""

    min_score: float = 0.35
    further_score: float = 0.5
    edited: float = 0.60
    max_merge: int = 3


@dataclass(frozen=True, slots=True)
class CompareParams:
    """Which moves are reported: from a score on, and (`by_kind`) from one that a kind needs of its own."""

    min_score: float = 0.40
    by_kind: bool = True


@dataclass(frozen=True, slots=True)
class StatisticsParams:
    """How rates, differences and intervals are computed."""

    interval: float = 0.95
    flips: int = 100_000
    min_confidence: float = 0.3
    max_pairs_per_event: int = 40
    fdr: float = 0.05


@dataclass(frozen=True, slots=True)
class ValidateParams:
    """How scores on gold get their intervals, and which are too few to be shown apart."""

    resamples: int = 1000
    interval: float = 0.95
    bins: int = 10
    min_group: int = 10


@dataclass(frozen=True, slots=True)
class PerturbParams:
    """How many changes are planted."""

    per_form: int = 60


@dataclass(frozen=True, slots=True)
class FigureParams:
    """How figures look."""

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
    validate: ValidateParams
    perturb: PerturbParams
    figures: FigureParams


def corpus_named(name: str, corpora: dict[str, CorpusParams]) -> CorpusParams:
    """What is said of a corpus; raises `InputError` where params.yaml does not know it."""
    if name not in corpora:
        problem = f"is no corpus; there are {', '.join(corpora)}"
        raise InputError(problem, "params.yaml", field=f"corpora.{name}")
    return corpora[name]


def read_params(path: Path = Path("params.yaml")) -> Params:
    """Read and check the parameters; raises `InputError` that names section and key."""
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
    """Parameters from the mapping that `params.yaml` holds."""
    sections = get_type_hints(Params)
    _check_keys(raw, set(sections), "")
    parsed: dict[str, Any] = {
        name: _section(kind, raw[name], name)
        for name, kind in sections.items()
        if name not in ("seed", "corpora", "gold")
    }
    return Params(
        seed=_value(int, raw["seed"], "seed"),
        corpora=_named(CorpusParams, raw["corpora"], "corpora"),
        gold=_named(GoldParams, raw["gold"], "gold"),
        **parsed,
    )


def _named(kind: type[Section], values: Any, name: str) -> dict[str, Section]:
    if not isinstance(values, dict):
        raise InputError("must be a mapping of names to corpora", field=name)
    return {key: _section(kind, value, f"{name}.{key}") for key, value in values.items()}


def _section(kind: type[Section], values: Any, name: str) -> Section:
    hints = get_type_hints(kind)
    _check_keys(values, set(hints), name + ".")
    return kind(**{key: _value(hint, values[key], f"{name}.{key}") for key, hint in hints.items()})


def _value(hint: type[Value], value: Any, field: str) -> Value:
    """The value, if it is of the type that `hint` says; a whole number will do for a float."""
    number = hint is float and type(value) is int
    if not number and type(value) is not hint:
        raise InputError(f"must be {hint.__name__}, not {value!r}", field=field)
    return hint(value)  # type: ignore[call-arg]


def _check_keys(values: Any, expected: set[str], prefix: str) -> None:
    if not isinstance(values, dict):
        raise InputError("must be a mapping", field=prefix.rstrip(".") or None)
    for key in sorted(expected - set(values)):
        raise InputError("is missing", field=prefix + key)
    for key in sorted(set(values) - expected):
        raise InputError("is unknown", field=prefix + key)
