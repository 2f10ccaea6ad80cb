"""Exams: each module reads one gold corpus, defines how a profile is scored on it, and its baselines."""
