"""What the warm parent of makers imports: ``running``, without what that never uses."""

import sys
from importlib import import_module

# jsonschema, which nbformat brings along, tries this module for checking addresses. Building its
# grammar takes a second, and nothing here is checked for addresses.
UNUSED = "rfc3987_syntax"


def load_makers() -> None:
    """Load what makes reports."""
    hidden = UNUSED not in sys.modules
    if hidden:
        # How Python is told that there is no such module.
        sys.modules[UNUSED] = None  # type: ignore[assignment]
    import_module("aip_analysis.publish.running")
    if hidden:
        del sys.modules[UNUSED]
