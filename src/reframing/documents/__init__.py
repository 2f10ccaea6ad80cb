"""Texts, records and tables: the basis of all other packages.

Texts are split into tokens, sentences and content terms; records are frozen dataclasses; tables have a schema.
"""
