"""What is going on, on the standard error: the table alone goes to the standard output."""

import sys


def tell(line: str) -> None:
    """Say a line now."""
    print(line, file=sys.stderr, flush=True)
