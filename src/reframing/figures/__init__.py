"""Figures of a study; each has a caption, the table that it draws, and a drawing function."""
