"""01: what a corpus holds: articles, words, outlets, kinds; what was dropped; which pairs are studied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reframing.documents import files
from reframing.documents.records import RELATIONS, StudyPair
from reframing.documents.tables import read_records
from reframing.figures.dot_rows import kind_label
from reframing.figures.figure import NULLS
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import prose
from reframing.notebook.tables import Table, everything, groups, table
from reframing.notebook.wording import NO_VALUE, counted
from reframing.reading.prepare import Dropped
from reframing.statistics.groups import REASONS, left_out

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML

DECLARED = ("citation", "licence", "purpose")
ORIGINAL = "original"
NOT_DECLARED = "not declared"
ALL = "all"
SAME_TEXT = "same text as"


@dataclass(frozen=True, slots=True)
class Holdings:
    """A study with a table of its articles, what `prepare` left out, and its pairs.

    `articles` has one row an article: id (index), kind, outlet, dated, titled, words, sentences.
    `found` counts candidate pairs by (relation, direction); `studied` are pairs that are measured.
    """

    study: OpenStudy
    articles: "pd.DataFrame"
    dropped: tuple[Dropped, ...]
    found: Mapping[tuple[str, str], int]
    studied: tuple[StudyPair, ...]


def read_holdings(study: OpenStudy) -> Holdings:
    """Read articles, annotations, drops and pairs of a corpus; no text is kept."""
    found: dict[tuple[str, str], int] = {}
    for pair in study.pairs:
        directed = "known" if pair.direction in ("a→b", "b→a") else pair.direction
        found[pair.relation, directed] = found.get((pair.relation, directed), 0) + 1
    pairs = [aligned.pair for aligned in study.aligned]
    reasons = left_out(pairs, study.statistics, study.seed)
    studied = tuple(pair for pair, reason in zip(pairs, reasons, strict=True) if reason is None)
    dropped = tuple(read_records(study.root / files.dropped(study.corpus), Dropped))
    return Holdings(study, article_table(study), dropped, found, studied)


def article_table(study: OpenStudy) -> "pd.DataFrame":
    """One row an article: what it is, and how long."""
    import pandas as pd

    sizes = {a.id: (a.n_tokens, len(a.sentences)) for a in study.annotations}
    rows = [
        {
            "id": article.id,
            "kind": article.kind or NOT_DECLARED,
            "outlet": article.outlet,
            "dated": article.published is not None,
            "titled": article.title is not None,
            "words": sizes[article.id][0],
            "sentences": sizes[article.id][1],
        }
        for article in study.articles
    ]
    return pd.DataFrame(rows).set_index("id")


def answer(holdings: Holdings) -> "HTML":
    """Two sentences: what there is, and what was left out on the way."""
    study, articles = holdings.study, holdings.articles
    outlets = articles["outlet"].nunique()
    of_outlets = f" from {counted(outlets, 'outlet')}" if outlets else ""
    pairs, events = (study.count(study.condition, size) for size in ("pairs", "events"))
    words = articles["words"]
    return prose(
        f"The corpus holds **{counted(len(articles), 'article')}** of {words.sum():,} words{of_outlets} "
        f"(median {words.median():,.0f} words, middle half {words.quantile(0.25):,.0f} to "
        f"{words.quantile(0.75):,.0f}), among which **{counted(pairs, 'pair')}** of "
        f"{'an original and a repost' if study.directed else 'two versions, each in both orders,'} in "
        f"{counted(events, 'event')} are studied. "
        f"{_left_out(holdings)}; these are counts and carry no interval."
    )


def provenance(study: OpenStudy) -> Table:
    """What the corpus's manifest declares of it."""
    rows = {"name": {"": study.corpus}, "title": {"": study.title}}
    rows |= {
        key: {"": " ".join(str(study.manifest.get(key, NO_VALUE)).split())} for key in DECLARED
    }
    return table("The corpus, as its manifest declares it", rows)


def articles_by_kind(holdings: Holdings) -> Table:
    """Number, words, sentences, outlets, dates and headlines of the articles of each kind."""
    articles = holdings.articles
    by_kind = {str(kind): of_kind for kind, of_kind in articles.groupby("kind")}
    first = [ORIGINAL] if ORIGINAL in by_kind else []
    kinds = first + [kind for kind in by_kind if kind != ORIGINAL]
    rows = {kind_label(kind): _article_row(by_kind[kind]) for kind in kinds}
    return table(
        "Articles by the kind that the corpus declares", rows | {ALL: _article_row(articles)}
    )


def dropped(holdings: Holdings) -> Table:
    """What `prepare` dropped, by reason."""
    rows: dict[str, dict[str, Any]] = {}
    for drop in sorted(holdings.dropped, key=reason_of):
        row = rows.setdefault(reason_of(drop), {"articles touched": 0, "paragraphs removed": 0})
        row["articles touched"] += 1
        row["paragraphs removed"] += drop.paragraphs
    for row in rows.values():
        row["paragraphs removed"] = row["paragraphs removed"] or "whole articles"
    nothing = {"nothing": {"articles touched": 0, "paragraphs removed": 0}}
    return table("Dropped before anything was measured", rows or nothing, corner="reason")


