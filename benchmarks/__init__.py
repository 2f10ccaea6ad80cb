"""Benchmarks: speed, processors, coverage of intervals, and libraries in place of our own code."""
