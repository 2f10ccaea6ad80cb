"""Records of the study as frozen dataclasses; offsets count Unicode code points, half-open.

A span never stores its text: it is `article.text[start:end]`. The text is added at the border
(command line, JSON) by the functions in `reframing.documents.json_records`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Section = Literal["headline", "lead", "body"]
Relation = Literal["verbatim", "trimmed", "edited", "rewritten", "same-event", "unrelated"]
LinkRelation = Literal["copied", "edited", "rewritten"]
Condition = Literal["repost", "revision", "version", "copy", "independent"]

RELATIONS: tuple[Relation, ...] = (
    "verbatim",
    "trimmed",
    "edited",
    "rewritten",
    "same-event",
    "unrelated",
)
REPOST_RELATIONS: tuple[Relation, ...] = RELATIONS[:4]
SECTIONS: tuple[Section, ...] = ("headline", "lead", "body")


class Span(NamedTuple):
    """Half-open code-point offsets into one article's `text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


class Marker(NamedTuple):
    """A hedge or booster: its span, the lexicon's category and entry, and the clause it scopes over."""

    span: Span
    category: str
    entry: str
    scope: Span | None = None


class Evaluation(NamedTuple):
    """Evaluative or loaded wording; `polarity` is negative, positive, or intensity alone."""

    span: Span
    polarity: Literal["negative", "positive", "intensifying"]


class Quote(NamedTuple):
    """One quotation: `span` with its marks, `inner` without them.

    `speech` is false for scare quotes, titles and single words; `closed` is false where one
    mark is missing and the quotation was ended by rule. `speaker` is the source that it is attributed to.
    """

    span: Span
    inner: Span
    speech: bool = True
    closed: bool = True
    speaker: Span | None = None


class Attribution(NamedTuple):
    """Who is said to vouch for what (PARC 3.0: source, cue, content; Pareti 2012)."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: Literal["direct", "indirect", "mixed"]
    stance: Literal["neutral", "endorse", "distance"]
    source_kind: Literal["named", "role", "vague", "none"]


class Target(NamedTuple):
    """A mention toward which sentiment is asked for, given with the article."""

    span: Span


class TargetSentiment(NamedTuple):
    """Sentiment toward a target; `score` in [-1, 1]."""

    span: Span
    label: Literal["negative", "neutral", "positive"]
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place: offsets, section, and the index of its paragraph (headline 0)."""

    start: int
    end: int
    section: Section
    paragraph: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is `title + "\\n" + body`, or the body alone where there is no title.

    `event`, `kind` and `original` are what a corpus itself declares: the event that the article
    reports, the kind of repost it is, and the id of the article that it was reposted from. `published`
    is when it came out; `retrieved`, when the page was saved, says nothing of who came first.
    """

    id: str
    body: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    targets: tuple[Target, ...] = ()
    event: str | None = None
    kind: str | None = None
    original: str | None = None
    retrieved: str | None = None

    @property
    def text(self) -> str:
        return self.body if self.title is None else f"{self.title}\n{self.body}"

    @property
    def title_length(self) -> int:
        return 0 if self.title is None else len(self.title)


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Scores of one sentence: certainty and bias in [0, 1], sentiment in [-1, 1].

    `strength` is how far it claims a cause (InSciOut): 0 no relation, 1 correlational, 2 conditional
    causal, 3 causal.
    """

    certainty: float
    bias: float
    sentiment: float
    strength: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything measured in one article; every span is in order of its start.

    `hedges` mark uncertainty or a limitation; `approximators` blur a quantity, a degree or a frequency.
    """

    id: str
    n_tokens: int
    sentences: tuple[Sentence, ...]
    scores: tuple[SentenceScores, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]
    hedges: tuple[Marker, ...]
    boosters: tuple[Marker, ...]
    evaluations: tuple[Evaluation, ...]
    approximators: tuple[Marker, ...] = ()
    targets: tuple[TargetSentiment, ...] = ()
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Aligned sentences by index, original to repost; `score` in [0, 1]."""

    original: tuple[int, ...]
    repost: tuple[int, ...]
    relation: LinkRelation
    score: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that share text or an event, and which came first as far as can be told.

    `confidence` in [0, 1] belongs to the direction, `score` in [0, 1] to the relation; `evidence`
    names the signs that decided, strongest first.
    """

    a: str
    b: str
    relation: Relation
    direction: Literal["a→b", "b→a", "common-source", "undetermined"]
    confidence: float
    evidence: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Move:
    """One typed change between an original and a repost (slugs: `reframing.moves.find`)."""

    move: str
    original: Span | None
    repost: Span | None
    original_sentences: tuple[int, ...]
    repost_sentences: tuple[int, ...]
    score: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An aligned pair of claims with causal strength 0-3 on each side (InSciOut)."""

    original: int
    repost: int
    strength: tuple[int, int]
    change: Literal["exaggerates", "same", "downplays"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An original and its repost: links, claims, moves and what they sum to.

    `support` has one value in [0, 1] for each sentence of the repost; `survival` is the share of
    the original's sentences that some link carries over.
    """

    id: str
    original: str
    repost: str
    original_sentences: tuple[Sentence, ...]
    repost_sentences: tuple[Sentence, ...]
    support: tuple[float, ...]
    alignment: tuple[Link, ...]
    claims: tuple[Claim, ...]
    moves: tuple[Move, ...]
    relation: Relation
    survival: float

    @property
    def move_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for move in sorted(self.moves, key=lambda move: move.move):
            counts[move.move] = counts.get(move.move, 0) + 1
        return counts


def covering(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of `spans` (at least one)."""
    spans = list(spans)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


@dataclass(frozen=True, slots=True)
class StudyPair:
    """A pair as the statistics see it, real or a null.

    `condition` is one of

    - `repost`: across outlets, original to repost; where `direction` is not `original→repost` it could
      not be told who came first, and the pair is counted but not studied;
    - `revision`: two versions of one outlet, likewise;
    - `version`: two versions in a corpus that cannot say who came first, in either order;
    - `independent`: two reports of one event of which none was made from the other (null);
    - `copy`: an article against its own copy with other typography (null).

    `kind` is the kind of repost that the corpus declares, else the relation. `event` is the unit
    of the statistics: every article belongs to one.
    """

    id: str
    event: str
    kind: str
    condition: Condition
    relation: Relation
    direction: Literal["original→repost", "common-source", "undetermined"]
    confidence: float
    original: str
    repost: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A pair of the study with its aligned sentences."""

    pair: StudyPair
    links: tuple[Link, ...]


class SentenceMeasures(NamedTuple):
    """Counts and scores of one sentence; attributions and quotes count where they begin."""

    section: Section
    paragraph: int
    n_words: int
    n_hedges: int
    n_boosters: int
    n_negative: int
    n_positive: int
    n_intensifying: int
    n_attributions: int
    n_quotes: int
    quoted_words: int
    certainty: float
    bias: float
    sentiment: float


@dataclass(frozen=True, slots=True)
class Studied:
    """A pair of the study with its comparison and the measures of each sentence on both sides.

    `original_measures` and `repost_measures` run parallel to the comparison's sentences.
    """

    pair: StudyPair
    comparison: Comparison
    original_measures: tuple[SentenceMeasures, ...]
    repost_measures: tuple[SentenceMeasures, ...]
