"""The README.md next to the sample files, which explains what they are."""

from datetime import date

from aip_analysis.sample.corpus import corpus, page
from aip_analysis.sample.faults import Fault
from aip_analysis.ward import Ward
from aip_analysis.ward.calendar import wareki


def readme_text(ward: Ward, faults: list[Fault], until: date, seed: int) -> str:
    """Return README.md, in Japanese and English, with the place of each faulty row."""
    texts = corpus("faults")
    rows = [
        f"| `{fault.file}` | {fault.sheet} | {fault.row} | {texts[fault.kind]['ja']} "
        f"| {texts[fault.kind]['en']} |"
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
