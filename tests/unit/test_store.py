"""Builds: complete or not at all, named after their content, with the previous one kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from aip_analysis.errors import NothingToDoError, ToolMissingError
from aip_analysis.files import write_atomically
from aip_analysis.records import TABLES, Records
from aip_analysis.records.records import EDITED_COLUMNS, PROBLEM_COLUMNS, Piece
from aip_analysis.records.store import current_build, load_records, save_records


def _records(topic: str) -> Records:
    row = {
        "area_code": "12",
        "fiscal_year": 2025,
        "source_file": "f.xlsx",
        "source_sheet": "s",
        "source_row": 4,
        "kind": "regular",
        "held_on": date(2025, 4, 8),
        "topic": topic,
    }
    tables = {
        name: table.frame([row] if name == "meetings" else []) for name, table in TABLES.items()
    }
    sources = pd.DataFrame({"file": ["f.xlsx"], "fictional": [True]})
    return Records(tables, sources, pd.DataFrame(columns=PROBLEM_COLUMNS))


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    records = _records("居場所")
    save_records(records, tmp_path)
    again = load_records(tmp_path)
    # The origin of rows is stored as categories: few texts that repeat.
    texts = {"source_file": "str", "source_sheet": "str", "source_cells": "str"}
    for name in TABLES:
        pd.testing.assert_frame_equal(again[name].astype(texts), records[name])
        assert {str(again[name].dtypes[column]) for column in texts} == {"category"}
    assert again.fictional


def test_the_same_records_are_the_same_build(tmp_path: Path) -> None:
    assert save_records(_records("居場所"), tmp_path) == save_records(_records("居場所"), tmp_path)


def test_the_build_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    builds = [save_records(_records(topic), tmp_path) for topic in ("一", "二", "三")]
    assert [build.exists() for build in builds] == [False, True, True]
    assert current_build(tmp_path) == builds[-1]
    assert load_records(tmp_path)["meetings"]["topic"].tolist() == ["三"]


def test_nothing_built_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingToDoError):
        load_records(tmp_path)


def test_a_build_that_lacks_a_table_is_no_build_and_is_made_again(tmp_path: Path) -> None:
    build = save_records(_records("居場所"), tmp_path)
    (build / "ledger.parquet").unlink()
    with pytest.raises(NothingToDoError):
        load_records(tmp_path)
    assert save_records(_records("居場所"), tmp_path) == build
    assert load_records(tmp_path)["meetings"]["topic"].tolist() == ["居場所"]


@pytest.mark.parametrize(
    ("table", "column"), [("activity_months", "source_rows"), ("set_aside", "fiscal_year")]
)
def test_a_build_with_other_columns_has_to_be_repeated(
    tmp_path: Path, table: str, column: str
) -> None:
    file = save_records(_records("居場所"), tmp_path) / f"{table}.parquet"
    pd.read_parquet(file).drop(columns=column).to_parquet(file, index=False)
    with pytest.raises(NothingToDoError):
        load_records(tmp_path)


def test_added_texts_come_back_and_those_of_older_programs_are_read_again(tmp_path: Path) -> None:
    pieces = [("area-12", 2025, "money", '<p><img src="', "photos/a.jpg")]
    pieces.append(("area-12", 2025, "money", '"></p>', ""))
    edited = pd.DataFrame(pieces, columns=EDITED_COLUMNS)
    build = save_records(replace(_records("居場所"), edited=edited), tmp_path)
    assert load_records(tmp_path).supplements_of("area-12", 2025) == {
        "money": (Piece('<p><img src="', "photos/a.jpg"), Piece('"></p>'))
    }
    # A text in one piece, in the format of earlier versions.
    edited.drop(columns="photo").to_parquet(build / "edited.parquet", index=False)
    with pytest.raises(NothingToDoError):
        load_records(tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "processed").write_text("not a folder")
    with pytest.raises(ToolMissingError):
        save_records(_records("居場所"), tmp_path / "processed")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    write_atomically(file, b"one")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "inside").touch()
    with pytest.raises(ToolMissingError):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
