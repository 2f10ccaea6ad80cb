"""The pairs of the study: one original for each repost, and the null comparisons.

There are two nulls: an article against a copy of itself with other typography, as another newsroom might set it
(`typographic_copy`), and an original against an independent report of the same event. Neither should show moves
that come from reposting.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reframing.documents.params import StudyParams
from reframing.documents.records import (
    RELATIONS,
    REPOST_RELATIONS,
    Article,
    Condition,
    Pair,
    StudyPair,
)

# The copy null.

COPY = "#copy"
"""Suffix of the id of a typographic copy."""

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=[^\W\d_])|['’](?=\d\ds?\b)")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_MARK = re.compile(r"[\"']")
_OPENING = re.compile(r"(?:^|[\s(\[—–\"'“‘-])$")
_DASH = re.compile(
    r"(?P<long>\s*—\s*)|(?P<double>\s*(?<!-)--(?!-)\s*)|(?P<spaced>\s+–\s+)|(?P<hyphen>\s+-\s+)"
)
_ELLIPSIS = re.compile(r"…|(?<!\.)\.\.\.(?!\.)")
_NUMBERED = re.compile(r"(?<=\d)[ \u00a0](?=[a-z])")


def typographic_copy(article: Article) -> Article:
    """A copy of the article with all its typography changed and none of its words.

    Curly quotation marks and apostrophes become straight; in paragraphs without curly ones, straight ones
    become curly, in pairs. Em dashes and spaced hyphens become spaced en dashes, spaced en dashes double
    hyphens, and double hyphens em dashes. Ellipsis characters become three full stops and the reverse, and
    blanks after numbers become no-break spaces and the reverse.
    """
    title = None if article.title is None else reset(article.title)
    body = "\n".join(map(reset, article.body.split("\n")))
    return replace(article, id=article.id + COPY, title=title, body=body, targets=())


def reset(paragraph: str) -> str:
    """One paragraph with other typography (see `typographic_copy`)."""
    plain = paragraph.translate(_PLAIN)
    text = plain if plain != paragraph else _curled(paragraph)
    text = _DASH.sub(_other_dash, text)
    text = _ELLIPSIS.sub(lambda found: "..." if found[0] == "…" else "…", text)
    return _NUMBERED.sub(lambda found: " " if found[0] == "\u00a0" else "\u00a0", text)


def _curled(text: str) -> str:
    """The text with straight marks made curly; unpaired ones stay, since they may be foot or inch marks."""
    text = _APOSTROPHE.sub("’", text)
    open_at: dict[str, int] = {}
    curly = list(text)
    for found in _MARK.finditer(text):
        mark, place = found[0], found.start()
        if mark in open_at and not text[place - 1].isspace():
            curly[open_at.pop(mark)], curly[place] = "“”" if mark == '"' else "‘’"
        elif _OPENING.search(text[:place][-1:]) and not text[place + 1 : place + 2].isspace():
            open_at[mark] = place
    return "".join(curly)


def _other_dash(found: re.Match[str]) -> str:
    """The replacement of a dash; one at the start or end of a line is kept."""
    before, after = found.start() == 0, found.end() == len(found.string)
    if before or after:
        return found[0]
    return {"long": " – ", "double": "—", "spaced": " -- ", "hyphen": " – "}[found.lastgroup or ""]


# The selection of pairs.

_DEFAULTS = StudyParams()
_DECLARED = "\0"
"""Prefix that sorts before every id, so that a story is named by the event that its articles declare."""


class Reuse(NamedTuple):
    """A pair of articles that share text, with the roles of original and repost and the study condition."""

    pair: Pair
    original: str
    repost: str
    condition: Condition

    @property
    def is_another_report(self) -> bool:
        """Whether two reports of one outlet share no text and are therefore not revisions of each other."""
        declared = "declared" in self.pair.evidence
        return self.condition == "revision" and self.pair.relation == "rewritten" and not declared

    @property
    def has_direction(self) -> bool:
        """Whether it is known which of the two articles came first."""
        return self.pair.direction in ("a→b", "b→a")

    @property
    def closeness(self) -> tuple[float, ...]:
        """Sort key: declared pairs before others, then relation (copy, edit, retelling), score, confidence."""
        declared = "declared" in self.pair.evidence
        relation = -RELATIONS.index(self.pair.relation)
        return declared, relation, self.pair.score, self.pair.confidence


def study_pairs(
    articles: Sequence[Article],
    pairs: Iterable[Pair],
    params: StudyParams = _DEFAULTS,
    directed: bool = True,
) -> list[StudyPair]:
    """The pairs to align and compare, sorted by condition and id.

    Each repost is paired with one original: the declared one, else the closest by relation (a copy before an
    edit before a retelling), by score, and by confidence of direction. An article in no such pair is paired
    with its closest relative, so that it is counted although it is unknown which of the two came first. Pairs
    within one outlet are `revision`s and are chosen in the same way. In a corpus that is not `directed`, each
    article and its closest relative are `version`s, in both orders.

    The articles that these pairs connect form one event, as do those for which the corpus declares an event; no
    article belongs to two. The nulls compare originals with their own `copy` and with the closest
    `independent` reports of their event (at most `params.independents_per_original`).
    """
    by_id = {article.id: article for article in articles}
    ordered = sorted(pairs, key=lambda pair: (pair.a, pair.b))
    known = [pair for pair in ordered if not _in_two_events(by_id[pair.a], by_id[pair.b])]
    candidates = (_reuse(p, by_id, directed) for p in known if p.relation in REPOST_RELATIONS)
    reused = [reuse for reuse in candidates if not reuse.is_another_report]
    with_direction = _originals(reuse for reuse in reused if directed and reuse.has_direction)
    without_direction = _relatives(
        (r for r in reused if not (directed and r.has_direction)), with_direction
    )
    declared = [(article.id, _DECLARED + article.event) for article in articles if article.event]
    links = [(reuse.original, reuse.repost) for reuse in (*with_direction, *without_direction)]
    stories = connected_stories([*links, *declared])
    studied = [_directed(reuse, by_id, stories) for reuse in with_direction]
    studied += [_undirected(reuse, stories) for reuse in without_direction]
    if not directed:
        studied += list(map(turned, studied))
    reposts = [pair for pair in studied if pair.condition == "repost" and _is_directed(pair)]
    versions = [pair for pair in studied if pair.condition == "version"]
    originals = {pair.original for pair in (*reposts, *versions)}
    independents = [
        _independent(original, other, stories[original])
        for original, other in _reports(known, stories, originals, links, params)
    ]
    if not directed:
        independents += list(map(turned, independents))
    copies = [_copy(id, stories[id]) for id in sorted(originals)]
    found = [*studied, *independents, *copies]
    return sorted(found, key=lambda pair: (pair.condition, pair.id))


def connected_stories(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The story of each linked article: connected components of the pairs of ids.

    A story is named by the event that its articles declare, else by its smallest article id.
    """
    root: dict[str, str] = {}

    def find(id: str) -> str:
        while root.setdefault(id, id) != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    for a, b in links:
        first, second = sorted((find(a), find(b)))
        root[second] = first
    return {id: find(id).removeprefix(_DECLARED) for id in sorted(root)}


