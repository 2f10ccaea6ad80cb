"""From candidate pairs to the pairs of the study: one original a repost, and the nulls."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reframing.params import StudyParams
from reframing.records import (
    RELATIONS,
    REPOST_RELATIONS,
    Article,
    Pair,
    StudyPair,
)

COPY = "#copy"

_TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "…": "...", "\u00a0": " "}
)
_DEFAULTS = StudyParams()
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def study_pairs(
    articles: Sequence[Article], pairs: Iterable[Pair], params: StudyParams = _DEFAULTS
) -> list[StudyPair]:
    """The pairs to align and compare, sorted by condition and id.

    Each repost is paired with one original: the declared one, else the one that it is closest to by
    relation (a copy before an edit before a retelling), by score, and by confidence of direction. Of
    reposts of a common source that is not in the corpus, the fullest version stands for the source.
    Nulls: every original against its own `copy`, every original against the `independent` reports of its
    event that are closest to it (`params.independents_per_original`), and every repost pair with roles
    `swapped`.
    """
    by_id = {article.id: article for article in articles}
    pairs = sorted(pairs, key=lambda pair: (pair.a, pair.b))
    chosen = list(_reposts(pairs, by_id))
    stories = connected_stories(chosen)
    reposts = [_directed(pair, original, by_id, stories) for pair, original in chosen]
    originals = {pair.original for pair in reposts}
    studied = [
        *reposts,
        *map(swapped, reposts),
        *_independents(pairs, by_id, stories, originals, params.independents_per_original),
        *(_copy(by_id[id], stories) for id in sorted(originals)),
    ]
    return sorted(studied, key=lambda pair: (pair.condition, pair.id))


def connected_stories(chosen: Iterable[tuple[Pair, str]]) -> dict[str, str]:
    """The smallest id of the articles that chosen repost pairs connect, by article id."""
    root: dict[str, str] = {}

    def find(id: str) -> str:
        while root.setdefault(id, id) != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    for pair, _ in chosen:
        a, b = sorted((find(pair.a), find(pair.b)))
        root[b] = a
    return {id: find(id) for id in sorted(root)}


def _reposts(pairs: Sequence[Pair], by_id: dict[str, Article]) -> Iterator[tuple[Pair, str]]:
    """For each repost the pair with its original, and the original's id."""
    candidates: dict[str, list[tuple[tuple[float, ...], str, Pair]]] = defaultdict(list)
    for pair in pairs:
        if pair.relation in REPOST_RELATIONS and pair.direction in ("a→b", "b→a"):
            original, repost = (pair.a, pair.b) if pair.direction == "a→b" else (pair.b, pair.a)
            closest = -RELATIONS.index(pair.relation)
            rank = ("declared" in pair.evidence, closest, pair.score, pair.confidence)
            candidates[repost].append((rank, original, pair))
    for _, found in sorted(candidates.items()):
        _, original, pair = max(found, key=lambda item: item[:2])
        yield pair, original
    yield from _from_common_source(pairs, by_id, set(candidates))


def _from_common_source(
    pairs: Sequence[Pair], by_id: dict[str, Article], placed: set[str]
) -> Iterator[tuple[Pair, str]]:
    """Reposts of an agency's report that is not in the corpus, with the fullest version of it."""
    shared = [
        pair
        for pair in pairs
        if pair.direction == "common-source"
        and any(sign.startswith("agency:") for sign in pair.evidence)
    ]
    versions = connected_stories((pair, "") for pair in shared)
    fullest: dict[str, str] = {}
    for id, story in versions.items():
        best = fullest.setdefault(story, id)
        fullest[story] = max(best, id, key=lambda i: (len(by_id[i].text), i))
    for pair in shared:
        original = fullest[versions[pair.a]]
        repost = pair.b if original == pair.a else pair.a
        if original in (pair.a, pair.b) and repost not in placed:
            placed.add(repost)
            yield pair, original


def _directed(
    pair: Pair, original: str, by_id: dict[str, Article], stories: dict[str, str]
) -> StudyPair:
    repost = pair.b if original == pair.a else pair.a
    common = pair.direction == "common-source"
    return StudyPair(
        id=f"{original}→{repost}",
        event=by_id[original].event or stories[original],
        kind=by_id[repost].kind or pair.relation,
        condition="repost",
        relation=pair.relation,
        direction="common-source" if common else "original→repost",
        confidence=pair.confidence,
        original=original,
        repost=repost,
    )


def swapped(pair: StudyPair) -> StudyPair:
    """The pair with its roles swapped."""
    return replace(
        pair,
        id=f"{pair.repost}→{pair.original}",
        condition="swapped",
        original=pair.repost,
        repost=pair.original,
    )


def _independents(
    pairs: Sequence[Pair],
    by_id: dict[str, Article],
    stories: dict[str, str],
    originals: set[str],
    at_most: int,
) -> Iterator[StudyPair]:
    """Each study original with the `at_most` closest independent reports of its event."""
    reports: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for pair in pairs:
        known = sorted({pair.a, pair.b} & originals)
        if pair.relation != "same-event" or not known:
            continue
        original = known[0]
        other = pair.b if original == pair.a else pair.a
        if stories.get(other, other) != stories[original]:
            reports[original].append((-pair.score, other))
    for original, found in sorted(reports.items()):
        for _, other in sorted(found)[:at_most]:
            yield _independent(by_id[original], other, stories)


def _independent(original: Article, other: str, stories: dict[str, str]) -> StudyPair:
    return StudyPair(
        id=f"{original.id}→{other}",
        event=original.event or stories[original.id],
        kind="independent",
        condition="independent",
        relation="same-event",
        direction="undetermined",
        confidence=1.0,
        original=original.id,
        repost=other,
    )


def _copy(article: Article, stories: dict[str, str]) -> StudyPair:
    return StudyPair(
        id=f"{article.id}→{article.id}{COPY}",
        event=article.event or stories[article.id],
        kind="copy",
        condition="copy",
        relation="verbatim",
        direction="original→repost",
        confidence=1.0,
        original=article.id,
        repost=article.id + COPY,
    )


def typographic_copy(article: Article) -> Article:
    """The article as another desk would set it: the same words with other typography.

    Curly quotation marks, dashes and ellipses become straight ones; where there are none, straight
    apostrophes become curly.
    """

    def reset(text: str) -> str:
        plain = text.translate(_TYPOGRAPHY)
        return plain if plain != text else _APOSTROPHE.sub("’", text)

    title = None if article.title is None else reset(article.title)
    return replace(article, id=article.id + COPY, title=title, body=reset(article.body), targets=())


def repost_of(pair: StudyPair, articles: dict[str, Article]) -> Article:
    """The repost's side of a pair: an article of the corpus, or the typographic copy of the original."""
    if pair.condition == "copy":
        return typographic_copy(articles[pair.original])
    return articles[pair.repost]
