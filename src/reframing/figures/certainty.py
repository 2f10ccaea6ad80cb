"""Figure `certainty`: hedges and boosters in original and repost, composition and rewording apart."""

from functools import partial

from reframing.figures.caption import Study, caption
from reframing.figures.figure import Figure
from reframing.figures.paired import SAID, Block, paired_data, plot_blocks

BLOCKS = (
    Block("hedges", "Hedges", "per 1,000 words", "change per 1,000 words"),
    Block("boosters", "Boosters", "per 1,000 words", "change per 1,000 words"),
)


def certainty(study: Study) -> Figure:
    """Hedges and boosters per 1,000 words."""
    said = ["Markers of uncertainty (hedges) and of certainty (boosters) per 1,000 words.", *SAID]
    return Figure(
        "certainty",
        "How sure it sounds",
        caption(study, said),
        partial(plot_blocks, blocks=BLOCKS),
        paired_data(study, BLOCKS),
    )
