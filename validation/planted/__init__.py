"""Changes planted in texts, faithful rewriting and copies: what is found of them, and what beside."""
