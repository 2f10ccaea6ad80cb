"""Which article was reposted from which, and which of their sentences say the same."""
