"""Quantities of a text: counts, shares, sums, durations, ages, dates and times with their values."""

from reframing.segment.quantities.equality import commensurable, same_value
from reframing.segment.quantities.find import find_quantities
from reframing.segment.quantities.record import Date, Quantity

__all__ = ["Date", "Quantity", "commensurable", "find_quantities", "same_value"]
