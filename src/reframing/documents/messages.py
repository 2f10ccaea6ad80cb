"""Messages of one line: what of a text may reach a terminal, what errors of the system mean, and exit codes."""

import os
import sys
import unicodedata
from contextlib import suppress

BAD_INPUT = 2
"""The exit code for input that cannot be used."""

SIGNALLED = 128
"""An exit code above it is the number of the signal that ended the process, such as 130 for Ctrl-C."""

LONGEST = 600
"""Characters of a message; of a longer one the beginning and the end are shown."""

CONTROLS = r"\x00-\x1f\x7f-\x9f"
"""Control characters, as ranges of a regular expression: line breaks, and what commands a terminal."""

TURNING = r"\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of what follows them, or end that, as ranges of a regular expression."""

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    r"""Text as one line that any terminal shows as it is: what is invisible or a command becomes an escape.

    Blanks and line breaks become one blank; controls, marks of direction and halves of surrogate pairs are
    escaped.

    >>> visible("a\x1b[2J\n b\u202e")
    'a\\x1b[2J b\\u202e'
    """
    line = "".join(map(_seen, " ".join(text.split())))
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST * 2 // 3]} … {line[-LONGEST // 3 :]}"


def _seen(character: str) -> str:
    unseen = unicodedata.category(character) in _UNSEEN
    return ascii(character)[1:-1] if unseen else character


def warn(problem: str) -> None:
    """Write one line on standard error, where there is one."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"reframing: {visible(problem)}\n")
        sys.stderr.flush()


def problem_of(error: BaseException) -> str | None:
    """What a user can do about an error of the system or of a file; None if it is a defect of the program."""
    if isinstance(error, UnicodeDecodeError):
        return f"a file is not UTF-8 (byte 0x{error.object[error.start]:02x}); convert it"
    if isinstance(error, MemoryError):
        return "memory is short; give fewer or smaller records at a time"
    if isinstance(error, RecursionError):
        return "the input is nested too deeply; write it flatter"
    if isinstance(error, OSError):
        name = error.filename
        where = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else "output"
        return f"{where}: {error.strerror or error}"
    if type(error).__module__.partition(".")[0] == "pyarrow":
        return f"a Parquet table cannot be used: {str(error).partition(chr(10))[0]}"
    return None
