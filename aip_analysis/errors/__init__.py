"""Exceptions for the mistakes that a user can correct, each with its exit code."""

from aip_analysis.errors.tree import (
    AipError,
    InputRefusedError,
    LockedError,
    NothingToDoError,
    ProgramFaultError,
    ReportsFailedError,
    ToolMissingError,
    UsageError,
)

__all__ = [
    "AipError",
    "InputRefusedError",
    "LockedError",
    "NothingToDoError",
    "ProgramFaultError",
    "ReportsFailedError",
    "ToolMissingError",
    "UsageError",
]
