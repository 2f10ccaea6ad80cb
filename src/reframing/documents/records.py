"""The records of the study as frozen dataclasses and named tuples.

Spans are half-open code-point offsets into an article's `text`, and do not store the text that they cover:
`reframing.documents.json_records` adds it to the output.
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
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the spans have a character in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


class Marker(NamedTuple):
    """A hedge, booster or approximator: its span, the category and entry of the lexicon, and its scope.

    `scope` is the clause or phrase that it modifies.
    """

    span: Span
    category: str
    entry: str
    scope: Span | None = None


class Evaluation(NamedTuple):
    """Evaluative or loaded wording; `intensifying` is intensity without polarity."""

    span: Span
    polarity: Literal["negative", "positive", "intensifying"]


class Quote(NamedTuple):
    """A quotation: `span` with its quotation marks, `inner` without them.

    `speech` is false for scare quotes, titles and single words. `closed` is false if a mark is missing and the
    end of the quotation was inferred. `speaker` is the source to which the quotation is attributed, if any.
    """

    span: Span
    inner: Span
    speech: bool = True
    closed: bool = True
    speaker: Span | None = None


class Attribution(NamedTuple):
    """An attribution relation: source, cue and content (PARC 3.0; Pareti 2012).

    `content` may be discontinuous; `source` and `cue` are None if not expressed. `kind` is the form of the
    reported speech. `stance` is that of the cue: neutral, endorsing the content, or distancing the text from
    it. `source_kind` is how the source is identified: by name, by role, vaguely, or not at all.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: Literal["direct", "indirect", "mixed"]
    stance: Literal["neutral", "endorse", "distance"]
    source_kind: Literal["named", "role", "vague", "none"]


class Target(NamedTuple):
    """A mention, given with the article, for which target-dependent sentiment is requested."""

    span: Span


class TargetSentiment(NamedTuple):
    """Sentiment toward a target mention; `score` is in [-1, 1]."""

    span: Span
    label: Literal["negative", "neutral", "positive"]
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """The position of a sentence: offsets, section, and index of its paragraph (headline 0, body from 1)."""

    start: int
    end: int
    section: Section
    paragraph: int

    @property
    def span(self) -> Span:
        """The sentence's offsets as a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """One article; its `text`, to which all offsets refer, is `title + "\\n" + body`, or the body alone.

    `event`, `kind`, `original` and `group` are declared by the corpus: the news event that the article
    reports, the kind of repost, the id of the article that it reposts, and a group of originals to compare with
    another, such as those rated true and false. `published` and `retrieved` (when the page was saved) are
    ISO 8601 times; only `published` is evidence for which article came first.
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
    group: str | None = None

    @property
    def text(self) -> str:
        """Title and body joined by a line break, or the body alone if there is no title."""
        return self.body if self.title is None else f"{self.title}\n{self.body}"

    @property
    def title_length(self) -> int:
        """Length of the title in code points; 0 if there is none."""
        return 0 if self.title is None else len(self.title)


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Scores of one sentence: certainty and bias in [0, 1], sentiment in [-1, 1].

    `strength` is the strength of its causal claim on the InSciOut scale (Sumner et al. 2014): 0 no relation,
    1 correlational, 2 conditional causal, 3 causal.
    """

    certainty: float
    bias: float
    sentiment: float
    strength: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """All annotations of one article, each list ordered by start offset.

    `scores` correspond to `sentences`; `n_tokens` counts word tokens. `hedges` mark uncertainty or a
    limitation, `approximators` make a quantity, degree or frequency imprecise. `features` are rates per 1,000
    word tokens, shares and means.
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
    """An alignment link: indices of sentences of the original and of the repost that correspond.

    `score` in [0, 1] is the probability that they have a proposition in common.
    """

    original: tuple[int, ...]
    repost: tuple[int, ...]
    relation: LinkRelation
    score: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles (ids `a` and `b`) that share text or an event, with the direction of reuse if known.

    `confidence` in [0, 1] belongs to the direction, `score` in [0, 1] to the relation. `evidence` names the
    cues that decided the direction, strongest first.
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
    """A reframing move: one typed change between an original and its repost.

    `move` is a slug of `moves/catalogue.toml`. The spans give the wording on each side; None means absent from
    that side. `score` in [0, 1] is the probability that a reader agrees.
    """

    move: str
    original: Span | None
    repost: Span | None
    original_sentences: tuple[int, ...]
    repost_sentences: tuple[int, ...]
    score: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Two linked sentences, by index, that both claim a relation between variables.

    `strength` is the strength of the claim in original and repost, from 1 (correlational) to 3 (causal), on the
    InSciOut scale (Sumner et al. 2014).
    """

    original: int
    repost: int
    strength: tuple[int, int]
    change: Literal["exaggerates", "same", "downplays"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison of an original with its repost: links, claims, moves and summary values.

    `support` has one value in [0, 1] for each sentence of the repost: how well the original supports it.
    `survival` is the share of the original's sentences that are linked to the repost (NaN if none has words).
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
        """The number of moves by slug, in alphabetical order."""
        counts: dict[str, int] = {}
        for move in sorted(self.moves, key=lambda move: move.move):
            counts[move.move] = counts.get(move.move, 0) + 1
        return counts


def covering(spans: Iterable[Span]) -> Span:
    """The smallest span that contains all of `spans` (at least one)."""
    spans = list(spans)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


@dataclass(frozen=True, slots=True)
class StudyPair:
    """A pair of articles as the unit of comparison in the study: a reuse pair or a null comparison.

    `condition` is one of

    - `repost`: original and repost by different outlets; a pair whose `direction` is not `original→repost` is
      counted but not analysed, since it is unknown which came first;
    - `revision`: two versions by one outlet, with the same rule;
    - `version`: two versions in a corpus without information on direction, compared in both orders;
    - `independent`: two reports of one event, neither derived from the other (null);
    - `copy`: an article and a copy of it in other typography (null).

    `kind` is the kind of repost that the corpus declares, or else the relation. `event` is the unit of the
    statistics: every article belongs to exactly one.
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
    """A pair of the study with its alignment links."""

    pair: StudyPair
    links: tuple[Link, ...]


class SentenceMeasures(NamedTuple):
    """Counts and scores of one sentence; a span is counted in the sentence in which it begins."""

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
    """A pair of the study with its comparison, all proposed moves, and the measures of each sentence.

    `proposals` are moves with any score, also those that the comparison does not report. `original_measures`
    and `repost_measures` correspond to the sentences of the comparison.
    """

    pair: StudyPair
    comparison: Comparison
    proposals: tuple[Move, ...]
    original_measures: tuple[SentenceMeasures, ...]
    repost_measures: tuple[SentenceMeasures, ...]
