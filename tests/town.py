"""An invented town: a reference folder that contains nothing of the ward."""

import shutil
from pathlib import Path

REFERENCE = Path(__file__).parents[1] / "data" / "reference"

AREAS = """area_code,area,kana,romaji,block_code,block_confidence,block_confirmed,\
council_established
01,みなと,みなと,minato,1,high,yes,2019-07
02,かわべ,かわべ,kawabe,1,high,yes,
03,えきまえ,えきまえ,ekimae,1,high,yes,
04,さかのうえ,さかのうえ,sakanoue,2,high,yes,
05,もりのした,もりのした,morinoshita,2,high,yes,
"""
BLOCKS = """block_code,block,kana,romaji
1,うみがわ,うみがわ,umigawa
2,やまがわ,やまがわ,yamagawa
"""
# さかのうえ二丁目 has no figures by age.
CHOME = """key_code,chome,area_code,share,area_confidence,population,households,population_65plus,\
population_75plus,land_m2,lon,lat
9001,みなと一丁目,01,1,sourced,2100,980,560,260,180000,139.410,35.610
9002,みなと二丁目,01,1,sourced,1800,820,610,330,210000,139.414,35.612
9003,かわべ一丁目,02,1,sourced,2500,1100,700,320,240000,139.420,35.614
9004,かわべ二丁目,02,0.6,sourced,3000,1400,900,400,260000,139.424,35.616
9004,かわべ二丁目,03,0.4,sourced,3000,1400,900,400,260000,139.424,35.616
9005,えきまえ一丁目,03,1,sourced,4200,2300,800,350,150000,139.430,35.618
9006,えきまえ二丁目,03,1,sourced,3900,2100,760,300,160000,139.434,35.620
9007,さかのうえ一丁目,04,1,sourced,1500,650,520,270,300000,139.412,35.632
9008,さかのうえ二丁目,04,1,sourced,1300,540,,,320000,139.418,35.634
9009,もりのした,05,1,sourced,900,380,340,190,520000,139.428,35.638
"""
OUTLINE = """lon,lat
139.400,35.600
139.445,35.600
139.445,35.650
139.400,35.650
139.400,35.600
"""
WARD = """code = "999991"
name = "そらの町"
name_en = "Sorano Town"
programme = "そらの町ささえあい事業"
programme_en = "Sorano support programme"
plane_crs = "EPSG:6677"
geographic_crs = "EPSG:4612"
area_prefixes = ["第2層"]
area_suffixes = ["ささえあい会", "地区"]
credit = "架空の町"
credit_en = "An invented town"
"""
# Amounts: 40,000 yen a month, with a yearly limit below twelve months of it; 70,000 yen a month.
RULES = """allowance_yen_per_month = 40_000
allowance_yen_per_year = 450_000
coordinator_yen_per_month = 70_000
categories.running = ["venue", "office"]
categories.project = ["research", "publicity", "events", "office"]
"""
YEARS = range(2022, 2027)


def write_town(folder: Path) -> Path:
    """Write the reference folder of an invented town: 5 areas, 2 blocks, one 町丁目 shared."""
    folder.mkdir(parents=True, exist_ok=True)
    copied = ("vocabularies.csv", "headings.csv", "codebook.csv", "surnames.csv", "checks.toml")
    for name in copied:
        shutil.copyfile(REFERENCE / name, folder / name)
    tables = {"areas": AREAS, "blocks": BLOCKS, "chome": CHOME, "outline": OUTLINE}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "ward.toml").write_text(WARD, encoding="utf-8")
    rules = "\n".join(f"[{year}]\n{RULES}" for year in YEARS)
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return folder
