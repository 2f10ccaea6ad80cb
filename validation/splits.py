"""Splits of gold corpora: which documents are for training, for choices, and for reported scores.

A split is a file data/splits/<corpus>.tsv with a digest of each document (no text), its part, its fold,
and the reason why it was excluded. `train` is for learning, `dev` for every choice, `test` for reported
scores, `ext` for reported out-of-domain scores; `excluded` documents are not used. A split depends on
seed and shares alone: documents are ranked by SHA-256 of "<seed>:<document>"; the first share is `test`,
the next `dev`, the rest `train`. The fold (0-4) is the fifth of that ranking in which the document falls.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, get_args

from reframing.documents.errors import InputError

Part = Literal["train", "dev", "test", "ext", "excluded"]

FOLDS = 5
COLUMNS = ("document", "part", "fold", "reason")

_PARTS: dict[str, Part] = {part: part for part in get_args(Part)}
_FOLD_NAMES = ("", *map(str, range(FOLDS)))


class HasDocument(Protocol):
    """A gold record that a split can assign to a part by its document."""

    @property
    def document(self) -> str: ...


class Assignment(NamedTuple):
    """Part and fold of a document; `fold` is None where the corpus has its own split."""

    part: Part
    fold: int | None = None
    reason: str = ""


Split = Mapping[str, Assignment]
"""Assignments by digest of the document."""


def digest(document: str) -> str:
    """The identifier of a document in a split file: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(document.encode("utf8")).hexdigest()[:16]


def cut(
    documents: Iterable[str],
    dev: float,
    test: float,
    seed: int,
    groups: Mapping[str, str] | None = None,
) -> dict[str, Assignment]:
    """Assign documents to parts by seeded ranking; `dev` and `test` are shares of the documents.

    `groups` maps documents to groups; a group is ranked by its name, and all its documents go to one
    part.
    """
    group = groups or {}
    ranked = sorted(set(documents), key=lambda d: (_rank(group.get(d, d), seed), _rank(d, seed)))
    end_of_test, end_of_dev = (ceil(round(x * len(ranked), 6)) for x in (test, test + dev))
    assigned: dict[str, Assignment] = {}
    opened: dict[str, Assignment] = {}
    for place, document in enumerate(ranked):
        part: Part = "test" if place < end_of_test else "dev" if place < end_of_dev else "train"
        at = Assignment(part, FOLDS * place // len(ranked))
        assigned[digest(document)] = opened.setdefault(group.get(document, document), at)
    return assigned


def _rank(document: str, seed: int) -> str:
    return sha256(f"{seed}:{document}".encode()).hexdigest()


def write_split(path: Path, split: Split) -> None:
    """Write a split as tab-separated rows, sorted by digest."""
    rows = [COLUMNS] + [
        (document, at.part, "" if at.fold is None else str(at.fold), at.reason)
        for document, at in sorted(split.items())
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf8")


def read_split(path: Path) -> dict[str, Assignment]:
    """Read a split file; raises `InputError` that names the malformed line."""
    try:
        header, *lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, ValueError) as error:
        problem = f"cannot be read as a split: {error}; run the stage `split`"
        raise InputError(problem, str(path)) from error
    if header != "\t".join(COLUMNS):
        raise InputError(f"must have the columns {', '.join(COLUMNS)}", str(path))
    split: dict[str, Assignment] = {}
    for number, line in enumerate(lines, 1):
        match line.split("\t"):
            case [document, part, fold, reason] if part in _PARTS and fold in _FOLD_NAMES:
                split[document] = Assignment(_PARTS[part], int(fold) if fold else None, reason)
            case _:
                raise InputError("is no row of a split", str(path), number)
    return split


def part_of(split: Split, document: str) -> Part:
    """The part of a document; raises `InputError` if the split does not contain it."""
    try:
        return split[digest(document)].part
    except KeyError:
        problem = f"document {digest(document)} is in no part; run the stage `split` again"
        raise InputError(problem) from None
