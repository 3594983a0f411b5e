"""Records to tables of figures, for areas, blocks and the ward; pure functions of their inputs."""

from aip_analysis.measures.figures import Figures
from aip_analysis.measures.recorded import RecordedFigures

__all__ = ["Figures", "RecordedFigures"]
