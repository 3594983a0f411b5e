"""Notebooks to published reports: plan, run with papermill, set as HTML, index, manifest."""

from aip_analysis.publish.manifest import ReportState, report_states
from aip_analysis.publish.outputs import edition_folder
from aip_analysis.publish.plan import Edition, Job, plan_jobs
from aip_analysis.publish.publishing import Outcome, Published, publish

__all__ = [
    "Edition",
    "Job",
    "Outcome",
    "Published",
    "ReportState",
    "edition_folder",
    "plan_jobs",
    "publish",
    "report_states",
]
