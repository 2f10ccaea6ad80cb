"""Stage `figures`: every figure of a corpus, from its tables.

`python -m reframing.stages.draw_figures CORPUS` draws results/tables/CORPUS/*.csv into
results/figures/CORPUS/ and writes results/manifests/CORPUS.json. DVC deletes outputs before a stage
runs, so the manifest that was published before is read from git.
"""

import dataclasses
from pathlib import Path
from typing import Any

import reframing
from reframing.documents.errors import InputError
from reframing.documents.params import Params, read_params
from reframing.figures.caption import Study
from reframing.figures.every import study_figures
from reframing.figures.figure import save
from reframing.figures.provenance import (
    cited_authors,
    entry,
    named,
    read_yaml,
    write_manifest,
)
from reframing.networks.processor import this_processor
from reframing.stages.running import run
from reframing.statistics.study_tables import read_tables

TABLES = Path("results/tables")
FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")
MANIFESTS = Path("data/manifests")
CODE = (Path("src/reframing/figures"), Path("src/reframing/statistics"))
STAGES = ("prepare", "annotate", "pair", "align", "compare", "statistics", "figures")


def figures(corpus: str) -> None:
    """Draw and describe every figure of one corpus."""
    params = read_params()
    if corpus not in params.corpora:
        raise InputError("is no corpus of params.yaml; add a line there", field=f"corpora.{corpus}")
    tables, folder = TABLES / corpus, FIGURES / corpus
    declared = MANIFESTS / f"{corpus}.yaml"
    study = Study(
        title=corpus_title(declared),
        constructed=params.corpora[corpus].constructed,
        directed=params.corpora[corpus].directed,
        tables=read_tables(tables, params.corpora[corpus].directed),
        statistics=params.statistics,
    )
    described = DESCRIBED / f"{corpus}.json"
    entries = [
        entry(
            figure,
            corpus,
            files=named(save(figure, folder, params.figures)),
            inputs=named([*tables.glob("*.csv"), declared]),
            code=named(path for source in CODE for path in source.glob("*.py")),
            params=_params_behind(corpus, params),
            stages=[f"{stage}@{corpus}" for stage in STAGES],
            version=reframing.__version__,
            authors=cited_authors(),
            processor=this_processor(),
        )
        for figure in study_figures(study)
    ]
    write_manifest(entries, described)


def corpus_title(manifest: Path) -> str:
    """The title that a corpus's manifest declares."""
    declared = read_yaml(manifest)
    if "title" not in declared:
        raise InputError("is missing; captions name the corpus by it", str(manifest), field="title")
    return str(declared["title"])


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
