"""Where intermediates and results of a corpus lie, from the root on; which files can be read and written."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO

from reframing.documents.errors import InputError

CORPUS = "REFRAMING_CORPUS"
"""The environment variable that names the corpus of a notebook."""

JOBS_DIGITS = 4


def raw(corpus: str) -> Path:
    return Path("data/raw") / corpus


def articles(corpus: str) -> Path:
    return Path("data/interim") / corpus / "articles.parquet"


def dropped(corpus: str) -> Path:
    return Path("data/interim") / corpus / "dropped.parquet"


def annotations(corpus: str) -> Path:
    return Path("data/features") / corpus / "annotations.parquet"


def pairs(corpus: str) -> Path:
    return Path("data/features") / corpus / "pairs.parquet"


def alignments(corpus: str) -> Path:
    return Path("data/features") / corpus / "alignments.parquet"


def comparisons(corpus: str) -> Path:
    return Path("data/features") / corpus / "comparisons.parquet"


def split(corpus: str) -> Path:
    return Path("data/splits") / f"{corpus}.tsv"


def scores() -> Path:
    """The record of the gold suite."""
    return Path("results/validation.json")


def scores_table() -> Path:
    """The scores of the gold suite, a row a measure and system."""
    return Path("results/tables/validation.csv")


def perturbation() -> Path:
    """The record of the benchmark of planted changes."""
    return Path("results/perturbation.json")


def perturbation_table() -> Path:
    """Recall and precision of each move on planted changes."""
    return Path("results/tables/perturbation.csv")


def confusion_table() -> Path:
    """What was found where each move was planted."""
    return Path("results/tables/confusion.csv")


def faithful_table() -> Path:
    """Moves found in faithful rewrites and verbatim copies."""
    return Path("results/tables/faithful.csv")


def judged_table() -> Path:
    """Precision of the moves of real corpora, by corpus and move, as readers judged them."""
    return Path("results/tables/judged.csv")


def open_bytes(path: Path) -> IO[bytes]:
    """Open a regular file for reading in binary mode; raises `InputError` if that fails.

    A pipe or a device is refused unread, because it may never end or never begin.
    """
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            raise InputError("is a folder; name the files in it", str(path))
        if not S_ISREG(mode):
            raise InputError("is no regular file; write what it gives to one", str(path))
        return path.open("rb")
    except FileNotFoundError:
        raise InputError("there is no such file", str(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {reason}", str(path)) from error


def read_bytes(path: Path) -> bytes:
    """The content of a regular file; raises `InputError` as `open_bytes` does."""
    with open_bytes(path) as stream:
        return stream.read()


def check_output(path: Path, *suffixes: str) -> None:
    """Raise `InputError` if a file cannot be written to, or does not end in one of the suffixes."""
    if suffixes and path.suffix.lower() not in suffixes:
        raise InputError(f"must end in {' or '.join(suffixes)}", str(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if Path(os.path.realpath(path)).parent.is_dir():
            return
        problem = "the folder to write to does not exist; make it first"
        raise InputError(problem, str(path)) from None
    except (OSError, ValueError) as error:
        problem = f"cannot be written ({getattr(error, 'strerror', error)}); choose another place"
        raise InputError(problem, str(path)) from None
    if S_ISDIR(mode):
        raise InputError("is a folder; name a file to write to", str(path))
    if not S_ISREG(mode):
        raise InputError("is no regular file; choose another place", str(path))


def jobs() -> int:
    """Processes that a stage may use: REFRAMING_JOBS, or 0 for one a core; results are the same."""
    given = os.environ.get("REFRAMING_JOBS", "0")
    if not (given.isascii() and given.isdecimal() and len(given) <= JOBS_DIGITS):
        problem = f"must be a whole number from 0 to 9999, not '{given}'"
        raise InputError(problem, field="REFRAMING_JOBS")
    return int(given)
