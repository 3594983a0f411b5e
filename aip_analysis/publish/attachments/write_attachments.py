"""The workbook and the CSV of a page, made from the notebook that the page is rendered from."""

import nbformat

from aip_analysis.publish.attachments.figures_csv import csv_bytes
from aip_analysis.publish.attachments.machine_readable import data_table
from aip_analysis.publish.attachments.notebook_tables import shown_tables
from aip_analysis.publish.attachments.report_workbook import workbook_bytes
from aip_analysis.publish.plan.attached_files import CSV, WORKBOOK, attachment_name
from aip_analysis.publish.plan.jobs import AttachmentMetadata, PageTexts


def data_files(
    notebook: nbformat.NotebookNode, slug: str, words: PageTexts, data: AttachmentMetadata
) -> dict[str, bytes]:
    """Return the workbook and the CSV of a page.

    Parameters
    ----------
    notebook
        The executed notebook, without cells that are only for the analyst.
    slug
        The file name of the page without its extension.
    words, data
        The texts around its sections, and what is known of its figures.

    Returns
    -------
    dict
        The contents of the files, by their names.
    """
    tables = [data_table(shown, data) for shown in shown_tables(notebook)]
    csv = attachment_name(slug, CSV)
    return {
        attachment_name(slug, WORKBOOK): workbook_bytes(tables, words, data, csv),
        csv: csv_bytes(tables, words, data),
    }
