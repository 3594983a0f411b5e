"""Checks across rows, sheets and files: whether the records are consistent with each other."""
