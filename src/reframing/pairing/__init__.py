"""Which article was reposted from which, and which of their sentences express the same proposition."""
