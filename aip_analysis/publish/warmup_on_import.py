"""Warms up the process that reports are forked from, which is the only one to import this module.

The standard library's fork server can be prepared only by imports. What fails here fails again in
the process that needs it, where the error is reported.
"""

import gc
import os
import tempfile
import warnings
from contextlib import suppress

# IPython looks for its folder when it is imported, and warns if a scheduled run has no writable
# home folder. Each report gets a folder of its own; this one only has to exist.
os.environ["IPYTHONDIR"] = tempfile.gettempdir()

# Everything that is loaded stays in use: garbage collection would take a sixth of the time, and in
# a forked process it would copy every shared page of memory.
gc.disable()
with suppress(Exception), warnings.catch_warnings(action="ignore"):
    from aip_analysis.publish.warmup import warm_up

    warm_up()
gc.freeze()
gc.enable()
