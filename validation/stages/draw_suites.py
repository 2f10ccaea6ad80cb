"""Stages `validation-figure` and `perturbation-figures`: draw figures and describe them.

`python -m validation.stages.draw_suites SUITE`, where SUITE is `validation` or `perturbation`, draws its tables
into results/figures/SUITE/ and writes results/manifests/SUITE.json.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import Params, read_params
from reframing.figures.figure import Figure
from reframing.figures.provenance import write_manifest
from reframing.stages.publishing import DESCRIBED, published
from reframing.stages.running import run
from validation.planted.figures_of_plants import planted_misses, planted_moves
from validation.replication_figure import exaggeration
from validation.suite_figure import scores

REPLICATIONS = Path("results/tables/replications.csv")


class Drawn(NamedTuple):
    """One figure: its tables, what makes it from them and the parameters, its code, and their stage."""

    tables: Sequence[Path]
    figure: Callable[..., Figure]
    code: Path
    stage: str

    def make(self, root: Path, params: Params) -> Figure:
        """The figure, from its tables below `root`."""
        return self.figure(*[pd.read_csv(root / table) for table in self.tables], params)


class Suite(NamedTuple):
    """The figures of a benchmark, with the stage that draws them and the parameters that they name."""

    drawn: Sequence[Drawn]
    stage: str
    params: Sequence[str]


_PLANTS = Path("validation/planted/figures_of_plants.py")

SUITES = {
    "validation": Suite(
        [
            Drawn(
                [files.scores_table()],
                lambda table, params: scores(table, params.validate),
                Path("validation/suite_figure.py"),
                "validate",
            ),
            Drawn(
                [REPLICATIONS],
                lambda table, params: exaggeration(table, params.validate),
                Path("validation/replication_figure.py"),
                "replications",
            ),
        ],
        "validation-figure",
        ("validate",),
    ),
    "perturbation": Suite(
        [
            Drawn(
                [files.perturbation_table()],
                lambda table, params: planted_moves(table, params.perturb, params.validate),
                _PLANTS,
                "perturb",
            ),
            Drawn(
                [files.confusion_table(), files.perturbation_table()],
                lambda confusion, table, _: planted_misses(confusion, table),
                _PLANTS,
                "perturb",
            ),
        ],
        "perturbation-figures",
        ("perturb", "validate"),
    ),
}


def gold_figures(name: str) -> None:
    """Draw the figures of a suite and write their manifest; raises `InputError` for an unknown suite."""
    if name not in SUITES:
        raise InputError(f"is no suite; expected {' or '.join(SUITES)}", field=name)
    suite = SUITES[name]
    params = read_params()
    entries = [
        published(
            drawn.make(Path(), params),
            name,
            inputs=drawn.tables,
            code=[drawn.code],
            sections={section: getattr(params, section) for section in suite.params},
            stages=(drawn.stage, suite.stage),
        )
        for drawn in suite.drawn
    ]
    write_manifest(entries, DESCRIBED / f"{name}.json")


if __name__ == "__main__":
    run(gold_figures)
