"""Figures of a study: each is a caption, the table it draws, and a function that draws it."""
