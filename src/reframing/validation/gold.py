"""Where the gold lies, and the records of one part of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from reframing.validation.splits import Part, Split, part_of, read_split


class HasDocument(Protocol):
    """A gold record that a split can place."""

    @property
    def document(self) -> str: ...


Record = TypeVar("Record", bound=HasDocument)


@dataclass(frozen=True, slots=True)
class Gold:
    """Folders of the fetched corpora, of the split files, and of the embedded sample."""

    raw: Path = Path("data/raw")
    splits: Path = Path("data/splits")
    sample: Path = Path("data/sample")
    sentences: Path = Path("data/gold")

    def folder(self, corpus: str) -> Path:
        return self.raw / corpus

    def split(self, corpus: str) -> Split:
        return read_split(self.splits / f"{corpus}.tsv")

    def part(
        self, corpus: str, read: Callable[[Path], Iterable[Record]], part: Part = "test"
    ) -> list[Record]:
        """The records of a corpus whose documents lie in `part`, in the order of the corpus."""
        split = self.split(corpus)
        return [r for r in read(self.folder(corpus)) if part_of(split, r.document) == part]