def turned(pair: StudyPair) -> StudyPair:
    """The pair with original and repost swapped."""
    return replace(
        pair,
        id=f"{pair.repost}→{pair.original}",
        original=pair.repost,
        repost=pair.original,
    )


def _in_two_events(a: Article, b: Article) -> bool:
    """Whether the corpus declares different events for two articles."""
    return a.event is not None and b.event is not None and a.event != b.event


def _reuse(pair: Pair, by_id: dict[str, Article], directed: bool) -> Reuse:
    original, repost = (pair.b, pair.a) if pair.direction == "b→a" else (pair.a, pair.b)
    outlet = by_id[pair.a].outlet
    if outlet is not None and outlet == by_id[pair.b].outlet:
        return Reuse(pair, original, repost, "revision")
    return Reuse(pair, original, repost, "repost" if directed else "version")


def _originals(reused: Iterable[Reuse]) -> list[Reuse]:
    """For each repost and each condition, the pair with its closest original."""
    candidates: dict[tuple[str, Condition], list[Reuse]] = defaultdict(list)
    for reuse in reused:
        candidates[reuse.repost, reuse.condition].append(reuse)
    return [
        max(found, key=lambda reuse: (reuse.closeness, reuse.original))
        for _, found in sorted(candidates.items())
    ]


