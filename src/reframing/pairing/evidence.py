"""The relation of two articles: verbatim, trimmed or edited copy, rewriting, same event, or unrelated.

The evidence is what the texts share: runs of words (shingles), names and numbers, and vocabulary. Copying shows
in shingles. A rewriting shares little wording, but adds few names and numbers of its own, unlike an independent
report of the same event.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from reframing.documents.document import Document, Text
from reframing.documents.params import PairParams
from reframing.documents.records import Article, Quote, Relation
from reframing.documents.sentences import sentence_spans
from reframing.documents.terms import content_terms
from reframing.documents.tokens import Tokens, tokenize
from reframing.measures.quotations import find_quotes, quotes_of
from reframing.reading.credits import Credits, credited_agencies, credits_of, own_agencies
from reframing.reading.furniture import running_text

# Profiles of articles and the evidence from two of them.

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_DAY = 86400
_DATE_LENGTH = len("2024-03-04")


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One article as pairing sees it, from its headline and its paragraphs of running text.

    `shingles` are the sorted hashes of the distinct runs of n words; `prose` those of runs without a quoted
    word, since independent reports of one event share quotations but not wording. `terms` are the sorted hashes
    of the distinct content stems, `counts` their frequencies in the text; `details` are the stems of names and
    numbers. `credits` are the credits that the article gives, `credited` the news agencies among them,
    `agencies` the agencies whose own outlet published it. `seen` is the time of publication, or else of
    retrieval.
    """

    article: Article
    published: datetime | None
    seen: datetime | None
    shingles: np.ndarray
    prose: np.ndarray
    terms: np.ndarray
    counts: np.ndarray
    details: frozenset[str]
    credits: Credits
    credited: frozenset[str]
    agencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The similarity of two articles `a` and `b`.

    The shares in [0, 1] are given in both directions (`a_in_b`: share of a's items that b has) for shingles,
    details (names and numbers) and prose (unquoted shingles); nan where there are no items. `cosine` compares
    their vocabularies. `days` is the signed time from a's publication to b's, `days_apart` the absolute
    difference of publication or retrieval; None where unknown.
    """

    a_in_b: float
    b_in_a: float
    details_a_in_b: float
    details_b_in_a: float
    prose_a_in_b: float
    prose_b_in_a: float
    cosine: float
    days: float | None
    days_apart: float | None

    @property
    def containment(self) -> float:
        """The larger of the two shares of shingles: that of the text with fewer of them; 0 without any."""
        return _largest(self.a_in_b, self.b_in_a)

    @property
    def prose(self) -> float:
        """The larger of the two shares of unquoted shingles; 0 without any."""
        return _largest(self.prose_a_in_b, self.prose_b_in_a)


def _largest(*shares: float) -> float:
    return max((share for share in shares if not math.isnan(share)), default=0.0)


def profile(text: Text, shingle_words: int) -> Profile:
    """The profile of the running text of one article, with shingles of `shingle_words` words.

    A document is read in plain typography; its tokens and quotations are used where all of it is running text.
    """
    article = text.article if isinstance(text, Document) else text
    running = replace(article, body=running_text(article.body)).text
    if isinstance(text, Document) and running == text.text:
        tokens, quotes = text.tokens, text.of(quotes_of)
    else:
        tokens, quotes = tokenize(running), find_quotes(running)
    shingles, prose = hashed_runs(tokens, _quoted(tokens, quotes), shingle_words)
    found = content_terms(tokens, frozenset(span.start for span in sentence_spans(running)))
    terms, counts = np.unique(_hashes([term.stem for term in found]), return_counts=True)
    credits = credits_of(article)
    return Profile(
        article=article,
        published=parse_time(article.published),
        seen=parse_time(article.published or article.retrieved),
        shingles=shingles,
        prose=prose,
        terms=terms,
        counts=counts.astype(np.int32),
        details=frozenset(term.stem for term in found if term.kind != "word"),
        credits=credits,
        credited=credited_agencies(credits.signed),
        agencies=own_agencies(article.outlet),
    )


def _quoted(tokens: Tokens, quotes: Sequence[Quote]) -> np.ndarray:
    """Whether each token is inside a quotation (tokens,)."""
    quoted = np.zeros(len(tokens), dtype=bool)
    for quote in quotes:
        inside = tokens.within(quote.span)
        quoted[inside.start : inside.stop] = True
    return quoted


def hashed_runs(tokens: Tokens, quoted: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Sorted hashes of the distinct runs of `n` words: of all runs, and of those without a quoted word.

    `quoted` has a truth value for each token. A text of fewer than `n` words has one run of all its words, and
    no unquoted run.
    """
    is_word = np.array(tokens.is_word, dtype=bool)
    runs = run_hashes([tokens.forms[i] for i in np.flatnonzero(is_word)], n)
    before = np.concatenate([[0], np.cumsum(quoted[is_word])])
    n_quoted = before[n:] - before[: max(0, len(before) - n)]
    prose = runs[n_quoted == 0] if len(n_quoted) else runs[:0]
    return np.unique(runs), np.unique(prose)


def run_hashes(words: Sequence[str], n: int) -> np.ndarray:
    """64-bit hashes of all runs of `n` consecutive words (runs,), or of the one shorter run of a shorter text.

    Polynomial rolling hashes over hashes of the words, modulo 2^64 (Karp & Rabin 1987).
    """
    hashes = _hashes(words)
    n = min(n, len(hashes))
    n_runs = len(hashes) - n + 1 if n else 0
    runs = np.zeros(n_runs, dtype=np.uint64)
    for k in range(n):
        runs = runs * _FACTOR + hashes[k : k + n_runs]
    return runs


def _hashes(words: Sequence[str]) -> np.ndarray:
    return np.fromiter(map(_word_hash, words), np.uint64, len(words))


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    """A 64-bit hash that is the same in every process, unlike `hash`."""
    digest = blake2b(word.encode("utf8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def compare_profiles(a: Profile, b: Profile) -> Evidence:
    """The evidence from which the relation and direction of two articles are judged."""
    shingles, prose = _n_shared(a.shingles, b.shingles), _n_shared(a.prose, b.prose)
    details = len(a.details & b.details)
    return Evidence(
        a_in_b=_share(shingles, len(a.shingles)),
        b_in_a=_share(shingles, len(b.shingles)),
        details_a_in_b=_share(details, len(a.details)),
        details_b_in_a=_share(details, len(b.details)),
        prose_a_in_b=_share(prose, len(a.prose)),
        prose_b_in_a=_share(prose, len(b.prose)),
        cosine=cosine(a, b),
        days=days_between(a, b),
        days_apart=days_apart(a, b),
    )


def _share(shared: int, total: int) -> float:
    return shared / total if total else float("nan")


def _n_shared(a: np.ndarray, b: np.ndarray) -> int:
    return len(_places(a, b)[0])


def _places(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The indices, in each of two sorted arrays of distinct values, of the values that both have."""
    if len(a) > len(b):
        return _places(b, a)[::-1]
    in_b = np.searchsorted(b, a)
    in_b[in_b == len(b)] = 0
    in_a = np.flatnonzero(b[in_b] == a) if len(b) else in_b
    return in_a, in_b[in_a]


def cosine(a: Profile, b: Profile) -> float:
    """Cosine of the square roots of two articles' term counts, in [0, 1]; 0 without common terms."""
    in_a, in_b = _places(a.terms, b.terms)
    if not len(in_a):
        return 0.0
    dot = np.sqrt(a.counts[in_a] * b.counts[in_b]).sum()
    return float(dot / np.sqrt(a.counts.sum() * b.counts.sum()))


def days_between(a: Profile, b: Profile) -> float | None:
    """Days from the publication of `a` to that of `b`, negative where b is earlier; None where one is unknown.

    Whole days are counted where one of the two is dated without an hour.
    """
    if a.published is None or b.published is None:
        return None
    if _has_hour(a) and _has_hour(b):
        return (b.published - a.published).total_seconds() / _DAY
    return float((b.published.date() - a.published.date()).days)


def days_apart(a: Profile, b: Profile) -> float | None:
    """Absolute difference in days of the times at which two articles were seen; None where one is unknown."""
    if a.seen is None or b.seen is None:
        return None
    return abs((b.seen - a.seen).total_seconds()) / _DAY


def _has_hour(profile: Profile) -> bool:
    return len((profile.article.published or "").strip()) > _DATE_LENGTH


def parse_time(published: str | None) -> datetime | None:
    """The time of an ISO 8601 time or date, in UTC where it has no zone; None where missing or malformed."""
    if not published:
        return None
    try:
        time = datetime.fromisoformat(published.strip())
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time


# The relation.


def judge_relation(
    a: Profile, b: Profile, evidence: Evidence, params: PairParams
) -> tuple[Relation, float]:
    """The relation of two articles, and the strength of the evidence for it in [0, 1].

    The thresholds are those of `params`. Copies (*verbatim*, *trimmed*, *edited*) are judged by containment of
    shingles, an edit also by unquoted ones. Below these thresholds *rewritten* requires a declared original or
    a high `retelling_score`, *same-event* a high `event_score`; all else is *unrelated*.
    """
    if min(evidence.a_in_b, evidence.b_in_a) >= params.verbatim:
        return "verbatim", evidence.containment
    if evidence.containment >= params.trimmed:
        return "trimmed", evidence.containment
    if evidence.containment >= params.edited and evidence.prose >= params.edited / 2:
        return "edited", evidence.containment
    retelling = retelling_score(evidence)
    if is_declared(a, b) or retelling >= params.rewritten:
        return "rewritten", retelling
    event = event_score(evidence)
    if event >= params.same_event:
        return "same-event", event
    return "unrelated", 1 - event


def is_declared(a: Profile, b: Profile) -> bool:
    """Whether the corpus declares one of two articles as the original of the other."""
    return a.article.id == b.article.original or b.article.id == a.article.original


def retelling_score(evidence: Evidence) -> float:
    """Score in [0, 1] for one text having been made from the other without copying it.

    A logistic function of the cosine of the vocabularies, the containment of unquoted shingles, and the larger
    of the two shares of names and numbers.
    """
    details = max(_known(evidence.details_a_in_b), _known(evidence.details_b_in_a))
    logit = 10 * (evidence.cosine - 0.5) + 30 * min(evidence.prose, 0.12) + 3 * (details - 0.7)
    return 1 / (1 + math.exp(-logit))


def _known(share: float) -> float:
    return 0.5 if math.isnan(share) else share


def event_score(evidence: Evidence) -> float:
    """Score in [0, 1] for both reporting one event, from vocabulary and shared names and numbers."""
    details = [x for x in (evidence.details_a_in_b, evidence.details_b_in_a) if not math.isnan(x)]
    return min(1.0, evidence.cosine + 0.5 * (max(details) if details else 0.0))
