"""Cover people's data in the texts of a table before anything is written."""

import numpy as np

from aip_analysis.intake.conversion.work import Work

FEW = 400


def mask_texts(work: Work) -> dict[str, list[object]]:
    """Cover names, telephone numbers and the like; say where they stood.

    Returns
    -------
    dict
        Column name -> values with masks, for the columns that needed any.
    """
    masker = work.findings.masker
    masked: dict[str, list[object]] = {}
    free = {column.name for column in work.table.own if not column.is_code}
    for name, read in work.read.items():
        if read.kind != "text" or name not in free:
            continue
        texts = [str(value) for value in read.values]
        # To look at a few texts one by one takes less time than to choose among them.
        places = masker.suspects(texts) if len(texts) > FEW else range(len(texts))
        for place in places:
            found = masker.find(texts[place])
            if not found:
                continue
            values = masked.setdefault(name, list(read.values))
            values[place] = masker.masked(texts[place], found)
            rows = np.flatnonzero(read.codes == place)
            for kind in dict.fromkeys(finding.kind for finding in found):
                work.tell(f"personal_{kind}", "warn", name, rows)
    return masked
