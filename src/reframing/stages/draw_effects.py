"""Stage `effects-figures`: the figures of the corrected effects, and of how far they can be trusted.

`python -m reframing.stages.draw_effects` draws results/tables/effects, and the committed table of
benchmarks/coverage_corrected.py, into results/figures/effects/ and writes results/manifests/effects.json.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from reframing.documents.params import Params, read_params
from reframing.figures.effect_checks import coverage, specifications
from reframing.figures.effect_panels import laundering, prompts
from reframing.figures.effect_rows import effects, recognition
from reframing.figures.figure import Figure
from reframing.figures.provenance import MANIFESTS, corpus_title, write_manifest
from reframing.stages.publishing import DESCRIBED, published
from reframing.stages.running import run_whole

NAME = "effects"
TABLES = {
    name: Path(f"results/tables/effects/{name}.csv")
    for name in ("effects", "by_kind", "moves", "specifications")
} | {"coverage": Path("results/benchmarks/coverage_corrected.csv")}
CODE = Path("src/reframing/figures")

Tables = Mapping[str, pd.DataFrame]
Titles = Mapping[str, str]


class Drawn(NamedTuple):
    """One figure: the names of its tables, the function that makes it from them, and the module of that."""

    tables: tuple[str, ...]
    figure: Callable[[Tables, Params, Titles], Figure]
    module: str


DRAWN = (
    Drawn(
        ("effects",), lambda t, p, titles: effects(t["effects"], p.effects, titles), "effect_rows"
    ),
    Drawn(("moves",), lambda t, p, _: recognition(t["moves"], p.effects), "effect_rows"),
    Drawn(
        ("by_kind",),
        lambda t, p, titles: prompts(t["by_kind"], p.estimands, p.effects, titles),
        "effect_panels",
    ),
    Drawn(
        ("by_kind", "effects"),
        lambda t, p, titles: laundering(t["by_kind"], t["effects"], p.estimands, p.effects, titles),
        "effect_panels",
    ),
    Drawn(
        ("specifications", "effects"),
        lambda t, p, _: specifications(t["specifications"], t["effects"], p.effects),
        "effect_checks",
    ),
    Drawn(("coverage",), lambda t, *_: coverage(t["coverage"]), "effect_checks"),
)


def main() -> None:
    """Draw every figure and write their manifest."""
    params = read_params()
    tables = {name: pd.read_csv(path) for name, path in TABLES.items()}
    estimands = params.estimands
    corpora = dict.fromkeys(one.corpus for one in estimands.values())
    manifests = {corpus: MANIFESTS / f"{corpus}.yaml" for corpus in corpora}
    titles = {corpus: corpus_title(path) for corpus, path in manifests.items()}
    entries = [
        published(
            one.figure(tables, params, titles),
            NAME,
            inputs=[*(TABLES[name] for name in one.tables), *manifests.values()],
            code=[CODE / f"{one.module}.py"],
            sections={"effects": params.effects}
            | {f"estimands.{n}": e for n, e in estimands.items()},
            stages=("effects", "effects-figures"),
        )
        for one in DRAWN
    ]
    write_manifest(entries, DESCRIBED / f"{NAME}.json")


if __name__ == "__main__":
    run_whole(main)
