"""Versions of which neither is known to be the original: what two of them share, and where they differ."""

from typing import TYPE_CHECKING

from reframing.figures.dot_rows import kind_label
from reframing.moves.catalogue import catalogue
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import prose
from reframing.notebook.survival import PLACES
from reframing.notebook.tables import Column, Table, estimates, found_right, groups, table, written
from reframing.notebook.wording import PERCENT, RATE, bold, estimate, said
from reframing.statistics.estimates import Estimate
from reframing.statistics.fates import FATES, UNDIRECTED
from reframing.statistics.groups import ALL_KINDS
from reframing.statistics.rates import EVERYWHERE
from reframing.statistics.rates import UNDIRECTED as UNSIGNED

if TYPE_CHECKING:
    from IPython.display import HTML


def answer(study: OpenStudy) -> "HTML":
    """Two sentences: how much versions share, and how far attributions there differ, beside the null."""
    versions, independent = (_shared(study, name) for name in ("version", "independent"))
    beside = (
        f" (independent reports: {said(independent, PERCENT)})" if independent.n_clusters else ""
    )
    bare = _fate(study, "version", "attribution", "dropped")
    null = _fate(study, "independent", "attribution", "dropped")
    against = f" (independent reports: {said(null, PERCENT)})" if null.n_clusters else ""
    return prose(
        f"Two versions share {bold(versions, PERCENT)} of their sentences{beside}. Of the attributions in "
        f"shared sentences, {bold(bare, PERCENT)} stand in one version only{against}."
    )


def by_place(study: OpenStudy) -> Table:
    """Share of a version's sentences that the other has too, at chosen places."""
    columns = [Column(heading, {"place": place}, PERCENT) for place, heading in PLACES.items()]
    caption = "Share of a version's sentences that the other version shares, by place"
    return estimates(study, "sharing", caption, columns)


def attributions(study: OpenStudy) -> Table:
    """What the other version has of an attribution."""
    return _fates(study, "attribution", "Attributions of one version in the other")


def quotations(study: OpenStudy) -> Table:
    """What the other version has of a quotation."""
    return _fates(study, "quote", "Quotations of one version in the other")


def differences(study: OpenStudy) -> Table:
    """Differences per 1,000 words, by kind and null."""
    found = study.tables["moves"]
    rows = {
        kind_label(name): {
            label: written(estimate(found, condition=condition, kind=kind, move=name), RATE)
            for condition, kind, label in groups(study)
        }
        | {
            "found right": found_right(
                study, [s for s in catalogue() if UNSIGNED.get(s, s) == name]
            )
        }
        for name in sorted(set(found["move"]))
    }
    return table("Differences per 1,000 words, nulls after them; and how many are right", rows)


def _fates(study: OpenStudy, subject: str, caption: str) -> Table:
    columns = [
        Column(UNDIRECTED[fate], {"subject": subject, "fate": UNDIRECTED[fate]}, PERCENT)
        for of, fate in FATES
        if of == subject
    ]
    return estimates(study, "fates", f"{caption}, in %", columns)


def _shared(study: OpenStudy, condition: str) -> Estimate:
    keys = {"condition": condition, "kind": ALL_KINDS, "place": EVERYWHERE}
    return estimate(study.survival, **keys)


def _fate(study: OpenStudy, condition: str, subject: str, fate: str) -> Estimate:
    keys = {"condition": condition, "kind": ALL_KINDS, "subject": subject}
    return estimate(study.tables["fates"], fate=UNDIRECTED[fate], **keys)
