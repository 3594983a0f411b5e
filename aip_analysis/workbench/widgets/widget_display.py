"""Display of widgets: live where a kernel answers them, a still anywhere else."""

from typing import Any

import ipywidgets
from IPython.core.getipython import get_ipython

WIDGET = "application/vnd.jupyter.widget-view+json"


def has_kernel() -> bool:
    """Return whether this code runs in a kernel, which a page can send messages to."""
    return getattr(get_ipython(), "kernel", None) is not None


def live_or_still(widget: ipywidgets.DOMWidget, text: str, still: str) -> dict[str, Any]:
    """Return a widget for display, with a still for pages that have no kernel.

    JupyterLab shows the widget. A page made from the notebook shows the still, and so does the
    notebook when it is run without a kernel, as for a report.

    Parameters
    ----------
    text
        The widget as plain text.
    still
        The widget as HTML that needs no script.
    """
    bundle: dict[str, Any] = {"text/plain": text, "text/html": still}
    if has_kernel():
        bundle[WIDGET] = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return bundle
