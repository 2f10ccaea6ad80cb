"""Examples of the codebook, and like ones: each gives its move and no other, counter-examples give none.

The codebook's own example of `quote-paraphrased` is not found: both sides share no word of content. Here they
share one. `NOT_YET` is what is known to go wrong: the network takes some exchanged sources for vague ones, and
of sources that share a word too few are known.
"""

import pytest

from reframing.documents.records import Article
from reframing.moves.compare import compare

TITLE = "Ferry service faces cuts"
REST = (
    "The council met for two hours on Monday. Passengers waited at the northern pier in heavy rain."
)

EXAMPLES = [
    (
        "attribution-dropped",
        "The bridge is unsafe, engineer Ana Bell said.",
        "The bridge is unsafe.",
    ),
    (
        "attribution-added",
        "The bridge was built without a permit.",
        "The bridge was built without a permit, residents say.",
    ),
    (
        "attribution-vague",
        "Hydrologist Ana Bell said the river would flood in spring.",
        "Experts say the river would flood in spring.",
    ),
    (
        "attribution-vague",
        "The ministry expects lower levels.",
        "It is expected that levels will be lower.",
    ),
    (
        "attribution-swapped",
        "The engine failed twice in March, said the operator.",
        "The engine failed twice in March, said the regulator.",
    ),
    (
        "attribution-swapped",
        "The data protection authority said the engine failed twice in March.",
        "The consumer association said the engine failed twice in March.",
    ),
    (
        "attribution-distanced",
        "The operator said the engine was safe.",
        "The operator claimed the engine was safe.",
    ),
    (
        "attribution-endorsed",
        "The operator said the engine was unsafe.",
        "The operator admitted the engine was unsafe.",
    ),
    (
        "quote-altered",
        "“We will look at every option,” the mayor said.",
        "“We will try every option,” the mayor said.",
    ),
    (
        "quote-truncated",
        "“It is a good bridge, but it is old and it needs work,” Orr said.",
        "“It is a good bridge,” Orr said.",
    ),
    (
        "quote-paraphrased",
        "“We were never told of the plan,” said Orr.",
        "Orr said they had not been informed of the plan.",
    ),
    (
        "quote-unsupported",
        "Orr called the plan late.",
        "Orr called the plan “hopelessly late”.",
    ),
    ("hedge-dropped", "Work may begin in May.", "Work will begin in May."),
    ("hedge-added", "Work will begin in May.", "Work could begin in May."),
    (
        "hedge-added",
        "The music school will reopen in May after the repairs.",
        "The music school could reopen in May after the repairs.",
    ),
    ("booster-added", "The plan failed.", "The plan clearly failed."),
    ("booster-dropped", "The plan clearly failed.", "The plan failed."),
    ("evaluation-added", "The council closed the pier.", "The shameful council closed the pier."),
    ("evaluation-shifted", "The mayor criticised the plan.", "The mayor slammed the plan."),
    (
        "causality-strengthened",
        "Night work was linked to falls at the pier.",
        "Night work causes falls at the pier.",
    ),
    (
        "agent-dropped",
        "Police arrested two men at the harbour.",
        "Two men were arrested at the harbour.",
    ),
    (
        "agent-added",
        "Two men were arrested at the harbour.",
        "Police arrested two men at the harbour.",
    ),
    ("number-changed", "The bridge cost 12 million euros.", "The bridge cost 14 million euros."),
    (
        "entity-changed",
        "The fire began in Ostby on Friday.",
        "The fire began in Vardal on Friday.",
    ),
    (
        "causality-strengthened",
        "The pier was flooded while the pumping station was out of service.",
        "The pier was flooded because the pumping station was out of service.",
    ),
    (
        "polarity-flipped",
        "The board approved the plan on Friday.",
        "The board rejected the plan on Friday.",
    ),
    (
        "sentence-omitted",
        "The fire began in Ostby on Friday. Nobody was hurt in the blaze.",
        "The fire began in Ostby on Friday.",
    ),
    (
        "sentence-added",
        "The fire began in Ostby on Friday.",
        "The fire began in Ostby on Friday. Nobody was hurt in the blaze.",
    ),
]

NO_MOVES = [
    ("The engine failed, said the operator.", "The engine failed, said the company."),
    ("Work may begin in May.", "Work could begin in May."),
    ("The bridge is unsafe, the operator said.", "The operator argued the bridge is unsafe."),
    (
        "Residents fear for their wells in summer.",
        "Residents are afraid for their wells in summer.",
    ),
    ("Orr criticised the plan on Friday.", "Orr voiced criticism of the plan on Friday."),
    ("The plan is undoubtedly a mistake.", "The plan is without doubt a mistake."),
    ("The income will go to school canteens.", "School canteens will be given the income."),
    ("The board acquitted the mayor.", "The mayor was acquitted by the board."),
    ("The fire began in Ostby on Friday.", "The fire began in Ostby on Friday.\nImage 3 of 5"),
]

NOT_YET = [
    (
        ["attribution-swapped"],
        "The bridge is unsafe, police said on Friday.",
        "The bridge is unsafe, prosecutors said on Friday.",
    ),
    (
        ["entity-changed"],
        "The deputy mayor opened the pier on Friday.",
        "The mayor opened the pier on Friday.",
    ),
    (
        ["entity-changed"],
        "The education board will discuss the plan on Friday.",
        "The health board will discuss the plan on Friday.",
    ),
    (
        ["attribution-swapped"],
        "The finance ministry said the engine failed twice in March.",
        "The health ministry said the engine failed twice in March.",
    ),
    ([], "The engine failed twice, police said.", "The engine failed twice, detectives said."),
]


@pytest.mark.parametrize(("slug", "original", "repost"), EXAMPLES)
def test_an_example_gives_its_move_alone(slug: str, original: str, repost: str) -> None:
    assert moves(original, repost) == [slug]


@pytest.mark.parametrize(("original", "repost"), NO_MOVES)
def test_a_counter_example_gives_none(original: str, repost: str) -> None:
    assert moves(original, repost) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("expected", "original", "repost"), NOT_YET)
def test_what_is_known_to_go_wrong(expected: list[str], original: str, repost: str) -> None:
    assert moves(original, repost) == expected


def moves(original: str, repost: str) -> list[str]:
    """The slugs between two reports that differ in their first sentence alone."""
    texts = (f"{TITLE}\n\n{first}\n\n{REST}" for first in (original, repost))
    return [move.move for move in compare(*map(Article, ("o", "r"), texts)).moves]
