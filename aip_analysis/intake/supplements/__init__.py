"""Texts and photographs that councils and offices add to reports: data/raw/<year>/text."""

from aip_analysis.intake.supplements.read_supplements import Edited, read_edited

__all__ = ["Edited", "read_edited"]
