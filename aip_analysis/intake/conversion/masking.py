"""Mask personal data in the texts of a table before anything is written."""

import numpy as np

from aip_analysis.intake.conversion.conversion import Conversion

FEW = 400


def mask_texts(work: Conversion) -> dict[str, list[object]]:
    """Mask names, telephone numbers and the like, and warn about the cells that had them.

    Returns
    -------
    dict
        Column name -> masked values, for the columns that needed masking.
    """
    masker = work.findings.masker
    masked: dict[str, list[object]] = {}
    free = {column.name for column in work.table.own if not column.is_code}
    for name, read in work.read.items():
        if read.kind != "text" or name not in free:
            continue
        texts = [str(value) for value in read.values]
        # Few texts are faster to search one by one than to preselect.
        places = masker.suspects(texts) if len(texts) > FEW else range(len(texts))
        for place in places:
            findings = masker.find(texts[place])
            if not findings:
                continue
            values = masked.setdefault(name, list(read.values))
            values[place] = masker.masked(texts[place], findings)
            rows = np.flatnonzero(read.codes == place)
            for kind in dict.fromkeys(finding.kind for finding in findings):
                work.tell(f"personal_{kind}", "warn", name, rows)
    return masked
