"""Figure `attribution`: what becomes of the original's attributions."""

from functools import partial

from reframing.figures.caption import Study, caption
from reframing.figures.fate_panels import SCALES, Panel, fate_data, plot_fates
from reframing.figures.figure import Figure

PANELS = (
    Panel("kept", "kept", whole=True),
    Panel("vague", "vaguer"),
    Panel("dropped", "dropped"),
    Panel("swapped", "other source"),
    Panel("distanced", "distanced"),
    Panel("endorsed", "endorsed"),
    Panel("omitted", "sentence left out", whole=True),
)


def attribution(study: Study) -> Figure:
    """Fates of attributions by kind of repost."""
    said = [
        "Fate of the original's attributions.",
        "Of those in sentences that the repost carries over, the share that is kept (no change found), "
        "made vaguer (source unnamed), dropped (asserted in the repost's own voice), swapped to another "
        "source, distanced (said → claimed) or endorsed (claimed → revealed).",
        "Last panel: share of all the original's attributions whose sentence is left out.",
        SCALES,
    ]
    return Figure(
        "attribution",
        "What becomes of attributions",
        caption(study, said),
        partial(plot_fates, panels=PANELS, columns=4, below="% of the original's attributions"),
        fate_data(study, "attribution"),
    )
