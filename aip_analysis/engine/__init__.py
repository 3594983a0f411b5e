"""Notebooks run in processes forked from a warm parent: papermill's engine ``aip``.

A warm parent is a process that has imported what a notebook needs and then only waits. Each
notebook gets a fork of it: it starts in milliseconds, and nothing that it does reaches another.

Nothing is imported here: the parent itself must stay free of what it is not told to keep ready.
"""
