"""Stage `manifest`: one manifest of all published figures.

`python -m reframing.stages.join_manifests` joins results/manifests/*.json into
results/figures/manifest.json.
"""

from pathlib import Path

from reframing.figures.provenance import read_entries, write_manifest

DESCRIBED = Path("results/manifests")
FIGURES = Path("results/figures")


def manifest() -> None:
    """Join the manifests of all corpora and benchmarks, sorted by figure."""
    entries = [
        entry
        for path in sorted(DESCRIBED.glob("*.json"))
        for entry in read_entries(path.read_text(encoding="utf8")).values()
    ]
    write_manifest(entries, FIGURES / "manifest.json")


if __name__ == "__main__":
    manifest()
