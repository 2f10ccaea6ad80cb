"""Figure `tone`: sentiment and evaluation in original and repost, composition and rewording apart."""

from functools import partial

from reframing.figures.caption import Study, caption
from reframing.figures.figure import Figure
from reframing.figures.paired import SAID, Block, paired_data, plot_blocks

BLOCKS = (
    Block("sentiment", "Sentiment", "score, −1 to 1", "change in score"),
    Block("evaluations", "Evaluative words", "per 1,000 words", "change per 1,000 words"),
)


def tone(study: Study) -> Figure:
    """Sentiment and evaluative wording."""
    said = [
        "Sentiment (VADER compound score of a sentence, −1 to 1, weighted by words) and evaluative or "
        "loaded wording (negative, positive and intensifying, per 1,000 words).",
        *SAID,
    ]
    return Figure(
        "tone",
        "How loaded it is",
        caption(study, said),
        partial(plot_blocks, blocks=BLOCKS),
        paired_data(study, BLOCKS),
    )
