"""The analyst's entry point in JupyterLab: ``wb = open_workbench()``."""

from aip_analysis.workbench.workbench import Workbench, open_workbench

__all__ = ["Workbench", "open_workbench"]
