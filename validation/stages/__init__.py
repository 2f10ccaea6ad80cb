"""The stages of the pipeline that validate: each reads files, calls pure functions, and writes files."""
