"""Checks that need more than one row, sheet or file: what the records tell of each other."""
