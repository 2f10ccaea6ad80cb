"""Stage `figures`: every figure of a corpus, from its tables.

`python -m reframing.stages.draw_figures CORPUS` draws results/tables/CORPUS/*.csv into
results/figures/CORPUS/ and writes results/manifests/CORPUS.json.
"""

import dataclasses
from pathlib import Path
from typing import Any

import reframing
from reframing.documents.params import Params, read_params
from reframing.figures.figure import save
from reframing.figures.gallery import MANIFESTS, TABLES, open_study, study_figures
from reframing.figures.provenance import (
    cited_authors,
    entry,
    named,
    write_citation,
    write_manifest,
)
from reframing.networks.processor import this_processor
from reframing.stages.running import run

FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")
CODE = (Path("src/reframing/figures"), Path("src/reframing/statistics"))
STAGES = ("prepare", "annotate", "pair", "align", "compare", "statistics", "figures")


def figures(corpus: str) -> None:
    """Draw every figure of a corpus and write their manifest; raises `InputError` for an unknown corpus."""
    params = read_params()
    study = open_study(corpus, Path())
    tables, folder = TABLES / corpus, FIGURES / corpus
    declared = MANIFESTS / f"{corpus}.yaml"
    described = DESCRIBED / f"{corpus}.json"
    authors = cited_authors()
    entries = [
        entry(
            figure,
            corpus,
            files=named(
                [
                    *save(figure, folder, params.figures),
                    write_citation(figure, corpus, folder, reframing.__version__, authors),
                ]
            ),
            inputs=named([*tables.glob("*.csv"), declared]),
            code=named(path for source in CODE for path in source.glob("*.py")),
            params=_params_behind(corpus, params),
            stages=[f"{stage}@{corpus}" for stage in STAGES],
            version=reframing.__version__,
            authors=authors,
            processor=this_processor(),
        )
        for figure in study_figures(study)
    ]
    write_manifest(entries, described)


def _params_behind(corpus: str, params: Params) -> dict[str, Any]:
    """Every parameter that a figure of `corpus` can depend on."""
    sections: dict[str, Any] = {
        "prepare": params.prepare,
        "annotate": params.annotate,
        "pair": params.pair,
        "study": params.study,
        "align": params.align,
        "compare": params.compare,
        "statistics": params.statistics,
        "figures": params.figures,
        "corpus": params.corpora[corpus],
    }
    return {"seed": params.seed} | {name: dataclasses.asdict(s) for name, s in sections.items()}


if __name__ == "__main__":
    run(figures)
