"""What the notebooks call: one corpus opened, and for each question its answer, tables and figures.

A notebook holds prose and calls of this package, and nothing that computes. Each question has a module:
`holdings`, `survival`, `speaking`, `sounding`, `versions`, and for all of them `robustness`.
"""

from reframing.notebook.examples import example
from reframing.notebook.figures import figure
from reframing.notebook.opened import OpenStudy, open_study
from reframing.notebook.reservations import reservations

__all__ = [
    "OpenStudy",
    "example",
    "figure",
    "open_study",
    "reservations",
]
