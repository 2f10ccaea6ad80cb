"""The verbs of the command line, one module each; slow imports wait until a verb runs."""
