"""Notebook execution in an IPython shell in a process of its own: papermill's engine ``aip``.

This package knows nothing of reports. Nothing is imported here, so that code which starts processes
need not load what runs in them.
"""
