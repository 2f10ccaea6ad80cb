"""Figures of the study: each is a caption, the table it draws, and a function that draws it."""

from reframing.figures.all import study_figures
from reframing.figures.caption import Study
from reframing.figures.figure import Figure, save

__all__ = ["Figure", "Study", "save", "study_figures"]
