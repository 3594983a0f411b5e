"""Papermill's client, which takes plain outputs as they are.

nbformat checks each output against its schema, which takes longer than receiving it. What a kernel
displays is nearly always a few texts and some JSON: that is seen at a glance. Anything else goes
the way that it always went.
"""

import re
from typing import Any

from nbformat import NotebookNode

from aip_analysis.engine.waiting import WaitingClient

# What nbformat's schema lets be any value of JSON.
JSON = re.compile(r"application/(.*\+)?json")
DISPLAY = {"data", "metadata", "transient"}


class QuickClient(WaitingClient):
    """Runs a notebook as papermill's own client does, with less to do for each output."""

    def output(
        self,
        outs: list[NotebookNode],
        msg: dict[str, Any],
        display_id: str | None,
        cell_index: int,
    ) -> NotebookNode | None:
        """Take an output; parameters and result are those of nbclient's client."""
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if hooked or display_id or self.clear_before_next_output or not _plain_display(msg):
            found: NotebookNode | None = super().output(outs, msg, display_id, cell_index)
            return found
        content = msg["content"]
        output = NotebookNode(output_type="display_data", metadata=content["metadata"], data={})  # type: ignore[no-untyped-call]
        for kind, value in content["data"].items():
            # JSON stays as it came: making nodes of a chart's every point is what takes long.
            dict.__setitem__(output["data"], kind, value)
        outs.append(output)
        return output


def _plain_display(msg: dict[str, Any]) -> bool:
    """Tell whether nbformat would certainly find a message to be a valid display."""
    content = msg["content"]
    if msg["msg_type"] != "display_data" or content.keys() - DISPLAY:
        return False
    data, metadata = content.get("data"), content.get("metadata")
    return (
        isinstance(data, dict)
        and isinstance(metadata, dict)
        and all(isinstance(value, str) or JSON.fullmatch(kind) for kind, value in data.items())
    )
