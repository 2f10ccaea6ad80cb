"""The page of a comparison, or of several of one original: one HTML file, no network, no script needed.

Both texts stand side by side with every move marked; the list of moves says in plain words what
changed. Whatever comes from the articles is escaped.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reframing.records import RELATIONS, Article, Comparison, Relation
from reframing.report.article import article_markup
from reframing.report.entries import Entry, entries
from reframing.report.families import FAMILIES
from reframing.report.sentence_map import (
    added_sentences,
    omitted_sentences,
    rows,
    sentence_map,
)

FINDINGS: dict[Relation, str] = {
    "verbatim": "The repost copies the original word for word",
    "trimmed": "The repost copies parts of the original",
    "edited": "The repost edits the original",
    "rewritten": "The repost rewrites the original",
    "same-event": "Both texts report the same event",
    "unrelated": "The texts share no content",
}


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
        relations=RELATIONS,
        families=_family_counts(moves),
        title=f"{len(compared)} reposts of one original" if several else parts[0]["comparison"].id,
    )


def _part(
    original: Article, repost: Article, comparison: Comparison, number: int, prefix: str
) -> dict[str, Any]:
    """What the template must know of one comparison; `prefix` opens its ids."""
    moves = entries(original, repost, comparison)
    return {
        "number": number,
        "prefix": prefix,
        "comparison": comparison,
        "repost": repost,
        "finding": FINDINGS[comparison.relation],
        "entries": moves,
        "families": _family_counts(moves),
        "originals": article_markup(original, "original", comparison, moves, prefix),
        "reposts": article_markup(repost, "repost", comparison, moves, prefix),
        "omitted": omitted_sentences(comparison),
        "added": added_sentences(comparison),
        "claims": _claim_counts(comparison),
        "rows": rows(comparison),
        "map": sentence_map(comparison),
    }


def _family_counts(moves: Sequence[Entry]) -> list[dict[str, Any]]:
    counted = [entry.family for entry in moves]
    return [{"family": family, "count": counted.count(family)} for family in FAMILIES]


def _claim_counts(comparison: Comparison) -> dict[str, int]:
    changes = [claim.change for claim in comparison.claims]
    return {change: changes.count(change) for change in ("exaggerates", "same", "downplays")}


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
    return environment.get_template("page.html.j2")
