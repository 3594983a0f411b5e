"""Texts and photographs that councils and offices add to reports: data/raw/<year>/text."""

from aip_analysis.intake.edited.reading import Edited, read_edited

__all__ = ["Edited", "read_edited"]
