"""How a stage is run from the command line: bad input is one line and code 2."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reframing.documents.errors import InputError


def run_whole(stage: Callable[[], None]) -> None:
    """Run a stage that takes no corpus; bad input is one line and code 2."""
    try:
        stage()
    except InputError as error:
        print(f"reframing: {error}", file=sys.stderr)
        sys.exit(2)


def run(stage: Callable[[str], None]) -> None:
    """Run a stage for the corpus named on the command line; bad input is one line and code 2."""
    if len(sys.argv) != 2:
        print(f"usage: python -m reframing.stages.{Path(sys.argv[0]).stem} CORPUS", file=sys.stderr)
        sys.exit(2)
    run_whole(partial(stage, sys.argv[1]))
