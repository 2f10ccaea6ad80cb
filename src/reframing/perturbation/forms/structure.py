"""How prominent it is: sentences left out, put in, and moved to the lead."""

from collections.abc import Iterator
from random import Random

from reframing.perturbation.material import Material
from reframing.perturbation.plants import Change, Form, Mark, Plant
from reframing.records import Span

_DEEP = 5
_WITHIN_ADDED = frozenset(("evaluation-added", "booster-added", "quote-unsupported"))


def omitted(material: Material, random: Random) -> Iterator[Plant]:
    """A sentence of the body is cut."""
    for i, _ in material.plain:
        if material.sentences[i].section != "body":
            continue
        span = material.sentences[i].span
        mark = Mark("sentence-omitted", span, None)
        yield Plant((_cut(material, span),), (mark,), allowed_back=_WITHIN_ADDED)


def _cut(material: Material, span: Span) -> Change:
    """The sentence with one of the blanks about it."""
    behind = material.text[span.end : span.end + 1] == " "
    return Change(Span(span.start, span.end + behind), "")


def promoted(material: Material, random: Random) -> Iterator[Plant]:
    """A sentence from deep in the body becomes the first one below the headline."""
    if material.article.title is None:
        return
    lead = next((s for s in material.sentences if s.section == "lead"), None)
    for i, said in material.plain:
        sentence = material.sentences[i]
        if (
            lead is not None
            and i >= _DEEP
            and sentence.section == "body"
            and len(said.split()) >= 10
        ):
            place = Span(lead.start, lead.start)
            changes = (Change(place, said + "\n"), _cut(material, sentence.span))
            mark = Mark("lead-promoted", sentence.span, place)
            yield Plant(changes, (mark,), frozenset({"lead-demoted"}))


def headlined(material: Material, random: Random) -> Iterator[Plant]:
    """A sentence from deep in the body becomes the headline and the first sentence; the lead comes second."""
    title = Span(0, material.article.title_length)
    for plant in promoted(material, random):
        moved, cut = plant.changes
        said = moved.new.strip()
        deep = cut.span
        changes = (Change(title, said.rstrip(".")), moved, cut)
        lead = next(s.span for s in material.sentences if s.section == "lead")
        marks = (
            Mark("lead-promoted", deep, title),
            Mark("lead-demoted", lead, lead),
        )
        yield Plant(changes, marks, frozenset({"sentence-omitted"}))


FORMS = (
    Form("sentence cut", omitted, reverses=True),
    Form("sentence moved to the lead", promoted),
    Form("sentence made headline and lead", headlined),
)
