"""Metadata for the files attached to a page: definitions and units of figures, and the place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """The definition of a figure.

    Parameters
    ----------
    code, label, unit, text
        Its code, its name, the name of its unit, and how it is counted.
    numerator, denominator
        For a rate, the names of the figures that it is computed from.
    official
        The code of a national indicator, or empty.
    source
        The records that it is counted from.
    """

    code: str
    label: str
    unit: str
    text: str
    numerator: str
    denominator: str
    official: str
    source: str


@dataclass(frozen=True)
class DataTexts:
    """What a workbook and a CSV contain besides the tables of their page.

    Parameters
    ----------
    place, label
        The code of the place that the page is about, such as ``area-12``, and its name.
    fiscal_year
        Its year.
    definitions
        The definitions of all figures that a report may show.
    """

    place: str
    label: str
    fiscal_year: int
    definitions: tuple[Definition, ...]
