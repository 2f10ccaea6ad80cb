"""The Wikipedia part of the Szeged uncertainty corpus: hedge cues (Vincze et al. 2008; Szarvas et al. 2012)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from reframing.errors import InputError
from reframing.readers.gold.records_in import whole_text
from reframing.records import Span

FILE = Path("uncertainty/corpora/old/wiki.xml")


@dataclass(frozen=True, slots=True)
class HedgedSentence:
    """A sentence with its cues of semantic uncertainty.

    `types` runs parallel to `cues`: `probable` (modal), `doxastic`, `condition`, `investigation`.
    """

    id: str
    document: str
    part: Literal["Title", "Text"]
    text: str
    cues: tuple[Span, ...]
    types: tuple[str, ...]


def read_szeged(folder: Path) -> Iterator[HedgedSentence]:
    """Every sentence, titles too; `document` is the corpus's own id of the article.

    Raises `InputError` where the file is missing, is no XML, or a document lacks its id.
    """
    path = folder / FILE
    try:
        root = ElementTree.fromstring(whole_text(path).encode("utf8"))
    except ElementTree.ParseError as error:
        raise InputError(f"is not XML: {error}; fetch it again", str(path)) from error
    for number, document in enumerate(root.iter("Document"), 1):
        id = document.findtext("DocID")
        if not id:
            raise InputError("is missing", str(path), number, "DocID")
        place = 0
        for part in document.iter("DocumentPart"):
            for element in part.iter("Sentence"):
                place += 1
                yield _sentence(f"{id}#{place}", id, part.get("type", ""), element)


def _sentence(id: str, document: str, part: str, element: ElementTree.Element) -> HedgedSentence:
    text, cues, types = element.text or "", [], []
    for cue in element:
        marked = "".join(cue.itertext())
        if cue.tag == "ccue" and marked:
            cues.append(Span(len(text), len(text) + len(marked)))
            types.append(cue.get("type", "").strip("_ ").rpartition("_")[2])
        text += marked + (cue.tail or "")
    where: Literal["Title", "Text"] = "Title" if part == "Title" else "Text"
    return HedgedSentence(id, document, where, text, tuple(cues), tuple(types))
