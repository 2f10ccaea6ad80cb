"""Stage `validation-figure`: draw the scores of the gold suite, described like every figure.

`python -m reframing.stages.validation_figure` draws results/tables/validation.csv into
results/figures/validation/ and writes results/manifests/validation.json.
"""

from dataclasses import asdict
from pathlib import Path

import pandas as pd

import reframing
from reframing.figures.figure import save
from reframing.figures.manifest import entry, read_manifest, write_manifest
from reframing.params import read_params
from reframing.stages import files
from reframing.stages.provenance import cited_authors, from_git, named
from reframing.validation.figure import scores

NAME = "validation"
FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")
CODE = Path("src/reframing/validation/figure.py")
STAGES = ("validate", "validation-figure")


def main() -> None:
    params = read_params()
    figure = scores(pd.read_csv(files.scores_table()), params.validate)
    described = DESCRIBED / f"{NAME}.json"
    published = read_manifest(from_git("show", f"HEAD:{described.as_posix()}"))
    described_figure = entry(
        figure,
        NAME,
        files=named(save(figure, FIGURES / NAME, params.figures)),
        inputs=named([files.scores_table()]),
        code=named([CODE]),
        params={"seed": params.seed, "validate": asdict(params.validate)}
        | {"figures": asdict(params.figures)},
        stages=STAGES,
        version=reframing.__version__,
        authors=cited_authors(),
        previous=published.get(f"{NAME}/{figure.name}"),
        commit=(from_git("rev-parse", "HEAD") or "").strip() or None,
    )
    write_manifest([described_figure], described)


if __name__ == "__main__":
    files.run_whole(main)
