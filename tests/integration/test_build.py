"""`aip build` run again: nothing is read if nothing has changed, everything otherwise."""

import json

from tests.home import UNKNOWN_CATEGORY, Home

UNCHANGED = "変わっていません"


def test_the_same_records_are_not_read_again(own_small: Home) -> None:
    before = own_small.results()
    output = own_small.check_output("build")
    assert UNCHANGED in output
    assert "1行" in output
    assert own_small.results() == before


def test_a_changed_word_is_read(own_small: Home) -> None:
    words = own_small.reference / "vocabularies.csv"
    text = words.read_text(encoding="utf-8-sig")
    words.write_text(
        text.replace("行事費,Events,", f"行事費,Events,{UNKNOWN_CATEGORY}|"), encoding="utf-8-sig"
    )
    output = own_small.check_output("build")
    assert UNCHANGED not in output
    account = json.loads((own_small.processed / "intake.json").read_text(encoding="utf-8"))
    aside = [problem for file in account["files"] for problem in file["problems"]]
    assert [problem for problem in aside if problem["severity"] == "set_aside"] == []


def test_a_file_taken_away_is_said_until_it_is_back(own_small: Home) -> None:
    own_small.check_output("build")
    file = next(own_small.raw.glob("2025/12*.xlsx"))
    content = file.read_bytes()
    file.unlink()
    gone = "前回あったファイルが1個なくなっています"
    for _ in range(2):
        output = own_small.aip("build")
        assert output.returncode == 0
        assert gone in output.stderr
        assert file.name in output.stderr
    assert UNCHANGED in output.stdout
    assert file.name in (own_small.processed / "intake.html").read_text(encoding="utf-8")
    (file.parent / f"もとの{file.name}").write_bytes(content)
    assert gone not in own_small.aip("build").stderr


def test_strict_refuses_rows_set_aside_though_nothing_changed(own_small: Home) -> None:
    assert own_small.aip("build", "--strict").returncode == 10


def test_a_build_whose_tables_are_gone_is_made_again(own_small: Home) -> None:
    (own_small.processed / "CURRENT").unlink()
    assert UNCHANGED not in own_small.check_output("build")
    assert (own_small.processed / "CURRENT").is_file()
