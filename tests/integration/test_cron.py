"""The documented cron line in the minimal environment of cron: no terminal, no HOME, no PATH."""

import subprocess
from pathlib import Path

from tests.home import AIP, ROOT, Home

FOLDER = "/srv/aip"
BARE = ("/usr/bin/setsid", "/usr/bin/env", "-i", "PATH=/usr/bin:/bin")
GUIDES = ("docs/operator.md", "docs/ja/operator.md")


def cron_line(guide: str) -> str:
    """Return the command of a guide's cron line, without its five time fields."""
    lines = (ROOT / guide).read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in lines if "aip build" in line and "&&" in line and "*" in line)
    return line.split(maxsplit=5)[5]


def as_cron_does(home: Home, more: str = "") -> subprocess.CompletedProcess[str]:
    """Run the documented line for a home, with more options for `aip publish`."""
    command = cron_line(GUIDES[0]).replace(f"{FOLDER}/.venv/bin/aip", str(AIP))
    command = command.replace(FOLDER, str(home.folder))
    return subprocess.run(
        [*BARE, "/bin/sh", "-c", f"{command} {more}"],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def output_of(home: Home, done: subprocess.CompletedProcess[str]) -> str:
    logs = home.folder.rglob("*.log")
    return done.stdout + done.stderr + "".join(log.read_text(encoding="utf-8") for log in logs)


def without_logs(results: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in results.items() if Path(name).suffix != ".log"}


def test_the_readmes_agree() -> None:
    assert cron_line(GUIDES[0]) == cron_line(GUIDES[1])


def test_the_cron_line_builds_and_publishes_unattended(own_small: Home) -> None:
    own_small.reports.mkdir()
    done = as_cron_does(own_small, "--only 舟渡 --only 志村")
    text = output_of(own_small, done)
    assert done.returncode == 0, text
    pages = {file.name for file in own_small.pages.glob("*.html")}
    assert pages == {"area-12-funado.html", "block-3-shimura.html", "index.html"}
    assert str(own_small.pages / "index.html") in text
    # No progress bar and no colours in the log.
    assert "\x1b" not in text
    assert "\r" not in text
    # Cron sends a mail for any output on these two: none if all went well.
    assert done.stdout == ""
    assert done.stderr == ""


def test_a_second_night_has_nothing_to_do(own_small_published: Home) -> None:
    before = without_logs(own_small_published.results())
    done = as_cron_does(own_small_published)
    assert done.returncode == 0, output_of(own_small_published, done)
    assert without_logs(own_small_published.results()) == before


def test_a_broken_file_is_mailed_and_does_not_stop_the_night(own_small_published: Home) -> None:
    (file,) = own_small_published.raw.glob("2025/12*.xlsx")
    file.write_bytes(b"no workbook")
    done = as_cron_does(own_small_published, "--only 志村")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert file.name in line


def test_a_broken_reference_table_stops_the_night_before_publishing(
    own_small_published: Home,
) -> None:
    file = own_small_published.folder / "data" / "reference" / "rules.toml"
    file.write_text("[2025", encoding="utf-8")
    before = without_logs(own_small_published.results())
    done = as_cron_does(own_small_published, "--force")
    assert done.returncode == 10
    assert file.name in done.stderr
    assert without_logs(own_small_published.results()) == before
