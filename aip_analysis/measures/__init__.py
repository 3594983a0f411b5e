"""Records to tables of figures, for areas, blocks and the ward; pure functions of their inputs."""

from aip_analysis.measures.figures import Figures

__all__ = ["Figures"]
