"""Progress messages on standard error: only the table goes to standard output."""

import sys


def tell(line: str) -> None:
    """Print a line to standard error at once."""
    print(line, file=sys.stderr, flush=True)
