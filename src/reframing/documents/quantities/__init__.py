"""Quantities in a text: counts, percentages, sums of money, durations, ages, dates and times, with values."""
