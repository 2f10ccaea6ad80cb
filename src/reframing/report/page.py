"""The page of a comparison, or of several of one original: one HTML file, no network, no script needed.

On top the verdict, the moves that matter most and the dials; below both texts row by row, with every move
where it is. Whatever comes from the articles is escaped.
"""

from calendar import month_name
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from reframing.records import RELATIONS, Article, Comparison
from reframing.report.dials import FULL, dials
from reframing.report.entries import LIKELY, SURE, Entry, entries, important, parted, spots
from reframing.report.families import FAMILIES
from reframing.report.row_markup import Drawing
from reframing.report.verdict import SEPARATE, verdict
from reframing.report.wording import first_words, headline, name_of


def render_html(original: Article, repost: Article, comparison: Comparison) -> str:
    """The page of one comparison; the same comparison always gives the same page."""
    return render_all(original, [(repost, comparison)])


def render_all(original: Article, compared: Sequence[tuple[Article, Comparison]]) -> str:
    """One page for all reposts of an original: an overview, and each comparison to choose from it."""
    several = len(compared) > 1
    parts = [
        _part(original, repost, comparison, number, f"c{number}-" if several else "")
        for number, (repost, comparison) in enumerate(compared, 1)
    ]
    moves = [entry for part in parts for entry in part["entries"]]
    return _template().render(
        parts=parts,
        original=original,
        families=_family_counts(moves),
        relations=RELATIONS,
        title=f"{len(compared)} reposts of one original" if several else parts[0]["comparison"].id,
        full=FULL,
        sure=SURE,
        likely=LIKELY,
    )


def _part(
    original: Article, repost: Article, comparison: Comparison, number: int, prefix: str
) -> dict[str, Any]:
    """What the template must know of one comparison; `prefix` opens its ids."""
    found = entries(original, repost, comparison)
    said = verdict(comparison, found)
    drawing = Drawing(original, repost, comparison, found, prefix)
    return {
        "number": number,
        "prefix": prefix,
        "comparison": comparison,
        "repost": repost,
        "verdict": said,
        "gist": " ".join(said[: 1 + (comparison.relation in SEPARATE)]),
        "entries": found,
        "important": important(comparison, found),
        "dials": dials(comparison, found) if comparison.alignment else (),
        "families": _family_counts(found),
        "runs": drawing.runs(),
        "row_of": drawing.row_of,
    }


def _family_counts(found: Sequence[Entry]) -> list[dict[str, Any]]:
    counted = [entry.family for entry in found for _ in entry.places]
    return [{"family": family, "count": counted.count(family)} for family in FAMILIES]


def _day_of(article: Article) -> str | None:
    """The day on which an article came out, or what it gives for it."""
    try:
        day = datetime.fromisoformat(article.published or "")
    except ValueError:
        return article.published
    return f"{day.day} {month_name[day.month]} {day.year}"


@lru_cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("reframing", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        first_words=first_words,
        headline=headline,
        name_of=name_of,
        day_of=_day_of,
        parted=parted,
        spots=spots,
    )
    return environment.get_template("page.html.j2")
