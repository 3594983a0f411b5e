"""Imported by the process that reports are forked from, and by nothing else: warms it up.

The standard library's fork server knows no other way to prepare than to import. What fails here
fails again in the process that needs it, where somebody is there to read why.
"""

import gc
import os
import tempfile
import warnings
from contextlib import suppress

# IPython looks for its folder when it is imported, and warns where a scheduled run has no home to
# write to. Each report gets a folder of its own; this one only has to be there.
os.environ["IPYTHONDIR"] = tempfile.gettempdir()

# All that is loaded stays: looking through it for waste takes a sixth of the time, and in a forked
# process it would copy every page of memory that is shared.
gc.disable()
with suppress(Exception), warnings.catch_warnings(action="ignore"):
    from aip_analysis.publish.warmup import warm_up

    warm_up()
gc.freeze()
gc.enable()
