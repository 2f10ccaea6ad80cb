"""The commands of the command line; slow imports are deferred until a command runs."""
