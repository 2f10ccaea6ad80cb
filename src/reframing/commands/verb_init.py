"""`reframing study init` and `remove`: a study in a folder of its own, and a corpus taken away again."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from glob import escape
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

import reframing
from reframing.commands.batch import check_standard_output
from reframing.commands.verb_study import (
    MANIFESTS,
    Corpus,
    known_corpora,
    no_corpus,
)
from reframing.documents.errors import InputError
from reframing.documents.files import read_bytes
from reframing.documents.messages import visible
from reframing.documents.writers import replacing
from reframing.reading.fields import decode
from reframing.stages.pipeline import alone, pipeline_held

REPOSITORY = Path(reframing.__file__).resolve().parents[2]
"""The clone that the package runs from: its pipeline, parameters and notebooks are what a study begins with."""

STAGES = ("code", "fetch", "prepare", "annotate", "pair", "align", "compare", "statistics", "figures",
          "notebooks", "manifest")  # fmt: skip
JUDGED = "results/tables/judged.csv"
"""How often each move was right where readers judged it: notebooks show it beside the rates of a study."""

IGNORED = "/data/raw\n/data/interim\n/data/features\n/.dvc/cache\n/.dvc/tmp\n"
CITATION = (
    "cff-version: 1.2.0\nmessage: Cite this study.\ntitle: {name}\nauthors:\n  - name: Unnamed\n"
)
PLACES = (
    "data/raw",
    "data/interim",
    "data/features",
    "results/tables",
    "results/figures",
    "results/notebooks",
)

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="Where; it must not be there.", show_default=False),
]


def init(folder: Folder) -> None:
    """Begin a study in a folder of its own. It has parameters, pipeline and notebooks to change.

    The other commands of `reframing study` work in it; deleting the folder removes the study.

    Example: reframing study init ferries
    """
    check_standard_output()
    if os.path.lexists(folder):
        raise InputError("is there already; choose another place", str(folder))
    parents = Path(os.path.realpath(folder)).parents
    try:
        above = [place for place in parents if (place / "params.yaml").is_file()]
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", str(folder)) from error
    if above:
        problem = f"would lie inside the study {above[0].name}; choose a place outside"
        raise InputError(problem, str(folder))
    made = folder.with_name(f".{folder.name}.{uuid4().hex}.part")
    try:
        _remove_unfinished(folder)
        made.mkdir()
        with alone(made):
            _lay_out(made, folder.name)
            made.rename(folder)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(folder)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    typer.echo(
        f"{visible(str(folder))}: made. Next: cd {folder} && reframing study add NAME FILES..."
    )


def _remove_unfinished(folder: Path) -> None:
    """Remove what killed processes left of the same study; those that are at work hold theirs."""
    unfinished = f".{escape(folder.name)}.{'?' * len(uuid4().hex)}.part"
    for left in folder.parent.glob(unfinished):
        with suppress(InputError, FileNotFoundError), alone(left, occupied=""):
            shutil.rmtree(left, ignore_errors=True)


def _lay_out(folder: Path, name: str) -> None:
    (folder / "data/manifests").mkdir(parents=True)
    (folder / "params.yaml").write_text(_params(), encoding="utf8")
    (folder / "dvc.yaml").write_text(_pipeline(), encoding="utf8")
    (folder / "CITATION.cff").write_text(CITATION.format(name=name), encoding="utf8")
    (folder / ".gitignore").write_text(IGNORED, encoding="utf8")
    judged = REPOSITORY / JUDGED
    (folder / JUDGED).parent.mkdir(parents=True)
    shutil.copyfile(judged, folder / JUDGED)
    for notebook in _notebooks():
        place = folder / notebook.relative_to(REPOSITORY)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(notebook, place)
    command = [sys.executable, "-m", "dvc", "init", "--quiet", "--no-scm"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(f"dvc failed: {done.stderr.strip()}", name)


def _notebooks() -> Iterator[Path]:
    """The notebooks about a corpus, not those about the measures or about several corpora."""
    for path in sorted((REPOSITORY / "notebooks").rglob("*.ipynb")):
        if not {"effects", "validation", ".ipynb_checkpoints"} & set(path.parts):
            yield path


def _params() -> str:
    """The repository's params.yaml with its comments, without its corpora, gold, readings and estimands."""
    text = (REPOSITORY / "params.yaml").read_text(encoding="utf8")
    for section in ("corpora", "gold", "estimands"):
        text = _emptied(text, section)
    return re.sub(r"^  reads: {.*}.*$", "  reads: {}  # such as my-corpus: 300", text, flags=re.M)


