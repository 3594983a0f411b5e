"""Read published tables of residents by neighbourhood, and add them up to areas."""

from aip_analysis.intake.population.age_columns import with_age_columns
from aip_analysis.intake.population.read_neighbourhoods import PublishedTable, read_neighbourhoods

__all__ = ["PublishedTable", "read_neighbourhoods", "with_age_columns"]
