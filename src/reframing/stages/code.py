"""Stage `code`: a digest of the code that each stage runs, on which the stage depends.

`python -m reframing.stages.code` writes data/interim/code.json: by the name of a module in
`reframing.stages`, the digest of all that it runs, the imports of the notebooks that it executes included.
"""

import json
from pathlib import Path

from reframing.source_code import PACKAGE, digest, notebook_modules

DIGESTS = Path("data/interim/code.json")
NOTEBOOKS = {
    "notebooks": (Path("notebooks"), Path("notebooks/versions")),
    "trust": (Path("notebooks/validation"),),
}
"""The folders whose notebooks a stage executes, by the stage's module."""


def main() -> None:
    names = sorted(path.stem for path in (PACKAGE / "stages").glob("[!_]*.py"))
    digests = {name: digest(modules(name)) for name in names}
    DIGESTS.parent.mkdir(parents=True, exist_ok=True)
    DIGESTS.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf8")


def modules(name: str) -> list[str]:
    """What the stage in module `name` begins with: itself, and what its notebooks import."""
    folders = NOTEBOOKS.get(name, ())
    return [
        f"reframing.stages.{name}",
        *(m for folder in folders for m in notebook_modules(folder)),
    ]


if __name__ == "__main__":
    main()
