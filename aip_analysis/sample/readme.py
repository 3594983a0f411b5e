"""The page that lies beside the sample files and says what they are."""

from datetime import date

from aip_analysis.sample.corpus import corpus, page
from aip_analysis.sample.faults import Fault
from aip_analysis.ward import Ward
from aip_analysis.ward.calendar import wareki


def readme_text(ward: Ward, faults: list[Fault], until: date, seed: int) -> str:
    """Write README.md, in Japanese and English, with the place of each faulty row."""
    said = corpus("faults")
    rows = [
        f"| `{fault.file}` | {fault.sheet} | {fault.row} | {said[fault.kind]['ja']} "
        f"| {said[fault.kind]['en']} |"
        for fault in faults
    ]
    return page("readme.md").format(
        ward=ward.setting("name"),
        ward_en=ward.setting("name", "en"),
        until=wareki(until),
        until_en=until.isoformat(),
        seed=seed,
        rows="\n".join(rows),
    )
