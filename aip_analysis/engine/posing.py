"""Lets libraries that are imported in a warm parent see that they will be used in a kernel.

pandas, for one, looks for IPython's ``get_ipython`` when it is imported, and chooses by it how
wide its tables are. In the parent there is no IPython yet, so something stands in for it.
"""

import builtins
import io
import sys

NAME = "get_ipython"
ENCODING = "UTF-8"


class _Shell:
    """What libraries look for: a shell that has a kernel."""

    kernel = True


def pose() -> None:
    """Let ``get_ipython`` be found, and a standard output like that of a kernel."""
    setattr(builtins, NAME, _Shell)
    if sys.__stdout__ is not None:
        sys.stdout = io.TextIOWrapper(sys.__stdout__.buffer, encoding=ENCODING)


def stop_posing() -> None:
    """Take the stand-in away: the kernel brings its own."""
    vars(builtins).pop(NAME, None)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.__stdout__ is not None:
        # Only let go of: closing it would close the real one with it.
        sys.stdout.detach()
        sys.stdout = sys.__stdout__


pose()
