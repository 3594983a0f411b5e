"""Generate the inputs of the corpus: ``python -m tests.intake_corpus.make [case ...]``.

Every case is a folder with its input and ``expected.toml``. This script regenerates the inputs of
all cases, or of the named ones, with openpyxl, xlsxwriter, the csv module and LibreOffice
(``soffice``). The same programs write the same bytes, except for workbooks locked with a password.
The expected results are worked out by hand and are not touched.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.intake_corpus.making import (
    again,
    amounts,
    beside_records,
    categories,
    checks,
    counts,
    days,
    days_and_positions,
    disclosure,
    files,
    headings,
    identity,
    in_doubt,
    layouts,
    left_out,
    no_records,
    numbers,
    people,
    population,
    repeated,
    sheets,
    tables,
    titles,
    traps,
    units,
)
from tests.intake_corpus.making.inputs import Cases
from tests.intake_corpus.making.writing import content

CORPUS = Path(__file__).parent
TOPICS = (
    *(files, layouts, identity, headings, days, amounts, counts, checks, people, no_records),
    *(units, numbers, days_and_positions, categories, population, sheets, repeated, tables, titles),
    *(traps, again, disclosure, beside_records, in_doubt, left_out),
)


def all_cases() -> Cases:
    """Return all cases by name.

    Raises
    ------
    ValueError
        When two topics have a case of the same name.
    """
    cases: Cases = {}
    for topic in TOPICS:
        twice = cases.keys() & topic.CASES.keys()
        if twice:
            raise ValueError(twice)
        cases |= topic.CASES
    return cases


def make(names: Sequence[str], corpus: Path = CORPUS) -> None:
    """Write the inputs of cases; those written before are removed.

    Parameters
    ----------
    names
        The cases; all cases if empty.
    corpus
        The folder that contains the folders of the cases.
    """
    cases = all_cases()
    for name in names or cases:
        folder = corpus / name
        for old in folder.glob("*/"):
            shutil.rmtree(old)
        for source in cases[name]:
            file = folder / source.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content(source))


if __name__ == "__main__":
    make(sys.argv[1:])
