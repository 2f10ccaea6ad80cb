"""Stage `manifest`: one manifest of all published figures.

`python -m reframing.stages.join_manifests` joins results/manifests/*.json into
results/figures/manifest.json.
"""

from collections.abc import Iterable
from pathlib import Path

from reframing.documents.errors import InputError
from reframing.figures.provenance import Entry, read_entries, write_manifest
from reframing.stages.running import run_whole

DESCRIBED = Path("results/manifests")
FIGURES = Path("results/figures")


def manifest() -> None:
    """Join the manifests of all corpora and benchmarks, sorted by figure."""
    entries = [entry for path in sorted(DESCRIBED.glob("*.json")) for entry in entries_of(path)]
    write_manifest(entries, FIGURES / "manifest.json")


def entries_of(path: Path) -> Iterable[Entry]:
    """The entries of one manifest; raises `InputError` if it is none."""
    if not path.is_file():
        raise InputError("is no regular file; run the stage `figures` again", str(path))
    try:
        return read_entries(path.read_text(encoding="utf8")).values()
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        problem = "is no manifest of figures; run the stage `figures` again"
        raise InputError(problem, str(path)) from error


if __name__ == "__main__":
    run_whole(manifest)
