"""Lets libraries that are imported in a warm parent see that they will be used in a kernel.

pandas, for one, looks for IPython's ``get_ipython`` when it is imported, and chooses by it how
wide its tables are. In the parent there is no IPython yet, so something stands in for it.
"""

import builtins

NAME = "get_ipython"


class _Shell:
    """What libraries look for: a shell that has a kernel."""

    kernel = True


def pose() -> None:
    """Let ``get_ipython`` be found."""
    setattr(builtins, NAME, _Shell)


def stop_posing() -> None:
    """Take the stand-in away: the kernel brings its own."""
    vars(builtins).pop(NAME, None)


pose()
