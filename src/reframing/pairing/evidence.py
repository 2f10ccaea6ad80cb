"""What two articles share: passages, details, quotations, vocabulary."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from reframing.constructs.quotes import find_quotes
from reframing.records import Article, Span
from reframing.segment.sentences import sentence_spans
from reframing.segment.terms import content_terms
from reframing.segment.tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class Profile:
    """One article as pairing sees it.

    `shingles` are the distinct runs of n words of title and body; `terms` counts content stems;
    `prose` are the shingles outside quotations: independent reports of one event share what was said,
    not how it is told. `details` are the names and numbers.
    """

    article: Article
    published: datetime | None
    n_words: int
    shingles: frozenset[str]
    prose: frozenset[str]
    terms: Counter[str]
    details: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares in [0, 1], each way: of a's items that b has, and of b's that a has; nan without items."""

    a_in_b: float
    b_in_a: float
    details_a_in_b: float
    details_b_in_a: float
    prose_a_in_b: float
    prose_b_in_a: float
    cosine: float
    days: float | None

    @property
    def containment(self) -> float:
        """Share of the shorter text's shingles that the longer one has."""
        return max(self.a_in_b, self.b_in_a)

    @property
    def prose(self) -> float:
        """Share of the shorter text's unquoted shingles that the longer one has; 0 without any."""
        return max(0.0, *(x for x in (self.prose_a_in_b, self.prose_b_in_a) if x == x), 0.0)


def profile(article: Article, shingle_words: int) -> Profile:
    """The profile of one article."""
    text = article.text
    tokens = tokenize(text)
    forms = [form for form, word in zip(tokens.forms, tokens.is_word, strict=True) if word]
    starts = frozenset(span.start for span in sentence_spans(text))
    terms = content_terms(tokens, starts)
    return Profile(
        article=article,
        published=parse_time(article.published),
        n_words=len(forms),
        shingles=frozenset(runs(forms, shingle_words)),
        prose=frozenset(unquoted_runs(text, tokens, shingle_words)),
        terms=Counter(term.stem for term in terms),
        details=frozenset(term.stem for term in terms if term.kind != "word"),
    )


def runs(words: Iterable[str], n: int) -> Iterable[str]:
    """All runs of `n` words, or the one shorter run where there are fewer."""
    words = list(words)
    return (" ".join(words[i : i + n]) for i in range(max(1, len(words) - n + 1)))


def unquoted_runs(text: str, tokens: Tokens, n: int) -> Iterator[str]:
    """Runs of `n` words that lie between quotations, never across one."""
    stretch: list[str] = []
    quotes = iter([*(quote.span for quote in find_quotes(text)), Span(len(text) + 1, len(text) + 1)])
    quote = next(quotes)
    for start, form, word in zip(tokens.starts, tokens.forms, tokens.is_word, strict=True):
        if start >= quote.start:
            yield from _full_runs(stretch, n)
            stretch = []
            while start >= quote.end:
                quote = next(quotes)
        if word and start < quote.start:
            stretch.append(form)
    yield from _full_runs(stretch, n)


def _full_runs(words: list[str], n: int) -> Iterator[str]:
    return (" ".join(words[i : i + n]) for i in range(len(words) - n + 1))


def compare_profiles(a: Profile, b: Profile) -> Evidence:
    """Everything that decides relation and direction, computed once."""
    days = None
    if a.published and b.published:
        days = (b.published - a.published).total_seconds() / 86400
    return Evidence(
        a_in_b=share(a.shingles, b.shingles),
        b_in_a=share(b.shingles, a.shingles),
        details_a_in_b=share(a.details, b.details),
        details_b_in_a=share(b.details, a.details),
        prose_a_in_b=share(a.prose, b.prose),
        prose_b_in_a=share(b.prose, a.prose),
        cosine=cosine(a.terms, b.terms),
        days=days,
    )


def share(items: Set[str], others: Set[str]) -> float:
    """Share of the set `items` that is in `others`; nan where `items` is empty."""
    return len(items & others) / len(items) if items else float("nan")


def cosine(a: Counter[str], b: Counter[str]) -> float:
    """Cosine of the square roots of two counts, in [0, 1]."""
    if not a or not b:
        return 0.0
    dot = sum((count * b[term]) ** 0.5 for term, count in a.items() if term in b)
    return dot / (a.total() * b.total()) ** 0.5


def parse_time(published: str | None) -> datetime | None:
    """An ISO 8601 time (or date) in UTC; None where it is missing or no such time."""
    if not published:
        return None
    try:
        time = datetime.fromisoformat(re.sub(r"Z$", "+00:00", published.strip()))
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
