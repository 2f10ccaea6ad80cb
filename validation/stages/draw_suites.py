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
    write_citation,
    write_manifest,
)
from reframing.networks.processor import this_processor
from reframing.stages.running import run
from validation.planted.figures_of_plants import planted_confusion, planted_moves
from validation.suite_figure import scores

EFFECTS = Path("results/tables/effects")
FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")


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
    "effects": Suite(
        [
            Drawn(EFFECTS / "effects.csv", lambda table, params: effects(table, params.effects)),
            Drawn(EFFECTS / "moves.csv", lambda table, params: recognition(table, params.effects)),
        ],
        Path("src/reframing/figures/effect_rows.py"),
        ("effects", "effects-figures"),
        ("effects",),
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
    described = DESCRIBED / f"{name}.json"
    shown = {section: asdict(getattr(params, section)) for section in (*suite.params, "figures")}
    entries = []
    folder, authors = FIGURES / name, cited_authors()
    for table, made in suite.drawn:
        figure = made(pd.read_csv(table), params)
        entries.append(
            entry(
                figure,
                name,
                files=named(
                    [
                        *save(figure, folder, params.figures),
                        write_citation(figure, name, folder, reframing.__version__, authors),
                    ]
                ),
                inputs=named([table]),
                code=named([suite.code]),
                params={"seed": params.seed} | shown,
                stages=suite.stages,
                version=reframing.__version__,
                authors=authors,
                processor=this_processor(),
            )
        )
    write_manifest(entries, described)


if __name__ == "__main__":
    run(gold_figures)
