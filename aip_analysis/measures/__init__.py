"""Figures for areas, blocks and the ward, computed from records by pure functions."""

from aip_analysis.measures.figures import Figures
from aip_analysis.measures.recorded_figures import RecordedFigures

__all__ = ["Figures", "RecordedFigures"]
