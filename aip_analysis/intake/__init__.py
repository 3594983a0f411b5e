"""Read raw files into checked records; rows that cannot be used are set aside with a reason."""

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.read_records import check_files, read_raw
from aip_analysis.intake.results import FileIntake, Intake, intake_summary

__all__ = [
    "FileIntake",
    "Intake",
    "Problem",
    "SheetAccount",
    "check_files",
    "intake_summary",
    "read_raw",
]
