"""Kinds of moves for readers: families, weights, effects on the reader, and wording for the verdict.

The label and family of each kind are columns of `moves/catalogue.tsv`. A family is what a reader filters by,
and its moves share a colour and an underline. A kind without a row in `KINDS` has the weight `OTHER_WEIGHT`,
and its moves are explained by their own explanations.
"""

from typing import Literal, NamedTuple

from reframing.moves.catalogue import catalogue

# Families of moves.


class Family(NamedTuple):
    """A group of kinds of moves.

    `slug` is its CSS class in the page, `terminal` its colour in a terminal, `gloss` a short explanation.
    """

    slug: str
    label: str
    gloss: str
    terminal: str


FAMILIES: tuple[Family, ...] = (
    Family("attribution", "Attribution", "who is said to vouch for it", "blue"),
    Family("quotation", "Quotation", "what stands in quotation marks", "cyan"),
    Family("certainty", "Certainty", "how sure it sounds", "yellow"),
    Family("evaluation", "Evaluation", "how loaded the wording is", "red"),
    Family("facts", "Facts", "who, what, how many, and what causes what", "green"),
    Family("structure", "Structure", "what was added, left out or moved", "magenta"),
)

_BY_SLUG = {family.slug: family for family in FAMILIES}


def family_of(move: str) -> Family:
    """The family of a move's slug; raises `KeyError` where the slug or its family is unknown."""
    return _BY_SLUG[catalogue()[move].family]


# Kinds of moves.

Examples = Literal["none", "was", "now", "pair", "sources", "swapped"]
Question = Literal["vouches", "words", "sure", "loaded", "exact", "acts"]

OTHER_WEIGHT = 0.5


class Kind(NamedTuple):
    """One kind of move, as it is presented to a reader.

    - `weight`: how important such moves are in general, 0 to 1; a factor of the rank (`entries`).
    - `effect`: what the change does to a reader of the repost.
    - `one`, `several`: how the verdict describes one move, and `{n}` moves, after "The repost"; `{sources}` is
      replaced with the sources that the original names. Empty where the verdict does not mention the kind.
    - `examples`: which words follow the description in parentheses.
    - `question`, `push`: the dial that the move turns, and in which direction, -1 to 1 (`verdict.dials`).
    - `distinct`: whether moves with different words are separate entries.
    """

    weight: float
    effect: str
    one: str
    several: str
    examples: Examples = "none"
    question: Question | None = None
    push: float = 0.0
    distinct: bool = False