def _emptied(params: str, section: str) -> str:
    """A params.yaml whose section, a block of lines, has no entry."""
    lines = params.splitlines(keepends=True)
    first = lines.index(f"{section}:\n")
    end = next(n for n in range(first + 1, len(lines)) if not lines[n].startswith(("  ", "\n")))
    kept = [line for line in lines[first + 1 : end] if not line.startswith("  ")]
    return "".join([*lines[:first], f"{section}: {{}}\n", *kept, *lines[end:]])


def _pipeline() -> str:
    """The stages of a study, as the repository has them; networks and code are those that are installed."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 200
    given = yaml.load((REPOSITORY / "dvc.yaml").read_text(encoding="utf8"))
    stages: dict[str, Any] = {name: given["stages"][name] for name in STAGES}
    for stage in stages.values():
        run: dict[str, Any] = stage.get("do", stage)
        run["deps"] = [dep for dep in run["deps"] if not _is_of_the_repository(str(dep))]
    code = stages["code"]
    code.insert(1, "always_changed", True)
    out = io.StringIO()
    out.write(
        "# One block a stage, for each corpus of params.yaml; `reframing study reproduce` runs them.\n"
    )
    yaml.dump({"stages": stages}, out)
    return out.getvalue()


def _is_of_the_repository(dep: str) -> bool:
    return dep.startswith(("models/", "src/", "validation"))


RUNNING = "another `reframing study` runs here; wait until it has ended, or stop it"


def remove(corpus: Corpus) -> None:
    """Take a corpus away, and all that was made of it. The files that it was added from stay.

    Example: reframing study remove mine
    """
    check_standard_output()
    known_corpora()
    with pipeline_held(RUNNING), alone(MANIFESTS):
        _take_away(corpus)
    typer.echo(f"{corpus}: removed")


def _take_away(corpus: str) -> None:
    known = known_corpora()
    if corpus not in known:
        raise no_corpus(corpus, known)
    if known[corpus].reader != "articles" or known[corpus].constructed:
        raise InputError(f"'{corpus}' was not added by `reframing study add`", "params.yaml")
    params = Path("params.yaml")
    text = params.read_bytes().decode("utf8")
    lines = text.splitlines(keepends=True)
    of_corpus = [
        n for n, line in enumerate(lines) if line.strip().startswith(f"{corpus}: {{reader:")
    ]
    if len(of_corpus) != 1:
        raise InputError("has no line of its own for it; take it out by hand", str(params))
    del lines[of_corpus[0]]
    lock = Path("dvc.lock")
    made = {params: _still_a_mapping("".join(lines)).encode(), lock: _without(lock, corpus)}
    # Both are written before anything is deleted, so that a full disk changes nothing, and replaced after it,
    # params.yaml last, so that the same command finishes what was ended before.
    with ExitStack() as both:
        for path, content in made.items():
            if content is not None:
                file = both.enter_context(replacing(path))
                file.write(content)
                file.flush()
        for place in PLACES:
            shutil.rmtree(Path(place) / corpus, ignore_errors=True)
        Path(f"results/manifests/{corpus}.json").unlink(missing_ok=True)
        Path(f"data/manifests/{corpus}.yaml").unlink(missing_ok=True)


def _still_a_mapping(params: str) -> str:
    """The text of a params.yaml in which `corpora` without an entry is an empty mapping."""
    lines = params.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.rstrip() == "corpora:"), None)
    if first is not None and not any(
        line.startswith(" ") and not line.strip().startswith("#") and line.strip()
        for line in _until_next_key(lines[first + 1 :])
    ):
        lines[first] = "corpora: {}\n"
    return "".join(lines)


def _until_next_key(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line[:1] not in (" ", "\n", "#", ""):
            return
        yield line


def _without(lock: Path, corpus: str) -> bytes | None:
    """A lock of DVC without the stages of a corpus; None where there is no lock.

    Raises `InputError` if it cannot be read.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if not os.path.lexists(lock):
        return None
    yaml = YAML()
    yaml.width = 1000
    try:
        held = yaml.load(decode(read_bytes(lock)))
        stages = held.get("stages", {})
        for name in [name for name in stages if name.partition("@")[2] == corpus]:
            del stages[name]
    except InputError as error:
        raise error.within(str(lock)) from None
    except (YAMLError, AttributeError, RecursionError, ValueError) as error:
        problem = "is no lock of DVC; put the last whole one in its place, or delete it"
        raise InputError(problem, str(lock)) from error
    out = io.BytesIO()
    yaml.dump(held, out)
    return out.getvalue()
