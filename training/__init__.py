"""Training: from gold corpora to the networks of `models/` and the weights of links and moves."""
