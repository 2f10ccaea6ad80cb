"""Tables of a study: rates, differences and intervals, with the event as the unit."""
