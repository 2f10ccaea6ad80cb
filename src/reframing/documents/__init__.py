"""Texts, records and tables: what everything else reads and writes.

A text becomes tokens, sentences and terms here; records are frozen dataclasses, tables have a schema.
"""
