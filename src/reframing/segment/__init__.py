"""Where words, sentences and sections begin and end."""
