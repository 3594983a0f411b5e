"""Opening the workbench: what it says of itself, and what it says when it cannot be used."""

import os
from datetime import date
from typing import Any

import plotly.io
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from aip_analysis.errors import NothingToDoError, UsageError
from aip_analysis.files.builds import read_account
from aip_analysis.workbench import open_workbench
from aip_analysis.workbench.drawings.still_renderer import STILL
from aip_analysis.workbench.freshness import reasons_stale
from aip_analysis.workbench.overview import years_text
from tests.home import Home
from tests.records import make_records

BUILD_AGAIN = "open_workbench(build=True)"


def test_it_tells_years_build_and_rows_set_aside(small: Home) -> None:
    shown = repr(open_workbench(small.folder))
    # The newest year has records from April to October.
    assert "令和6年度〜令和7年度（12か月分）、令和8年度（10月まで7か月分）" in shown
    assert "（最新）" in shown
    assert "保留の行: 1行" in shown
    assert "架空のサンプルデータ" in shown
    assert BUILD_AGAIN not in shown


def test_it_tells_the_same_in_english_and_as_html(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIP_LANG", "en")
    shown = open_workbench(small.folder)._repr_html_()
    assert "FY2024 to FY2025 (twelve months), FY2026 (7 months, until October)" in shown
    assert "1 row (wb.set_aside()" in shown
    assert "up to date" in shown


def test_years_with_a_gap_are_no_range() -> None:
    meetings = [
        {"fiscal_year": year, "kind": "regular", "held_on": date(year, 6, 1)}
        for year in (2022, 2024, 2026)
    ]
    assert years_text(make_records({"meetings": meetings}), "ja") == (
        "令和4年度、令和6年度（12か月分）、令和8年度（6月まで3か月分）"
    )


def test_a_raw_file_that_is_changed_added_or_gone_makes_it_stale(own_small: Home) -> None:
    build = own_small.current().strip()
    file = next(own_small.raw.glob("2025/12*.xlsx"))
    content = file.read_bytes()
    file.write_bytes(content + b" ")
    assert reasons_stale(own_small.folder, build) == ["raw"]
    file.unlink()
    assert reasons_stale(own_small.folder, build) == ["raw"]
    file.write_bytes(content)
    os.utime(file, (0, 0))
    # Copied back: another time, the same content.
    assert reasons_stale(own_small.folder, build) == []
    (own_small.raw / "2025" / "new.csv").write_text("x", encoding="utf-8")
    wb = open_workbench(own_small.folder)
    assert "data/raw の記録が、集計用のデータをつくったあとで変わっています" in repr(wb)
    assert BUILD_AGAIN in repr(wb)
    assert "（最新）" not in repr(wb)


def test_a_raw_file_that_is_only_open_does_not(own_small: Home) -> None:
    (year,) = own_small.raw.glob("2025")
    for name in ("~$活動記録.xlsx", ".~lock.活動記録.xlsx#"):
        (year / name).write_bytes(b"\x00")
    assert "（最新）" in repr(open_workbench(own_small.folder))


def test_a_reference_table_that_has_changed_makes_it_stale(own_small: Home) -> None:
    (own_small.reference / "note.md").write_text("x", encoding="utf-8")
    assert reasons_stale(own_small.folder, own_small.current().strip()) == ["reference"]


def test_a_build_of_another_version_opens_and_says_so(own_small: Home) -> None:
    file = own_small.processed / "intake.json"
    now = read_account(own_small.processed)["inputs"]["program"]
    file.write_text(file.read_text(encoding="utf-8").replace(now, "0" * 64), encoding="utf-8")
    wb = open_workbench(own_small.folder)
    assert "プログラムが、集計用のデータをつくったあとで変わっています" in repr(wb)
    assert wb.fiscal_years == (2024, 2025, 2026)


def test_a_build_of_another_version_that_cannot_be_read_is_told(own_small: Home) -> None:
    build = own_small.processed / own_small.current().strip()
    (build / "budgets.parquet").unlink()
    with pytest.raises(NothingToDoError, match="別の版のプログラム") as error:
        open_workbench(own_small.folder)
    assert BUILD_AGAIN in str(error.value)


def test_without_raw_files_nothing_tells_whether_it_is_fresh(own_small: Home) -> None:
    own_small.raw.rename(own_small.folder / "elsewhere")
    shown = repr(open_workbench(own_small.folder))
    assert "data/raw に記録がないため" in shown
    assert "（最新）" not in shown


def test_rows_whose_day_has_come_make_it_stale(own_small: Home) -> None:
    file = own_small.processed / "intake.json"
    text = file.read_text(encoding="utf-8")
    assert '"look_again_on": null' in text
    file.write_text(
        text.replace('"look_again_on": null', '"look_again_on": "2020-01-01"'), encoding="utf-8"
    )
    assert reasons_stale(own_small.folder, own_small.current().strip()) == ["due"]


def test_nothing_built_is_told_and_built_on_request(
    own_small: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    before = own_small.current()
    (own_small.processed / "CURRENT").unlink()
    with pytest.raises(NothingToDoError) as error:
        open_workbench(own_small.folder)
    assert "aip build" in str(error.value)
    assert BUILD_AGAIN in str(error.value)

    wb = open_workbench(own_small.folder, build=True)
    assert "aip build を実行しています" in capsys.readouterr().out
    assert own_small.current() == before
    assert "（最新）" in repr(wb)
    # Up to date: nothing is run.
    open_workbench(own_small.folder, build=True)
    assert capsys.readouterr().out == ""


def test_a_workbench_older_than_the_build_says_so(own_small: Home) -> None:
    wb = open_workbench(own_small.folder)
    next(own_small.raw.glob("2025/12*.xlsx")).unlink()
    own_small.check_output("build")
    assert "もう一度実行すると、それを使います" in repr(wb)
    assert "（最新）" in repr(open_workbench(own_small.folder))


def test_a_cell_shows_the_sentence_and_on_request_the_traceback() -> None:
    # IPython has no types here.
    make_shell: Any = InteractiveShell
    shell = make_shell()
    shell.run_cell("from aip_analysis.errors import UsageError")
    with capture_output() as first:
        shell.run_cell("raise UsageError('workbench.area_and_block')")
    assert first.stdout.strip().splitlines() == [str(UsageError("workbench.area_and_block"))]
    with capture_output() as again:
        shell.run_cell("%tb")
    assert "Traceback (most recent call last)" in again.stdout
    assert "raise UsageError" in again.stdout


def test_a_chart_in_jupyterlab_has_a_still_picture_beside_it(
    small: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderers = plotly.io.renderers
    monkeypatch.setattr(renderers, "default", "plotly_mimetype")
    wb = open_workbench(small.folder)
    open_workbench(small.folder)
    assert renderers.default == "plotly_mimetype+aip_still"
    figure = wb.map("meetings").to_plotly_json()
    assert renderers[STILL].to_mimebundle(figure)["image/svg+xml"].startswith("<svg")
    # Others than the workbench's own may have what it cannot draw.
    assert renderers[STILL].to_mimebundle({"data": [{"type": "pie"}], "layout": {}}) == {}
    # In a terminal, plotly opens a browser: that is left as it is.
    monkeypatch.setattr(renderers, "default", "browser")
    open_workbench(small.folder)
    assert renderers.default == "browser"
