"""Running a stage from the command line: bad input gives one line on standard error and exit code 2."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reframing.documents.errors import InputError


def run_whole(stage: Callable[[], None]) -> None:
    """Run a stage that takes no argument; bad input gives one line on standard error and exit code 2."""
    try:
        stage()
    except InputError as error:
        print(f"reframing: {error}", file=sys.stderr)
        sys.exit(2)


def run(stage: Callable[[str], None]) -> None:
    """Run a stage for the corpus named on the command line; bad input gives one line and exit code 2."""
    if len(sys.argv) != 2:
        module = ".".join(Path(sys.argv[0]).with_suffix("").parts[-3:])
        print(f"usage: python -m {module} CORPUS", file=sys.stderr)
        sys.exit(2)
    run_whole(partial(stage, sys.argv[1]))
