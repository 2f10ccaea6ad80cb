"""What the notebooks call: one corpus opened, and for each question its answer, tables and figures.

A notebook holds prose and calls of this package, and nothing that computes. Each question has a module:
`holdings`, `survival`, `speaking`, `sounding`, `versions`, and for all of them `robustness`; the gold suite
has `trust`. `pages` renders an executed
notebook.
"""

from reframing.notebook.examples import example
from reframing.notebook.figures import figure
from reframing.notebook.opened import OpenStudy, open_study
from reframing.notebook.planted import Planted, open_planted
from reframing.notebook.reservations import reservations
from reframing.notebook.trust import Validation, open_validation

__all__ = [
    "OpenStudy",
    "Planted",
    "Validation",
    "example",
    "figure",
    "open_planted",
    "open_study",
    "open_validation",
    "reservations",
]
