"""Raw files to checked records: every row is used, or set aside with its reason and its place."""

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.building import FileIntake, check_file, read_raw
from aip_analysis.intake.summary import intake_summary

__all__ = [
    "FileIntake",
    "Problem",
    "SheetAccount",
    "check_file",
    "intake_summary",
    "read_raw",
]
