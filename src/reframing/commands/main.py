"""The process `reframing`: signals and standard streams, one-line errors, and exit codes (2 for bad input).

Nothing slow is imported here before an interrupt has an answer of one line or none.
"""

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import IO, NoReturn

from reframing.documents.messages import BAD_INPUT, SIGNALLED

READER_GONE = 1
INTERRUPTED = SIGNALLED + signal.SIGINT
ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Signals that end the process, after it has deleted what is unfinished."""


def main() -> None:
    """Run with the arguments of the process and exit."""
    hold_streams()
    _on_signals(_end_at_once)
    import reframing.commands.application  # noqa: F401

    _on_signals(_end_in_order)
    code = run(sys.argv[1:])
    _on_signals(_end_at_once)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; errors that a user can cause are reported, not raised."""
    from typer import Abort
    from typer.exceptions import TyperException

    from reframing.commands.application import app, usage_problem
    from reframing.documents.errors import InputError
    from reframing.documents.messages import problem_of

    try:
        code = app(list(arguments) or ["--help"], prog_name="reframing", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return READER_GONE
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else READER_GONE
    except InputError as error:
        return _failed(str(error))
    except TyperException as error:
        return _failed(usage_problem(error))
    except (KeyboardInterrupt, Abort):
        code = INTERRUPTED
    except Exception as error:
        problem = problem_of(error)
        if problem is None:
            raise
        _discard_output()
        return _failed(problem)
    if isinstance(code, int) and code > SIGNALLED:
        _failed("interrupted; what was complete stays")
    return code if isinstance(code, int) else 0


def _failed(problem: str) -> int:
    """Report the problem in one line on standard error; returns the exit code for bad input."""
    from reframing.documents.messages import warn

    warn(problem)
    return BAD_INPUT


# Signals.


def _on_signals(handler: "signal._HANDLER") -> None:
    """Let a handler answer the signals that end the process, except those that its parent has turned off."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _end_at_once(number: int, _: FrameType | None) -> None:
    """End without a word: nothing is unfinished yet, or the user does not want to wait for order."""
    os._exit(SIGNALLED + number)


def _end_in_order(number: int, _: FrameType | None) -> None:
    """End by an exception, so that unfinished files are deleted; a second signal ends at once."""
    _on_signals(_end_at_once)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(SIGNALLED + number)


# Standard streams.


class ClosedOutput(io.TextIOBase):
    """A standard output that is closed: whoever writes is told, so that nothing is lost without a word."""

    def write(self, _: str) -> NoReturn:
        from reframing.documents.errors import InputError

        raise InputError("standard output is closed; write to a file with --out")

    @property
    def buffer(self) -> IO[bytes]:
        return self.write("")


def hold_streams() -> None:
    """Let every text be written in any encoding, and no file take the number of a stream that is closed."""
    for number, mode in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, mode), True)
    if sys.stdout is None:
        sys.stdout = ClosedOutput()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Discard what a standard output does not take any more, so that exit is quiet."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
