"""The reference folder: its contents, how places are found, and what is rejected."""

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aip_analysis.errors import InputRefusedError, UsageError
from aip_analysis.geography import geography_of
from aip_analysis.intake import read_raw
from aip_analysis.messages.catalogue import LANGUAGES
from aip_analysis.reference import Level, Ward, load_ward
from tests.town import write_town

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def test_the_ward_has_its_areas_blocks_and_residents(ward: Ward) -> None:
    assert [len(ward.places_of(level)) for level in ("area", "block", "ward")] == [18, 4, 1]
    # The census of 2015 as published.
    assert ward.chome["population"].sum() == 561_916
    assert ward.chome["households"].sum() == 291_408
    assert ward.chome["key_code"].nunique() == 134


@pytest.mark.parametrize(
    "written",
    [
        "舟渡",
        "舟渡地域",
        "舟渡地区",
        "舟渡支え合い会議",
        "第2層(舟渡)",
        "12 舟渡",
        "ふなど",
        "１２",
        "Funado",
    ],
)
def test_an_area_is_found_in_any_spelling(ward: Ward, written: str) -> None:
    place = ward.find_place("area", written)
    assert place
    assert place.slug == "area-12-funado"


@pytest.mark.parametrize(
    ("level", "written", "told", "not_told"),
    [
        ("area", "船渡", "舟渡", "高島平"),
        ("area", "第2層（高嶋平）", "高島平", "舟渡"),
        ("block", "Simura2", "志村", "赤塚"),
        # Nothing is near: all are named.
        ("area", "渋谷", "高島平", ""),
        ("area", "99", "舟渡", ""),
    ],
)
def test_an_unknown_place_names_the_nearest_or_all(
    ward: Ward, level: Level, written: str, told: str, not_told: str
) -> None:
    with pytest.raises(UsageError) as caught:
        ward.place_named(level, written)
    assert written in caught.value.sentence("en")
    sentence = caught.value.sentence("ja")
    assert f"「{written}」" in sentence
    assert told in sentence
    assert not not_told or not_told not in sentence


def test_blocks_say_that_they_are_provisional(ward: Ward) -> None:
    block = ward.place_named("block", "志村")
    assert ward.label(block, "ja") == "志村ブロック（仮）"
    assert [area.ja for area in ward.areas_of(block)] == [
        "清水",
        "志村坂上",
        "蓮根",
        "舟渡",
        "高島平",
    ]


