"""Constructs measured in a text: one module each, pure functions over text and tokens."""
