"""The workbench's folder: finding it, hashing its files, writing files atomically.

A command that finds nothing to do needs this floor alone, so nothing large is imported here.
"""

from aip_analysis.files.atomic import clear_leftovers, write_atomically
from aip_analysis.files.hashes import files_hash, fingerprint, program_hash
from aip_analysis.files.workbench_folder import VARIABLE, find_home

__all__ = [
    "VARIABLE",
    "clear_leftovers",
    "files_hash",
    "find_home",
    "fingerprint",
    "program_hash",
    "write_atomically",
]
