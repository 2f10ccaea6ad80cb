"""One corpus as the notebooks read it: its tables, parameters, manifest and intermediates.

Notebooks run in any folder of the repository, so paths begin at its root, which is where params.yaml is.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.files import CORPUS
from reframing.documents.params import read_params
from reframing.documents.records import Aligned, Annotation, Article, Pair, Studied
from reframing.documents.tables import read_records
from reframing.figures.caption import Study
from reframing.statistics.study_tables import read_tables

"""The environment variable that names the corpus."""

DEFAULT_CORPUS = "sample"


@dataclass(frozen=True, slots=True)
class OpenStudy(Study):
    """The tables of one corpus, with its name, the repository's root, the seed and its manifest."""

    corpus: str
    root: Path
    seed: int
    manifest: dict[str, Any]

    @property
    def articles(self) -> Iterator[Article]:
        return read_records(self.root / files.articles(self.corpus), Article)

    @property
    def annotations(self) -> Iterator[Annotation]:
        return read_records(self.root / files.annotations(self.corpus), Annotation)

    @property
    def pairs(self) -> Iterator[Pair]:
        return read_records(self.root / files.pairs(self.corpus), Pair)

    @property
    def aligned(self) -> Iterator[Aligned]:
        return read_records(self.root / files.alignments(self.corpus), Aligned)

    @property
    def studied(self) -> Iterator[Studied]:
        return read_records(self.root / files.comparisons(self.corpus), Studied)


def open_study(corpus: str | None = None) -> OpenStudy:
    """The corpus of that name, else of REFRAMING_CORPUS, else the sample.

    From then on JupyterLab takes no dollar sign in a table of pandas for a formula. Raises `InputError` where
    it is no corpus of params.yaml, or a table is missing.
    """
    import pandas as pd

    pd.set_option("display.html.use_mathjax", False)
    corpus = corpus or os.environ.get(CORPUS) or DEFAULT_CORPUS
    root = repository_root(Path.cwd())
    params = read_params(root / "params.yaml")
    if corpus not in params.corpora:
        known = ", ".join(params.corpora)
        raise InputError(f"'{corpus}' is no corpus of params.yaml; it has {known}")
    manifest = read_declared(root / "data" / "manifests" / f"{corpus}.yaml")
    return OpenStudy(
        title=manifest["title"],
        constructed=params.corpora[corpus].constructed,
        directed=params.corpora[corpus].directed,
        tables=read_tables(root / "results" / "tables" / corpus, params.corpora[corpus].directed),
        statistics=params.statistics,
        corpus=corpus,
        root=root,
        seed=params.seed,
        manifest=manifest,
    )


def repository_root(folder: Path) -> Path:
    """The nearest folder, from `folder` upwards, that holds params.yaml, as a path from `folder`."""
    for place in (folder, *folder.parents):
        if (place / "params.yaml").is_file():
            return Path(os.path.relpath(place, folder))
    raise InputError(
        "is in no folder above this notebook; open it inside the repository", "params.yaml"
    )


def read_declared(path: Path) -> dict[str, Any]:
    """What a corpus's manifest declares; at least its title."""
    from ruamel.yaml import YAML

    try:
        declared = dict(YAML(typ="safe").load(path.read_text(encoding="utf8")))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
    if "title" not in declared:
        raise InputError("is missing; pages name the corpus by it", str(path), field="title")
    return declared
