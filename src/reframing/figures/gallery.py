"""All figures of a study; to add one, write its function and list it in `FIGURES`."""

from collections.abc import Callable
from pathlib import Path

from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from reframing.figures.caption import Study
from reframing.figures.fate_panels import attribution, quotes
from reframing.figures.figure import Figure
from reframing.figures.move_rates import moves
from reframing.figures.paired import certainty, tone
from reframing.figures.provenance import read_yaml
from reframing.figures.survival_odds import survival
from reframing.statistics.study_tables import read_tables

TABLES = Path("results/tables")
MANIFESTS = Path("data/manifests")

FIGURES: tuple[Callable[[Study], Figure], ...] = (
    survival,
    certainty,
    attribution,
    quotes,
    tone,
    moves,
)


def study_figures(study: Study) -> list[Figure]:
    """Every figure of one corpus; those of signed change only where pairs have a direction."""
    signed = () if study.directed else (certainty, tone)
    return [build(study) for build in FIGURES if build not in signed]


def open_study(corpus: str, root: Path) -> Study:
    """The study of one corpus, read from its tables; `root` is the folder with params.yaml.

    Raises `InputError` where params.yaml does not list the corpus, a table is missing, or the manifest has no
    title.
    """
    params = read_params(root / "params.yaml")
    if corpus not in params.corpora:
        known = ", ".join(params.corpora)
        raise InputError(f"'{corpus}' is no corpus of params.yaml; it has {known}")
    declared = params.corpora[corpus]
    return Study(
        title=corpus_title(root / MANIFESTS / f"{corpus}.yaml"),
        constructed=declared.constructed,
        directed=declared.directed,
        tables=read_tables(root / TABLES / corpus, declared.directed),
        statistics=params.statistics,
    )


def corpus_title(manifest: Path) -> str:
    """The title of a corpus from its manifest; raises `InputError` where it has none."""
    declared = read_yaml(manifest)
    if "title" not in declared:
        raise InputError("is missing; captions name the corpus by it", str(manifest), field="title")
    return str(declared["title"])
