"""The verbs of the command line; slow imports wait until a verb runs."""
