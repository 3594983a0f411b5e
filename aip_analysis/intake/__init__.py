"""Read raw files into checked records; rows that cannot be used are set aside with a reason."""

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.building import check_files, read_raw
from aip_analysis.intake.outcome import FileIntake, Intake
from aip_analysis.intake.summary import intake_summary

__all__ = [
    "FileIntake",
    "Intake",
    "Problem",
    "SheetAccount",
    "check_files",
    "intake_summary",
    "read_raw",
]
