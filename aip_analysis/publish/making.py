"""What the warm parent of makers does beforehand, so that no maker has to."""

import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What libraries only try whether it is there, and nothing here asks for. jsonschema, which nbformat
# brings along, checks formats of addresses, colours and times with most of it, and the format of
# nothing in a notebook is given; building the grammar of the first takes a second. papermill reads
# notebooks from clusters of files with one, which brings all of pyarrow along. The last finds
# things in pages that are read again, as no page here is.
UNUSED = (
    "rfc3987_syntax",
    "rfc3986_validator",
    "rfc3339_validator",
    "fqdn",
    "isoduration",
    "jsonpointer",
    "uri_template",
    "webcolors",
    "pyarrow.fs",
    "soupsieve",
)


def load_makers() -> None:
    """Load what makes reports, and make a small one: much is loaded only when first asked for."""
    with _without(*UNUSED):
        from aip_analysis.publish import rehearsal  # noqa: PLC0415 -- only the makers' parent

        with tempfile.TemporaryDirectory(prefix="aip-") as folder:
            rehearsal.rehearse(Path(folder))


@contextmanager
def _without(*modules: str) -> Iterator[None]:
    """Hide modules from those that only try whether they are there."""
    hidden = [module for module in modules if module not in sys.modules]
    for module in hidden:
        # How Python is told that there is no such module.
        sys.modules[module] = None  # type: ignore[assignment]
    # One warns that it does without.
    with warnings.catch_warnings(action="ignore"):
        yield
    for module in hidden:
        del sys.modules[module]
