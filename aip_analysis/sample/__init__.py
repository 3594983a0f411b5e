"""Fictional sample records that look like those of real offices, for trying everything out."""

from aip_analysis.sample.scenario import Scenario, load_scenario
from aip_analysis.sample.write_samples import write_samples

__all__ = ["Scenario", "load_scenario", "write_samples"]
