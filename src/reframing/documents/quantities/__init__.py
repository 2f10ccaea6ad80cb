"""Quantities of a text: counts, shares, sums, durations, ages, dates and times with their values."""
