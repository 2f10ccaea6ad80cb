"""Figure `quotes`: what becomes of the original's quotations, and quotations without a counterpart."""

from functools import partial

from reframing.figures.caption import Study, caption
from reframing.figures.fate_panels import SCALES, Panel, fate_data, named_for, plot_fates
from reframing.figures.figure import Figure

PANELS = (
    Panel("kept", "kept", whole=True),
    Panel("truncated", "cut"),
    Panel("altered", "altered"),
    Panel("omitted", "sentence left out", whole=True),
    Panel("paraphrased", "paraphrased"),
    Panel("unsupported", "unsupported"),
)


def quotes(study: Study) -> Figure:
    """Fates of quotations by kind of repost."""
    said = [
        "Fate of the original's quotations.",
        "Of those in sentences that the repost carries over, the share that is kept (no change found), "
        "cut (words lost, the rest unchanged), altered (other words inside the marks) or paraphrased "
        "(no longer quoted).",
        "Sentence left out: share of all the original's quotations whose sentence is left out. "
        "Unsupported: share of the repost's quotations that have no counterpart in the original.",
        SCALES,
    ]
    if not study.directed:
        said = [
            "Quotations of one version in the other, each pair in both orders.",
            "Of those in sentences that both share, the share that is the same there (no difference found), "
            "shorter, in other words, or no longer quoted.",
            "Not shared: share of all quotations whose sentence the other version does not share. Unmatched: "
            "share of all quotations without a counterpart in the other version.",
            SCALES,
        ]
    plot = partial(plot_fates, panels=named_for(study, PANELS), columns=3, below="% of quotations")
    data = fate_data(study, "quote")
    return Figure("quotes", "What becomes of quotations", caption(study, said), plot, data)
