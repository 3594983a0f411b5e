"""The README.md next to the sample files, which explains what they are."""

from datetime import date

from aip_analysis.reference import Ward
from aip_analysis.reference.calendar import wareki
from aip_analysis.sample.deliberate_errors import Fault
from aip_analysis.sample.sample_texts import corpus, page


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
