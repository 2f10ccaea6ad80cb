"""All figures of a study; to add one, write its function and list it in `FIGURES`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reframing.documents.errors import InputError
from reframing.documents.files import articles, judged_table
from reframing.documents.params import CorpusParams, read_params
from reframing.documents.records import Article
from reframing.documents.tables import read_records
from reframing.documents.tidy import load, load_results
from reframing.figures.caption import Study
from reframing.figures.corpus_flow import flow
from reframing.figures.example_pair import Tidy, example, example_rows
from reframing.figures.fate_panels import attribution, quotes
from reframing.figures.figure import Figure
from reframing.figures.move_rates import moves
from reframing.figures.paired import certainty, tone
from reframing.figures.provenance import MANIFESTS, corpus_title
from reframing.figures.quotation_drift import drift
from reframing.figures.survival_odds import survival
from reframing.statistics.study_tables import read_tables

if TYPE_CHECKING:
    import pandas as pd

TABLES = Path("results/tables")

FIGURES: tuple[Callable[[Study], Figure], ...] = (
    survival,
    certainty,
    attribution,
    quotes,
    drift,
    tone,
    moves,
    flow,
    example,
)


def study_figures(study: Study) -> list[Figure]:
    """Every figure of one corpus; some only where pairs have a direction, or only where some have none.

    The figure `example` shows text: it is of constructed corpora alone.
    """
    absent = set() if study.directed else {certainty, tone}
    if study.directed and not (study.tables["drift"]["condition"] == "revision").any():
        absent.add(drift)
    if not study.constructed or study.example is None:
        absent.add(example)
    return [build(study) for build in FIGURES if build not in absent]


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
        judged=load_results("judged", root) if (root / judged_table()).is_file() else None,
        example=_example(corpus, declared, root),
    )


def _example(corpus: str, declared: CorpusParams, root: Path) -> "pd.DataFrame | None":
    """Rows of one pair with their words, where the corpus was written for this project and its pairs have a
    direction; None where its articles are not on this machine.

    Of other corpora no text is opened.
    """
    path = root / articles(corpus)
    if not (declared.constructed and declared.directed and path.exists()):
        return None
    texts = {article.id: article.text for article in read_records(path, Article)}
    return example_rows(Tidy(*(load(name, corpus, root=root) for name in Tidy._fields)), texts)
