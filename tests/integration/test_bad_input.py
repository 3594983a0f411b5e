"""Mistakes: one clear sentence, the right exit code, and earlier results left unchanged."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.home import Home

NIGHT = pytest.mark.night
Breaking: TypeAlias = Callable[[Home], None]


def nothing(home: Home) -> None:
    del home


def empty_raw(home: Home) -> None:
    shutil.rmtree(home.raw)
    home.raw.mkdir()


def no_raw(home: Home) -> None:
    shutil.rmtree(home.raw)


def no_codebook(home: Home) -> None:
    (home.reference / "codebook.csv").unlink()


def unknown_rule(home: Home) -> None:
    rules = home.reference / "rules.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("coordinator_yen", "coordinater_yen", 1), encoding="utf-8")


def a_workbook_that_is_none(home: Home) -> None:
    (file,) = home.raw.glob("2025/12*.xlsx")
    file.write_bytes(b"\x00\x01 this is no workbook")


def a_truncated_workbook(home: Home) -> None:
    (file,) = home.raw.glob("2025/12*.xlsx")
    file.write_bytes(file.read_bytes()[:2000])


def no_notebook(home: Home) -> None:
    (home.folder / "notebooks" / "reports" / "area.ipynb").unlink()


def reports_is_a_file(home: Home) -> None:
    (home.folder / "out").write_text("a file", encoding="utf-8")


# The mistake, the command, its exit code, and words of the sentence in Japanese and English.
MISTAKES = [
    pytest.param(empty_raw, ["build"], 11, "data/raw", id="empty data/raw"),
    pytest.param(no_raw, ["build"], 11, "data/raw", id="no data/raw"),
    pytest.param(no_codebook, ["build"], 10, "codebook.csv", id="reference, build"),
    pytest.param(unknown_rule, ["build"], 10, "「coordinater_yen_per_month」", id="unknown rule"),
    pytest.param(no_codebook, ["publish"], 10, "codebook.csv", id="reference, publish"),
    pytest.param(nothing, ["publish", "--only", "舟戸"], 2, "舟戸", id="unknown area"),
    pytest.param(nothing, ["charts", "--only", "舟戸"], 2, "「舟渡」", id="unknown area, charts"),
    pytest.param(
        nothing, ["publish", "--only", "坂下", "--kind", "block"], 2, "上板橋", id="unknown block"
    ),
    pytest.param(nothing, ["publish", "--fiscal-year", "2019"], 11, "2019", id="no such year"),
    pytest.param(nothing, ["list", "--fiscal-year", "2019"], 11, "2026", id="no such year, list"),
    pytest.param(nothing, ["publish", "--fiscal-year", "令和"], 2, "令和", id="no year"),
    pytest.param(nothing, ["publish", "--onyl", "舟渡"], 2, "--onyl", id="unknown option"),
    pytest.param(nothing, ["publsh"], 2, "publish", id="unknown command"),
    pytest.param(nothing, ["publish", "--kind", "town"], 2, "block", id="unknown kind"),
    pytest.param(nothing, ["check", "none.xlsx"], 10, "none.xlsx", id="no file to check"),
    pytest.param(
        reports_is_a_file, ["publish", "--out", "out"], 14, "out", id="reports cannot be written"
    ),
    pytest.param(
        nothing, ["publish", "--out", "/proc/out"], 14, "/proc/out", id="nothing may be written"
    ),
    pytest.param(no_notebook, ["publish"], 10, "area.ipynb", id="no notebook"),
]


def one_sentence(stderr: str) -> str:
    assert "Traceback" not in stderr
    lines = stderr.splitlines()
    assert len(lines) == 1, stderr
    return lines[0]


@pytest.fixture(scope="module")
def earlier(small_published: Home, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Home]:
    """Return a function that makes homes with earlier results."""
    return lambda: small_published.copy_to(tmp_path_factory.mktemp("earlier") / "home")


@pytest.mark.parametrize(("mistake", "command", "code", "names"), MISTAKES)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    earlier: Callable[[], Home], mistake: Breaking, command: list[str], code: int, names: str
) -> None:
    home = earlier()
    mistake(home)
    before = home.results()
    done = home.aip(*command)
    assert done.returncode == code, done.stderr
    sentence = one_sentence(done.stderr)
    assert names in sentence
    assert sentence.endswith("。") or "次から選んでください" in sentence
    assert before
    assert home.results() == before


@pytest.mark.parametrize(
    ("mistake", "command", "words"),
    [
        (empty_raw, ["build"], "holds no readable records"),
        pytest.param(no_codebook, ["publish"], "codebook.csv is missing", marks=NIGHT),
        (nothing, ["publish", "--only", "舟戸"], 'There is no area "舟戸"'),
        (nothing, ["publish", "--onyl", "舟渡"], 'There is no option "--onyl"'),
    ],
)
def test_a_mistake_in_english(
    own_small: Home, mistake: Breaking, command: list[str], words: str
) -> None:
    mistake(own_small)
    sentence = one_sentence(own_small.aip(*command, AIP_LANG="en").stderr)
    assert words in sentence
    assert not any("ぁ" <= letter <= "ん" for letter in sentence)


@pytest.mark.parametrize(
    "breaking", [pytest.param(a_workbook_that_is_none, marks=NIGHT), a_truncated_workbook]
)
def test_a_broken_workbook_is_one_line_and_the_others_are_built(
    own_small: Home, breaking: Breaking
) -> None:
    breaking(own_small)
    lines = own_small.check_output("build").splitlines()
    mentions = [line for line in lines if "12舟渡_令和7年度_活動記録.xlsx" in line]
    assert len(mentions) == 1
    assert "開けません" in mentions[0]
    assert "12舟渡_令和7年度_活動記録.xlsx" in own_small.intake_page_text()
    strict = own_small.aip("build", "--strict")
    assert strict.returncode == 10
    assert "読めないファイルが1個" in one_sentence(strict.stderr)
    assert "cannot be read" in own_small.aip("build", "--strict", AIP_LANG="en").stderr


def test_where_every_file_is_broken_the_page_says_so_and_nothing_is_built(
    own_small: Home,
) -> None:
    before = own_small.current()
    for file in own_small.raw.rglob("*.*"):
        file.write_bytes(b"")
    done = own_small.aip("build")
    assert done.returncode == 11
    one_sentence(done.stderr)
    assert "file_broken" in own_small.intake_page_text()
    assert own_small.current() == before


def test_nothing_built_yet(tmp_path: Path, small: Home) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(small.reference, home.reference)
    shutil.copytree(small.folder / "notebooks", home.folder / "notebooks")
    for command in ("publish", "list", "charts"):
        done = home.aip(command)
        assert done.returncode == 11
        assert "aip build" in one_sentence(done.stderr)
    assert not home.reports.exists()


def test_processed_cannot_be_written(own_small: Home) -> None:
    shutil.rmtree(own_small.processed)
    own_small.processed.write_text("a file where the folder should be", encoding="utf-8")
    done = own_small.aip("build")
    assert done.returncode == 14
    assert "data/processed" in one_sentence(done.stderr)


def test_no_folder_of_the_workbench(tmp_path: Path) -> None:
    done = Home(tmp_path).aip("build")
    assert done.returncode == 10
    assert "ward.toml" in one_sentence(done.stderr)


def test_a_year_whose_folder_is_gone_keeps_the_build_before_until_built_again(
    own_small: Home,
) -> None:
    shutil.rmtree(own_small.raw / "2026")
    own_small.check_output("build")
    done = own_small.aip("publish", "--fiscal-year", "2026")
    assert done.returncode == 11
    assert "2025" in one_sentence(done.stderr)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["--debug", "publish", "--only", "舟戸"], marks=NIGHT),
        ["publish", "--only", "舟戸", "--debug"],
    ],
)
def test_debug_shows_what_went_on_inside(small: Home, command: list[str]) -> None:
    done = small.aip(*command)
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("「舟戸」という地域はありません")
