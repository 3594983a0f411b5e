"""Benchmarks: named measurements on the sample records, in a temporary home."""
