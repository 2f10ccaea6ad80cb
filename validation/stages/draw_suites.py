"""Stages `validation-figure`, `perturbation-figures` and `effects-figures`: draw figures and describe them.

`python -m validation.stages.draw_suites SUITE`, where SUITE is `validation`, `perturbation` or `effects`, draws
its tables into results/figures/SUITE/ and writes results/manifests/SUITE.json.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import reframing
from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import Params, read_params
from reframing.figures.effect_rows import effects, recognition
from reframing.figures.figure import Figure, save
from reframing.figures.provenance import (
    cited_authors,
    entry,
    named,
    write_manifest,
)
from reframing.networks.processor import this_processor
from reframing.stages.running import run
from validation.planted.figures_of_plants import planted_confusion, planted_moves
from validation.replication_figure import exaggeration
from validation.suite_figure import scores

EFFECTS = Path("results/tables/effects")
REPLICATIONS = Path("results/tables/replications.csv")
FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")


class Drawn(NamedTuple):
    """One figure: its table, the function that makes the figure from it, the code, and the table's stage."""

    table: Path
    figure: Callable[[pd.DataFrame, Params], Figure]
    code: Path
    stage: str


class Suite(NamedTuple):
    """The figures of a benchmark, with the stage that draws them and the parameters that they name."""

    drawn: Sequence[Drawn]
    stage: str
    params: Sequence[str]


_EFFECT_ROWS = Path("src/reframing/figures/effect_rows.py")
_PLANTS = Path("validation/planted/figures_of_plants.py")

SUITES = {
    "validation": Suite(
        [
            Drawn(
                files.scores_table(),
                lambda table, params: scores(table, params.validate),
                Path("validation/suite_figure.py"),
                "validate",
            ),
            Drawn(
                REPLICATIONS,
                lambda table, params: exaggeration(table, params.validate),
                Path("validation/replication_figure.py"),
                "replications",
            ),
        ],
        "validation-figure",
        ("validate",),
    ),
    "effects": Suite(
        [
            Drawn(
                EFFECTS / "effects.csv",
                lambda table, params: effects(table, params.effects),
                _EFFECT_ROWS,
                "effects",
            ),
            Drawn(
                EFFECTS / "moves.csv",
                lambda table, params: recognition(table, params.effects),
                _EFFECT_ROWS,
                "effects",
            ),
        ],
        "effects-figures",
        ("effects",),
    ),
    "perturbation": Suite(
        [
            Drawn(
                files.perturbation_table(),
                lambda table, params: planted_moves(table, params.perturb, params.validate),
                _PLANTS,
                "perturb",
            ),
            Drawn(
                files.confusion_table(),
                lambda table, _: planted_confusion(table),
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
    described = DESCRIBED / f"{name}.json"
    shown = {section: asdict(getattr(params, section)) for section in (*suite.params, "figures")}
    entries = []
    for drawn in suite.drawn:
        figure = drawn.figure(pd.read_csv(drawn.table), params)
        entries.append(
            entry(
                figure,
                name,
                files=named(save(figure, FIGURES / name, params.figures)),
                inputs=named([drawn.table]),
                code=named([drawn.code]),
                params={"seed": params.seed} | shown,
                stages=(drawn.stage, suite.stage),
                version=reframing.__version__,
                authors=cited_authors(),
                processor=this_processor(),
            )
        )
    write_manifest(entries, described)


if __name__ == "__main__":
    run(gold_figures)
