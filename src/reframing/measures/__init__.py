"""What is measured in one text: one module a construct, its lexicon beside it, all together in `annotate`."""
