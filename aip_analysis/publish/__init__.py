"""Notebooks to published reports: plan, run with papermill, set as HTML, index, manifest.

Nothing is imported here: a command that only lists reports does not load what makes them.
"""