KINDS: dict[str, Kind] = {
    "attribution-dropped": Kind(
        0.9, "The repost states it as fact; readers no longer learn who says so.",
        "states as fact what the original attributes to {sources}",
        "states as fact {n} claims that the original attributes to {sources}",
        question="vouches", push=1,
    ),
    "attribution-vague": Kind(
        0.7, "Readers can no longer tell who says so.",
        "no longer names the source of a claim", "no longer names the sources of {n} claims",
        "sources", "vouches", 0.5,
    ),
    "attribution-swapped": Kind(
        1.0, "The claim is credited to a different source.",
        "credits a claim to a different source", "credits {n} claims to different sources",
        "swapped", "vouches", distinct=True,
    ),
    "attribution-added": Kind(
        0.6, "The original states this in its own voice; here a source says it.",
        "attributes to a source what the original states in its own voice",
        "attributes to sources {n} statements that the original makes in its own voice",
        "now", "vouches", -1,
    ),
    "attribution-distanced": Kind(
        0.7, "The wording invites doubt about what the source says.",
        "distances itself from what a source says", "distances itself {n} times from what sources say",
        "pair", "vouches", -0.5,
    ),
    "attribution-endorsed": Kind(
        0.7, "The wording presents what the source says as true.",
        "presents as true what a source says", "presents {n} claims of sources as true",
        "pair", "vouches", 0.5,
    ),
    "quote-altered": Kind(
        1.0, "The words in quotation marks are not those that the original quotes.",
        "changes words inside a quotation", "changes words inside quotations {n} times",
        "pair", "words", 1, distinct=True,
    ),
    "quote-truncated": Kind(
        0.4, "Part of the quotation is missing.",
        "cuts a quotation short", "cuts quotations short {n} times",
        question="words", push=0.5,
    ),
    "quote-paraphrased": Kind(
        0.4, "Readers no longer see which words were said.",
        "paraphrases a passage that the original quotes",
        "paraphrases {n} passages that the original quotes",
        question="words", push=1,
    ),
    "quote-unsupported": Kind(
        1.0, "The original has no such quotation.",
        "has a quotation that is not in the original",
        "has {n} quotations that are not in the original",
        question="words", push=1,
    ),
    "hedge-dropped": Kind(
        0.9, "It sounds more certain than in the original.",
        "drops a hedge", "drops {n} hedges", "was", "sure", 1,
    ),
    "hedge-added": Kind(
        0.6, "It sounds less certain than in the original.",
        "adds a hedge", "adds {n} hedges", "now", "sure", -1,
    ),
    "booster-added": Kind(
        0.6, "It is asserted more firmly than in the original.",
        "adds emphasis", "adds emphasis {n} times", "now", "sure", 1,
    ),
    "booster-dropped": Kind(
        0.5, "It is asserted less firmly than in the original.",
        "drops emphasis", "drops emphasis {n} times", "was", "sure", -1,
    ),
    "evaluation-added": Kind(
        0.6, "This judgement is not in the original.",
        "adds a judgement of its own", "adds {n} judgements of its own", "now", "loaded", 1,
    ),
    "evaluation-dropped": Kind(
        0.5, "A judgement that the original makes or reports is missing.",
        "leaves out a judgement", "leaves out {n} judgements", "was", "loaded", -1,
    ),
    "evaluation-shifted": Kind(
        0.6, "The same thing is described in a different tone.",
        "changes the tone of a passage", "changes the tone of {n} passages", "pair", "loaded",
    ),
    "causality-strengthened": Kind(
        0.9, "A connection reads more like cause and effect.",
        "strengthens a causal claim", "strengthens {n} causal claims", "pair", "sure", 1, True,
    ),
    "causality-weakened": Kind(
        0.8, "Cause and effect read more like a mere connection.",
        "weakens a causal claim", "weakens {n} causal claims", "pair", "sure", -1, True,
    ),
    "agent-dropped": Kind(
        0.9, "Readers no longer learn here who acts.",
        "leaves out who acts", "leaves out who acts in {n} places", "pair", "acts", -1, True,
    ),
    "agent-added": Kind(
        0.8, "The original does not say here who acts.",
        "says who acts where the original does not",
        "says who acts in {n} places where the original does not", "pair", "acts", 1, True,
    ),
    "number-changed": Kind(
        0.9, "Readers get a different figure or date.",
        "changes a figure or date", "changes {n} figures or dates", "pair", "exact", 1, True,
    ),
    "entity-changed": Kind(
        0.9, "Readers get a different person, place or thing.",
        "changes who or what is meant", "changes who or what is meant in {n} places",
        "pair", "exact", 1, True,
    ),
    "polarity-flipped": Kind(
        1.0, "One text affirms what the other denies or reverses.",
        "reverses a statement", "reverses {n} statements", "pair", "exact", 1, True,
    ),
    "sentence-added": Kind(0.3, "No sentence of the original corresponds to it.", "", ""),
    "sentence-omitted": Kind(0.25, "No sentence of the repost corresponds to it.", "", ""),
    "lead-promoted": Kind(
        0.5, "Readers meet first what the original says further down.",
        "opens with what the original says further down",
        "opens with {n} statements that the original makes further down",
    ),
    "lead-demoted": Kind(
        0.4, "Readers meet further down what the original says first.",
        "moves the original’s opening further down", "moves the original’s opening further down",
    ),
}  # fmt: skip


def kind_of(slug: str) -> Kind:
    """The kind of a move's slug, or a default kind where `KINDS` has none."""
    if slug in KINDS:
        return KINDS[slug]
    label = catalogue()[slug].label
    return Kind(OTHER_WEIGHT, "", f"has “{label}”", f"has “{label}” {{n}} times", "pair")


def label_of(slug: str) -> str:
    """The catalogue's label of a slug with a capital letter: *Hedge dropped*."""
    label = catalogue()[slug].label
    return label[0].upper() + label[1:]
