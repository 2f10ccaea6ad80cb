"""Running a stage from the command line: bad input gives one line on standard error and exit code 2."""

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

from reframing.documents.errors import InputError
from reframing.documents.messages import BAD_INPUT, SIGNALLED, problem_of, warn


def run_whole(stage: Callable[[], None]) -> None:
    """Run a stage that takes no argument; bad input gives one line on standard error and exit code 2.

    So do a full disk, short memory and damaged files; a signal ends it after unfinished files are deleted.
    """
    signal.signal(signal.SIGTERM, _end)
    try:
        stage()
    except InputError as error:
        warn(str(error))
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(SIGNALLED + signal.SIGINT)
    except Exception as error:
        problem = problem_of(error)
        if problem is None:
            raise
        warn(problem)
        sys.exit(BAD_INPUT)


def _end(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(SIGNALLED + number)


def run(stage: Callable[[str], None]) -> None:
    """Run a stage for the corpus named on the command line; bad input gives one line and exit code 2."""
    if len(sys.argv) != 2:
        module = ".".join(Path(sys.argv[0]).with_suffix("").parts[-3:])
        print(f"usage: python -m {module} CORPUS", file=sys.stderr)
        sys.exit(BAD_INPUT)
    run_whole(partial(stage, sys.argv[1]))
