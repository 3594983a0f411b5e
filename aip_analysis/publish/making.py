"""What the warm parent of makers does beforehand, so that no maker has to."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# jsonschema, which nbformat brings along, tries this module for checking addresses. Building its
# grammar takes a second, and nothing here is checked for addresses.
UNUSED = "rfc3987_syntax"


def load_makers() -> None:
    """Load what makes reports, and make a small one: much is loaded only when first asked for."""
    with _without(UNUSED):
        from aip_analysis.publish import rehearsal  # noqa: PLC0415 -- only the makers' parent

        with tempfile.TemporaryDirectory(prefix="aip-") as folder:
            rehearsal.rehearse(Path(folder))


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Hide a module from those that only try whether it is there."""
    hidden = module not in sys.modules
    if hidden:
        # How Python is told that there is no such module.
        sys.modules[module] = None  # type: ignore[assignment]
    yield
    if hidden:
        del sys.modules[module]
