"""Notebooks run in an IPython shell of a process of their own: papermill's engine ``aip``.

Knows nothing of reports. Nothing is imported here: whoever starts processes need not load what runs
in them.
"""