def test_confirmed_blocks_say_nothing(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    table = folder / "areas.csv"
    text = table.read_text(encoding="utf-8-sig").replace(",no,", ",yes,")
    table.write_text(text, encoding="utf-8-sig")
    ward = load_ward(folder)
    assert ward.label(ward.place_named("block", "志村"), "ja") == "志村ブロック"


def test_the_allowance_follows_the_rules(ward: Ward) -> None:
    rules = ward.rules_of(2025)
    assert rules.allowance(7) == 700_000
    assert rules.allowance(12) == 1_200_000
    assert rules.allowance(0) == 0
    assert rules.covers("running", "venue")
    assert not rules.covers("running", "events")


def test_a_year_without_rules_is_refused(ward: Ward) -> None:
    with pytest.raises(InputRefusedError, match="2019"):
        ward.rules_of(2019)


def test_another_town_is_a_ward_like_any_other(tmp_path: Path) -> None:
    town = load_ward(write_town(tmp_path / "reference"))
    assert [len(town.places_of(level)) for level in ("area", "block", "ward")] == [5, 2, 1]


def _spoilt_share(folder: Path) -> None:
    file = folder / "chome.csv"
    text = file.read_text(encoding="utf-8-sig").replace(",01,1,", ",01,0.7,", 1)
    file.write_text(text, encoding="utf-8-sig")


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8-sig")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8-sig")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "areas.csv").unlink(), "areas.csv"),
        (lambda folder: (folder / "ward.toml").unlink(), "ward.toml"),
        (_replace("areas.csv", "block_code", "block_number"), "block_code"),
        (_replace("areas.csv", "itabashi,1,", "itabashi,9,"), "areas.csv の 2 行"),
        (_replace("areas.csv", "02,熊野", "01,熊野"), "2回"),
        (_replace("chome.csv", "7292", "many"), "many"),
        (_spoilt_share, "0.7"),
        (_replace("rules.toml", "100_000", '"a lot"'), "allowance_yen_per_month"),
        (_replace("rules.toml", "[2022]", "[2022"), "rules.toml"),
        (_replace("codebook.csv", ",per_month,", ",per_moon,"), "per_moon"),
        (_replace("checks.toml", "gathering_metres = 500", ""), "gathering_metres"),
        (_replace("checks.toml", "gathering_metres = 500", "gathering_metres = -5"), "「-5」"),
        (lambda folder: (folder / "outline.csv").write_bytes(b"\x93\xfa\x96{\xff"), "outline.csv"),
    ],
)
def test_a_spoilt_reference_is_refused_with_its_place(
    tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    folder = _copy(tmp_path)
    spoil(folder)
    with pytest.raises(InputRefusedError) as caught:
        load_ward(folder)
    assert told in caught.value.sentence("ja")


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    _replace("rules.toml", "allowance_yen_per_month", "allowance_yen_per_moth")(folder)
    _replace("rules.toml", "running =", "runing =")(folder)
    _replace("checks.toml", "silent_months", "silent_month")(folder)
    _replace("checks.toml", "large_change_percent = 30", "large_change_percent = true")(folder)
    _replace("ward.toml", "credit =", "credits =")(folder)
    _replace("ward.toml", 'area_suffixes = ["支え合い会議", ', "area_suffixes = [1, ")(folder)
    _replace("areas.csv", "kana,romaji", "reading,roman")(folder)
    with pytest.raises(InputRefusedError) as caught:
        load_ward(folder)
    mistakes = caught.value.values["mistakes"]
    assert isinstance(mistakes, tuple)
    told = [(mistake.key.removeprefix("reference."), mistake.values) for mistake in mistakes]
    places = [
        (key, values["file"].name, values.get("line"), values.get("name", values.get("column")))
        for key, values in told
    ]
    assert sorted(places, key=str) == sorted(
        [
            ("column", "areas.csv", None, "kana"),
            ("column", "areas.csv", None, "romaji"),
            ("key_value", "checks.toml", 22, "large_change_percent"),
            ("key_value", "ward.toml", 16, "area_suffixes"),
            ("missing_key", "checks.toml", 1, "silent_months"),
            ("missing_key", "rules.toml", 4, "allowance_yen_per_month"),
            ("missing_key", "ward.toml", 1, "credit"),
            ("unknown_key", "checks.toml", 18, "silent_month"),
            ("unknown_key", "rules.toml", 5, "allowance_yen_per_moth"),
            ("unknown_key", "ward.toml", 19, "credits"),
        ],
        key=str,
    )
    for language in LANGUAGES:
        sentence = caught.value.sentence(language)
        assert "\n" not in sentence
        assert all(mistake.sentence(language) in sentence for mistake in mistakes)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 -- own


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_replace("rules.toml", "running =", "runing ="), "「runing」"),
        (_replace("rules.toml", '"venue"', '"venues"'), "「venues」"),
        (_replace("rules.toml", "[2022]", "[Reiwa4]"), "「Reiwa4」"),
        (_replace("rules.toml", "= 100_000", "= true"), "「True」"),
        (_replace("rules.toml", "= 100_000", "100_000"), "5 行目"),
        (lambda folder: (folder / "checks.toml").write_text(""), "「history_rows」"),
        (_replace("ward.toml", '"板橋区"', '""'), "3 行目「name」"),
        (_replace("areas.csv", "02,熊野,", "02,"), "areas.csv の 3 行は 7 列"),
        (_replace("areas.csv", "02,熊野,", "02,熊野,,"), "areas.csv の 3 行は 9 列"),
        (_replace("areas.csv", "01,板橋,", "一,板橋,"), "「一」"),
        (_replace("areas.csv", "kumano,1", "../kumano,1"), "「../kumano」"),
        (_replace("chome.csv", "139.718,", "35.7,139.718,"), "chome.csv の 2 行は 13 列"),
        (_replace("chome.csv", "35.74723", "139.718"), "「139.718」"),
        (_replace("codebook.csv", "people,0,,place", "people,,,place"), "「decimals」"),
        (_replace("codebook.csv", ",0,10,activities", ",0,tens,activities"), "「tens」"),
        (_replace("vocabularies.csv", "frequency,", "frequencies,"), "vocabularies.csv"),
        (_replace("vocabularies.csv", ",たいそう", ",体操"), "列「kana」の値「体操」"),
        (_replace("codebook.csv", ",せたいすう,", ",setaisuu,"), "列「kana」の値「setaisuu」"),
        (_replace("vocabularies.csv", "meeting_kind,preparatory", "meeting_kind,seminar"), "2回"),
    ],
)
def test_a_mistake_in_the_reference_is_told_as_what_it_is(
    tmp_path: Path, spoil: Callable[[Path], object], told: str
) -> None:
    folder = _copy(tmp_path)
    spoil(folder)
    with pytest.raises(InputRefusedError) as caught:
        load_ward(folder)
    assert told in caught.value.sentence("ja")
    assert caught.value.sentence("en")


@pytest.mark.parametrize(
    ("old", "new"), [("ledger,payee", "ledger,payer"), ("ledger,payee", "ledgers,payee")]
)
def test_a_heading_of_no_column_is_told_before_any_file_is_read(
    tmp_path: Path, old: str, new: str
) -> None:
    folder = _copy(tmp_path)
    _replace("headings.csv", old, new)(folder)
    with pytest.raises(InputRefusedError, match=r"headings\.csv"):
        read_raw(tmp_path, load_ward(folder))


def test_a_coordinate_system_that_does_not_exist_is_told(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    _replace("ward.toml", "EPSG:6677", "EPSG:66770")(folder)
    with pytest.raises(InputRefusedError, match="EPSG:66770"):
        geography_of(load_ward(folder))


def test_a_column_that_nobody_asks_for_is_passed_over(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    # Codebooks written for earlier versions have a column `audience`.
    lines = (folder / "codebook.csv").read_text(encoding="utf-8-sig").splitlines()
    words = ["audience", *("internal" for _ in lines[1:])]
    older = "\n".join(f"{line},{word}" for line, word in zip(lines, words, strict=True))
    (folder / "codebook.csv").write_text(older, encoding="utf-8-sig")
    assert load_ward(folder).codebook == load_ward(REFERENCE).codebook


def test_readings_and_other_names_may_be_missing(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    for name, last in (("codebook.csv", 2), ("vocabularies.csv", 1)):
        lines = (folder / name).read_text(encoding="utf-8-sig").splitlines()
        # These are the last columns, and their cells have no commas.
        shorter = "\n".join(line.rsplit(",", last)[0] for line in lines)
        (folder / name).write_text(shorter, encoding="utf-8-sig")
    without = load_ward(folder)
    with_readings = load_ward(REFERENCE)
    assert without.codebook.codes == with_readings.codebook.codes
    assert without.codebook["meetings"].readings == ()
    assert with_readings.codebook["meetings"].readings == ("かいぎ",)


def _copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
