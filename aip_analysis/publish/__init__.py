"""Publishing of reports: plan, run notebooks with papermill, render as HTML, index, manifest.

Nothing is imported here: a command that only lists reports does not load what makes them.
"""
