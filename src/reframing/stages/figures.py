"""Stage `figures`: every figure of a corpus, from its tables.

`python -m reframing.stages.figures CORPUS` draws results/tables/CORPUS/*.csv into
results/figures/CORPUS/ and writes results/manifests/CORPUS.json. DVC deletes outputs before a stage
runs, so the manifest that was published before is read from git.
"""

import dataclasses
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import reframing
from reframing.errors import InputError
from reframing.figures import Study, save, study_figures
from reframing.figures.manifest import entry, read_manifest, write_manifest
from reframing.params import Params, read_params
from reframing.stages import files
from reframing.statistics.files import read_tables

TABLES = Path("results/tables")
FIGURES = Path("results/figures")
DESCRIBED = Path("results/manifests")
MANIFESTS = Path("data/manifests")
CITATION = Path("CITATION.cff")
CODE = (Path("src/reframing/figures"), Path("src/reframing/statistics"))
STAGES = ("prepare", "annotate", "pair", "align", "compare", "statistics", "figures")


def figures(corpus: str) -> None:
    """Draw and describe every figure of one corpus."""
    params = read_params()
    if corpus not in params.corpora:
        raise InputError("is no corpus of params.yaml; add a line there", field=f"corpora.{corpus}")
    tables, folder = TABLES / corpus, FIGURES / corpus
    declared = MANIFESTS / f"{corpus}.yaml"
    title, constructed = corpus_title(declared), params.corpora[corpus].constructed
    study = Study(title, constructed, read_tables(tables), params.statistics)
    described = DESCRIBED / f"{corpus}.json"
    published = read_manifest(_git("show", f"HEAD:{described.as_posix()}"))
    commit = (_git("rev-parse", "HEAD") or "").strip() or None
    entries = [
        entry(
            figure,
            corpus,
            files=_named(save(figure, folder, params.figures)),
            inputs=_named([*tables.glob("*.csv"), declared]),
            code=_named(path for source in CODE for path in source.glob("*.py")),
            params=_params_behind(corpus, params),
            stages=[f"{stage}@{corpus}" for stage in STAGES],
            version=reframing.__version__,
            authors=cited_authors(),
            previous=published.get(f"{corpus}/{figure.name}"),
            commit=commit,
        )
        for figure in study_figures(study)
    ]
    write_manifest(entries, described)


def corpus_title(manifest: Path) -> str:
    """The title that a corpus's manifest declares."""
    declared = _yaml(manifest)
    if "title" not in declared:
        raise InputError("is missing; captions name the corpus by it", str(manifest), field="title")
    return str(declared["title"])


def cited_authors() -> list[str]:
    """Authors as CITATION.cff names them."""
    authors = _yaml(CITATION).get("authors", [])
    names = ((author.get("family-names"), author.get("given-names")) for author in authors)
    entities = (f"{{{author['name']}}}" if "name" in author else "" for author in authors)
    return [
        entity or ", ".join(part for part in name if part)
        for name, entity in zip(names, entities, strict=True)
    ]


def _params_behind(corpus: str, params: Params) -> dict[str, Any]:
    """Every parameter that a figure of `corpus` can depend on."""
    behind = dataclasses.asdict(params)
    corpora = behind.pop("corpora")
    return behind | {"corpus": corpora[corpus]}


def _named(paths: Iterable[Path]) -> dict[str, Path]:
    return {path.as_posix(): path for path in paths}


def _yaml(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML

    try:
        return dict(YAML(typ="safe").load(path.read_text(encoding="utf8")))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def _git(*command: str) -> str | None:
    """What a git command prints; None where git, the repository or the object is not there."""
    try:
        done = subprocess.run(["git", *command], capture_output=True, text=True, encoding="utf8")
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


if __name__ == "__main__":
    files.run(figures)
