"""Imported by the process that reports are forked from, and by nothing else: warms it up.

The standard library's fork server knows no other way to prepare than to import. What fails here
fails again in the process that needs it, where somebody is there to read why.
"""

import gc
from contextlib import suppress

# All that is loaded stays: looking through it for waste takes a sixth of the time, and in a forked
# process it would copy every page of memory that is shared.
gc.disable()
with suppress(Exception):
    from aip_analysis.publish.warmup import warm_up

    warm_up()
gc.freeze()
gc.enable()