def _relatives(reused: Iterable[Reuse], with_direction: Iterable[Reuse]) -> list[Reuse]:
    """For each article in none of `with_direction`, by condition, the pair with its closest relative."""
    placed = {(id, r.condition) for r in with_direction for id in (r.original, r.repost)}
    candidates: dict[tuple[str, Condition], list[Reuse]] = defaultdict(list)
    for reuse in reused:
        for id in (reuse.original, reuse.repost):
            if (id, reuse.condition) not in placed:
                candidates[id, reuse.condition].append(reuse)
    closest = (
        max(found, key=lambda reuse: (reuse.closeness, reuse.pair.a, reuse.pair.b))
        for _, found in sorted(candidates.items())
    )
    return list({(reuse.pair.a, reuse.pair.b): reuse for reuse in closest}.values())


def _directed(reuse: Reuse, by_id: dict[str, Article], stories: dict[str, str]) -> StudyPair:
    return StudyPair(
        id=f"{reuse.original}→{reuse.repost}",
        event=stories[reuse.original],
        kind=by_id[reuse.repost].kind or reuse.pair.relation,
        condition=reuse.condition,
        relation=reuse.pair.relation,
        direction="original→repost",
        confidence=reuse.pair.confidence,
        original=reuse.original,
        repost=reuse.repost,
    )


def _undirected(reuse: Reuse, stories: dict[str, str]) -> StudyPair:
    """The study pair of articles whose order is unknown; only versions are compared, in both orders."""
    version = reuse.condition == "version"
    common = reuse.pair.direction == "common-source" and not version
    return StudyPair(
        id=f"{reuse.original}→{reuse.repost}",
        event=stories[reuse.original],
        kind=reuse.pair.relation,
        condition=reuse.condition,
        relation=reuse.pair.relation,
        direction="common-source" if common else "undetermined",
        confidence=1.0 if version else 0.0,
        original=reuse.original,
        repost=reuse.repost,
    )


def _is_directed(pair: StudyPair) -> bool:
    return pair.direction == "original→repost"


def _reports(
    known: Sequence[Pair],
    stories: dict[str, str],
    originals: set[str],
    links: Iterable[tuple[str, str]],
    params: StudyParams,
) -> Iterator[tuple[str, str]]:
    """Pairs of an original and an independent report of its event; each report is used once.

    A report shares no text with any article of the original's story and is in no other pair. The closest
    are taken first; an original has at most `independents_per_original`.
    """
    placed = {id for link in links for id in link}
    sharing = {
        (report, stories[other])
        for pair in known
        if pair.relation in REPOST_RELATIONS
        for report, other in ((pair.a, pair.b), (pair.b, pair.a))
        if other in placed
    }
    candidates = sorted(
        (-pair.score, original, report)
        for pair in known
        if pair.relation == "same-event"
        for original, report in ((pair.a, pair.b), (pair.b, pair.a))
        if original in originals
        and report not in placed
        and (report, stories[original]) not in sharing
    )
    n_reports: Counter[str] = Counter()
    taken: set[str] = set()
    for _, original, report in candidates:
        if report not in taken and n_reports[original] < params.independents_per_original:
            taken.add(report)
            n_reports[original] += 1
            yield original, report


def _independent(original: str, other: str, event: str) -> StudyPair:
    return StudyPair(
        id=f"{original}→{other}",
        event=event,
        kind="independent",
        condition="independent",
        relation="same-event",
        direction="undetermined",
        confidence=1.0,
        original=original,
        repost=other,
    )


def _copy(id: str, event: str) -> StudyPair:
    return StudyPair(
        id=f"{id}→{id}{COPY}",
        event=event,
        kind="copy",
        condition="copy",
        relation="verbatim",
        direction="original→repost",
        confidence=1.0,
        original=id,
        repost=id + COPY,
    )


def repost_of(pair: StudyPair, articles: dict[str, Article]) -> Article:
    """The repost of a study pair: an article of the corpus, or the typographic copy of the original."""
    if pair.condition == "copy":
        return typographic_copy(articles[pair.original])
    return articles[pair.repost]
