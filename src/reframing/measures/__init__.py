"""Measures of a single text: one module per construct, next to its lexicon; `annotate` applies all of them."""
