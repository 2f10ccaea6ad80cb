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
from validation.planted.figures_of_plants import planted_confusion, planted_moves
from validation.suite_figure import scores


class Drawn(NamedTuple):
    """One figure: its table, and the function that makes the figure from it."""

    table: Path
    figure: Callable[[pd.DataFrame, Params], Figure]


class Suite(NamedTuple):
    """The figures of a benchmark, with the code, stages and parameters that their manifest names."""

    drawn: Sequence[Drawn]
    code: Path
    stages: Sequence[str]
    params: Sequence[str]


SUITES = {
    "validation": Suite(
        [Drawn(files.scores_table(), lambda table, params: scores(table, params.validate))],
        Path("validation/suite_figure.py"),
        ("validate", "validation-figure"),
        ("validate",),
    ),
    "perturbation": Suite(
        [
            Drawn(
                files.perturbation_table(),
                lambda table, params: planted_moves(table, params.perturb, params.validate),
            ),
            Drawn(files.confusion_table(), lambda table, _: planted_confusion(table)),
        ],
        Path("validation/planted/figures_of_plants.py"),
        ("perturb", "perturbation-figures"),
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
            made(pd.read_csv(table), params),
            name,
            inputs=[table],
            code=[suite.code],
            sections={section: getattr(params, section) for section in suite.params},
            stages=suite.stages,
        )
        for table, made in suite.drawn
    ]
    write_manifest(entries, DESCRIBED / f"{name}.json")


if __name__ == "__main__":
    run(gold_figures)
