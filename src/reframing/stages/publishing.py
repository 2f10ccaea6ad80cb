"""What every stage that draws figures does with one: save it, and describe it in the manifest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import reframing
from reframing.documents.params import read_params
from reframing.figures.figure import Figure, save
from reframing.figures.provenance import Entry, cited_authors, entry, named, write_citation
from reframing.networks.processor import this_processor

FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")


def published(
    figure: Figure,
    name: str,
    *,
    inputs: Iterable[Path],
    code: Iterable[Path],
    sections: Mapping[str, Any],
    stages: Sequence[str],
) -> Entry:
    """Save a figure with its citation to results/figures/NAME, and return its entry of the manifest.

    `sections` are the parts of params.yaml, by name, on which it depends besides the seed and the style.
    """
    params = read_params()
    shown = {section: asdict(values) for section, values in sections.items()}
    folder, authors = FIGURES / name, cited_authors()
    saved = save(figure, folder, params.figures)
    cited = write_citation(figure, name, folder, reframing.__version__, authors)
    return entry(
        figure,
        name,
        files=named([*saved, cited]),
        inputs=named(inputs),
        code=named(code),
        params={"seed": params.seed} | shown | {"figures": asdict(params.figures)},
        stages=stages,
        version=reframing.__version__,
        authors=authors,
        processor=this_processor(),
    )
