"""What a reader of any page of a corpus must bear in mind, as its tables tell."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reframing.figures.caption import FEW_EVENTS
from reframing.figures.figure import NULLS
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import literal, prose
from reframing.notebook.wording import counted, listed
from reframing.statistics.groups import REASONS

if TYPE_CHECKING:
    from IPython.display import HTML

WITHOUT = {
    "copy": "It has no copies, so the noise of the measures cannot be told.",
    "independent": "It has no independent reports of its events, so what two reporters of one event "
    "share anyway cannot be told.",
}
"""By null, what is said of a corpus that has none."""


def reservations(study: OpenStudy) -> "HTML":
    """A list: constructed or not, how few events, absent nulls, pairs left out, what brackets are."""
    return prose("\n".join(f"- {sentence}" for sentence in _sentences(study)))


def _sentences(study: OpenStudy) -> Iterator[str]:
    if study.constructed:
        yield (
            "**This corpus was constructed for this project: no finding is claimed from it.** "
            "It shows how the page works, and that the measures find what was written into it."
        )
    yield from map(literal, study.manifest.get("limits", ()))
    events = study.count(study.condition, "events")
    percent = f"{100 * study.statistics.interval:g}"
    yield (
        "An estimate is the mean over events of the event's own value, so that events weigh alike. "
        f"Brackets hold {percent}% intervals by event: Wilson's with the design effect for shares and rates, "
        "Student's for means and differences."
    )
    if events == 1:
        yield "There is a single event, and so no interval: nothing here generalises."
    elif events < FEW_EVENTS:
        yield f"There are only {events} events; intervals from so few are rough."
    for null, without in WITHOUT.items():
        if not (pairs := study.count(null, "pairs")):
            yield without
        elif (few := study.count(null, "events")) < FEW_EVENTS:
            behind = f"{counted(pairs, 'pair')} in {counted(few, 'event')}"
            yield f"The null “{NULLS[null]}” rests on {behind} only."
    out = {reason: study.count(study.condition, reason) for reason in REASONS}
    if any(out.values()):
        parts = [f"{count:,} ({reason})" for reason, count in out.items() if count]
        yield f"Pairs found and left out: {listed(parts)}."
    if revisions := study.count("revision", "pairs"):
        yield f"{counted(revisions, 'pair')} within one outlet are its own revisions: counted, not studied."
    yield "Estimates are raw: they are not corrected for the measures' own error."
