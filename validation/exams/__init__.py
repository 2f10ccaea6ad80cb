"""Gold that others annotated: a module a corpus reads it, asks a profile about it, and says what is right."""
