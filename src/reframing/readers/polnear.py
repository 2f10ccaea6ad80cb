"""Reader of the PolNeAR corpus: news with gold attributions (Newell, Margolin & Ruths 2018)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reframing.errors import InputError
from reframing.readers.brat import Event, Standoff, parse_brat
from reframing.records import Span, covering


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One annotated attribution; a part is discontinuous where it has several spans.

    `source` and `cue` are empty where the annotator marked none.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One text as one annotator read it; some texts have several annotators."""

    id: str
    annotator: str
    text: str
    attributions: tuple[GoldAttribution, ...]

    def spans(self, part: str) -> list[Span]:
        """Distinct covering spans of one part (`source`, `cue`, `content`), by start.

        A source that is shared by several attributions counts once.
        """
        parts = (getattr(attribution, part) for attribution in self.attributions)
        return sorted({covering(spans) for spans in parts if spans})


def read_polnear(folder: Path, first_annotator_only: bool = False) -> Iterator[GoldDocument]:
    """Documents of one split (`folder` holds `text/` and `attributions/`), by id and annotator.

    With `first_annotator_only`, each text comes once, with the annotator who sorts first.

    Raises `InputError` where a folder or text is missing or an annotation does not fit its text.
    """
    files = sorted((folder / "attributions").glob("*.ann"))
    if not files:
        raise InputError("holds no attributions/*.ann; expected a split of PolNeAR", str(folder))
    previous = None
    for file in files:
        id, _, annotator = file.stem.rpartition("_")
        if first_annotator_only and id == previous:
            continue
        previous = id
        text = _read(folder / "text" / f"{id}.txt")
        standoff = parse_brat(_read(file), text, str(file))
        yield GoldDocument(id, annotator, text, attributions(standoff))


def attributions(standoff: Standoff) -> tuple[GoldAttribution, ...]:
    """The attributions among the events, by the start of what they have of cue or content."""
    events = (e for e in standoff.events if e.label.startswith("Attribution"))
    found = [_attribution(standoff, event) for event in events]
    whole = [gold for gold in found if gold.cue or gold.content]
    return tuple(sorted(whole, key=lambda gold: (gold.cue or gold.content, gold.content)))


def _attribution(standoff: Standoff, event: Event) -> GoldAttribution:
    by_id = standoff.by_id()
    parts: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
    for role, id in event.arguments:
        parts[role.rstrip("0123456789")].extend(by_id[id].parts)
    source, cue, content = (tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content"))
    return GoldAttribution(source, cue, content)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf8")
    except FileNotFoundError:
        raise InputError("is missing", str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", str(path)) from None
