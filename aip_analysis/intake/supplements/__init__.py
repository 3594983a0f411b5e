"""Texts and photographs that councils and offices add to reports: data/raw/<year>/text."""

from aip_analysis.intake.supplements.read_supplements import Supplements, read_supplements

__all__ = ["Supplements", "read_supplements"]
