"""Typed moves between an original and its repost; `catalogue.toml` defines them.

One module a family proposes moves by rule, `change_reader` reads both sentences with a network, `scoring` says
how likely a reader agrees, `find` puts them together, and `compare` makes the record of a pair.
"""
