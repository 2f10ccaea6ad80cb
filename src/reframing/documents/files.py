"""Where intermediates and results of a corpus lie, from the root on; how a file that a user named is opened."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO

from reframing.documents.errors import InputError

CORPUS = "REFRAMING_CORPUS"
"""The environment variable that names the corpus of a notebook."""


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
    """Open a regular file for reading in binary mode; raises `InputError`, without the file, if that fails.

    A pipe or a device is refused unread, because it may never end or never begin.
    """
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            raise InputError("is a folder; name the files in it")
        if not S_ISREG(mode):
            raise InputError("is no regular file; write what it gives to one")
        return path.open("rb")
    except FileNotFoundError:
        raise InputError("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {reason}") from error


def jobs() -> int:
    """Processes that a stage may use: REFRAMING_JOBS, or 0 for one a core; results are the same."""
    given = os.environ.get("REFRAMING_JOBS", "0")
    try:
        return int(given)
    except ValueError:
        raise InputError(f"must be a whole number, not '{given}'", field="REFRAMING_JOBS") from None
