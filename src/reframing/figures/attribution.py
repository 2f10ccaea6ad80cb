"""Figure `attribution`: what becomes of the original's attributions."""

from functools import partial

from reframing.figures.caption import Study, caption
from reframing.figures.fate_panels import SCALES, Panel, fate_data, named_for, plot_fates
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
    if not study.directed:
        said = [
            "Attributions of one version in the other, each pair in both orders.",
            "Of those in sentences that both share, the share that is the same there (no difference found), "
            "or where the other version leaves the source unnamed, asserts the claim in its own voice "
            "(unattributed), names another source, or has a more distant or more endorsing cue.",
            "Last panel: share of all attributions whose sentence the other version does not share.",
            SCALES,
        ]
    below = f"% of the {'original' if study.directed else 'version'}'s attributions"
    plot = partial(plot_fates, panels=named_for(study, PANELS), columns=4, below=below)
    data = fate_data(study, "attribution")
    return Figure("attribution", "What becomes of attributions", caption(study, said), plot, data)
