"""Stage `figures`: every figure of a corpus, from its tables.

`python -m reframing.stages.draw_figures CORPUS` draws results/tables/CORPUS/*.csv into
results/figures/CORPUS/ and writes results/manifests/CORPUS.json. Moves that readers seldom confirm
(results/tables/judged.csv) are marked. Of a corpus that was written for this project it also draws an example
pair, from its tidy tables and articles.
"""

from pathlib import Path
from typing import Any

from reframing.documents.files import judged_table
from reframing.documents.params import Params, read_params
from reframing.figures.example_pair import Tidy
from reframing.figures.gallery import TABLES, open_study, study_figures
from reframing.figures.provenance import MANIFESTS, write_manifest
from reframing.stages.publishing import DESCRIBED, published
from reframing.stages.running import run

CODE = (Path("src/reframing/figures"), Path("src/reframing/statistics"))
STAGES = ("prepare", "annotate", "pair", "align", "compare", "statistics", "figures")


def figures(corpus: str) -> None:
    """Draw every figure of a corpus and write their manifest; raises `InputError` for an unknown corpus."""
    params = read_params()
    study = open_study(corpus, Path())
    tables = TABLES / corpus
    judged = [judged_table()] if judged_table().is_file() else []
    shown = [] if study.example is None else [tables / f"{name}.parquet" for name in Tidy._fields]
    inputs = [*tables.glob("*.csv"), *judged, *shown, MANIFESTS / f"{corpus}.yaml"]
    entries = [
        published(
            figure,
            corpus,
            inputs=inputs,
            code=[path for source in CODE for path in source.glob("*.py")],
            sections=_sections_behind(corpus, params),
            stages=[f"{stage}@{corpus}" for stage in STAGES],
        )
        for figure in study_figures(study)
    ]
    write_manifest(entries, DESCRIBED / f"{corpus}.json")


def _sections_behind(corpus: str, params: Params) -> dict[str, Any]:
    """Every section of params.yaml that a figure of `corpus` can depend on."""
    return {
        "prepare": params.prepare,
        "annotate": params.annotate,
        "pair": params.pair,
        "study": params.study,
        "align": params.align,
        "compare": params.compare,
        "statistics": params.statistics,
        "corpus": params.corpora[corpus],
    }


if __name__ == "__main__":
    run(figures)
