"""Make the inputs of the corpus: ``python -m tests.intake_corpus.make [case ...]``.

Every case is a folder with its input and ``expected.toml``. This writes the inputs again, all of
them or those of the named cases, with openpyxl, xlsxwriter, the csv module and LibreOffice
(``soffice``). The same programs give the same bytes, but for the workbooks locked with a password.
What is expected is worked out by hand and is not touched.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.intake_corpus.making import (
    amounts,
    checks,
    counts,
    days,
    files,
    headings,
    identity,
    layouts,
    people,
)
from tests.intake_corpus.making.inputs import Cases
from tests.intake_corpus.making.writing import content

CORPUS = Path(__file__).parent
TOPICS = (files, layouts, identity, headings, days, amounts, counts, checks, people)


def all_cases() -> Cases:
    """Give all cases by name.

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
        The cases; all, when there are none.
    corpus
        Where the folders of the cases are.
    """
    cases = all_cases()
    for name in names or cases:
        folder = corpus / name
        for old in folder.glob("*/"):
            shutil.rmtree(old)
        for made in cases[name]:
            file = folder / made.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content(made))


if __name__ == "__main__":
    make(sys.argv[1:])