def reason_of(drop: Dropped) -> str:
    """Why it was dropped, without the article that it is the same as."""
    return f"{SAME_TEXT} another article" if drop.reason.startswith(SAME_TEXT) else drop.reason


def pairs_found(holdings: Holdings) -> Table:
    """Candidate pairs by relation, and whether it is known which article came first."""
    directions = ("known", "common-source", "undetermined")
    rows: dict[str, dict[str, int]] = {
        relation: {d.replace("-", " "): holdings.found.get((relation, d), 0) for d in directions}
        for relation in RELATIONS
        if any(found == relation for found, _ in holdings.found)
    }
    rows |= {} if rows else {"none": dict.fromkeys(("known",), 0)}
    return table("Pairs found: relation by direction", rows, corner="relation")


def pairs_studied(study: OpenStudy) -> Table:
    """Events, pairs, articles and words of each condition and kind, and the pairs left out."""
    sizes = ("events", "pairs", "articles", "words")
    shown = groups(study)
    if study.count("revision", "pairs"):
        shown.append(("revision", ALL, "revisions of one outlet (not studied)"))
    rows = {
        label: {size: study.count(condition, size, kind) for size in sizes}
        | {"pairs of the largest event": study.count(condition, "largest_event", kind)}
        | {f"left out: {reason}": study.count(condition, reason, kind) for reason in REASONS}
        for condition, kind, label in shown
    }
    return table("Pairs studied, and in grey the nulls", rows, NULLS.values(), "kind of repost")


def relations_of_kinds(holdings: Holdings) -> Table:
    """How close the studied reposts of each kind are to their originals."""
    reposts = [p for p in holdings.studied if p.condition == holdings.study.condition]
    rows = {
        kind_label(kind): _relation_row(pair for pair in reposts if pair.kind == kind)
        for kind in holdings.study.kinds
    }
    rows |= {everything(holdings.study): _relation_row(reposts)}
    return table("Studied reposts: kind by relation", rows, corner="kind of repost")


def lengths(holdings: Holdings) -> Table:
    """Median words of original and repost, and of the repost's share of the original's, with quartiles."""
    words = holdings.articles["words"]
    rows = {}
    for condition, kind, label in groups(holdings.study):
        if condition != "copy":
            pairs = [p for p in holdings.studied if p.condition == condition]
            chosen = [p for p in pairs if kind in (p.kind, ALL)]
            original = words.loc[[p.original for p in chosen]].reset_index(drop=True)
            repost = words.loc[[p.repost for p in chosen]].reset_index(drop=True)
            rows[label] = {
                "pairs": len(chosen),
                "words of the original": _quartiles(original),
                "words of the repost": _quartiles(repost),
                "repost ÷ original": _quartiles(100 * repost / original, "%"),
            }
    return table(
        "Length of both sides: median, and the middle half in brackets", rows, NULLS.values()
    )


def _article_row(articles: "pd.DataFrame") -> dict[str, Any]:
    return {
        "articles": len(articles),
        "words": int(articles["words"].sum()),
        "words each": _quartiles(articles["words"]),
        "sentences each": _quartiles(articles["sentences"]),
        "outlets": int(articles["outlet"].nunique()),
        "with a date": int(articles["dated"].sum()),
        "with a headline": int(articles["titled"].sum()),
    }


def _relation_row(pairs: Iterable[StudyPair]) -> dict[str, int]:
    found = [pair.relation for pair in pairs]
    return {relation: found.count(relation) for relation in RELATIONS[:4]}


def _quartiles(numbers: "pd.Series", unit: str = "") -> str:
    if numbers.empty:
        return NO_VALUE
    low, middle, high = (f"{numbers.quantile(q):,.0f}" for q in (0.25, 0.5, 0.75))
    return f"{middle}{unit} [{low}, {high}]"


def _left_out(holdings: Holdings) -> str:
    """What was left out, by reason, as the beginning of a sentence."""
    whole = [reason_of(drop) for drop in holdings.dropped if not drop.paragraphs]
    articles = {reason: whole.count(reason) for reason in sorted(set(whole))}
    pairs = {reason: holdings.study.count(holdings.study.condition, reason) for reason in REASONS}
    if not whole and not any(pairs.values()):
        return "No article was dropped and no repost pair left out"
    return (
        f"{counted(len(whole), 'article')} {'was' if len(whole) == 1 else 'were'} dropped"
        f"{_bracketed(articles)} and {counted(sum(pairs.values()), 'repost pair')} left out"
        f"{_bracketed(pairs)}"
    )


def _bracketed(counts: Mapping[str, int]) -> str:
    parts = [f"{reason}: {count:,}" for reason, count in counts.items() if count]
    return f" ({', '.join(parts)})" if parts else ""
