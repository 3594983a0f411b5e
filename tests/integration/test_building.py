"""`aip build` a second time: nothing is read where nothing changed, all where anything did."""

import json

from tests.home import Home

UNCHANGED = "変わっていません"


def test_the_same_records_are_not_read_again(own_built: Home) -> None:
    before = own_built.results()
    told = own_built.must("build")
    assert UNCHANGED in told
    assert "3行" in told
    assert own_built.results() == before


def test_a_changed_word_is_read(own_built: Home) -> None:
    words = own_built.reference / "vocabularies.csv"
    text = words.read_text(encoding="utf-8-sig")
    words.write_text(text.replace("行事費,Events,", "行事費,Events,慶弔費|"), encoding="utf-8-sig")
    told = own_built.must("build")
    assert UNCHANGED not in told
    account = json.loads((own_built.processed / "intake.json").read_text(encoding="utf-8"))
    aside = [problem for file in account["files"] for problem in file["problems"]]
    assert len([problem for problem in aside if problem["severity"] == "set_aside"]) == 2


def test_a_file_taken_away_is_missed(own_built: Home) -> None:
    next(own_built.raw.glob("2025/12*.xlsx")).unlink()
    assert UNCHANGED not in own_built.must("build")


def test_strict_refuses_rows_set_aside_though_nothing_changed(own_built: Home) -> None:
    assert own_built.aip("build", "--strict").returncode == 10


def test_a_build_whose_tables_are_gone_is_made_again(own_built: Home) -> None:
    (own_built.processed / "CURRENT").unlink()
    assert UNCHANGED not in own_built.must("build")
    assert (own_built.processed / "CURRENT").is_file()
