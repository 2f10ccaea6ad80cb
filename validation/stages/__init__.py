"""The validation stages of the pipeline: each reads files, calls pure functions, and writes files."""
