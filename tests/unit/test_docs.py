"""The documents are correct: words, commands, links, exit codes."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from aip_analysis import errors
from aip_analysis.cli.main import aip
from aip_analysis.intake.problem_codes import SEVERITIES
from aip_analysis.messages import entries
from aip_analysis.records import TABLES
from aip_analysis.reference import load_ward

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data" / "reference"
READMES = ("README.md", "README.ja.md")
LONGEST_README = 150
# The documents for users: each in English, and the same in Japanese.
ANALYST, OPERATOR, ADOPTER = (
    (f"docs/{name}.md", f"docs/ja/{name}.md") for name in ("analyst", "operator", "adopter")
)
PAIRS = (READMES, ANALYST, OPERATOR, ADOPTER)
ENGLISH, JAPANESE = zip(*PAIRS, strict=True)
# The documents from which all others are linked.
STARTS = (*READMES, "docs/developer.md")
FOLDERS = ("docs", "data/raw", "tests", "bench", "notebooks")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.md"))]
)
# The name of a registry, or a folder of a single machine.
PRIVATE = re.compile(
    r"pypi\.org|pythonhosted\.org|anaconda\.(org|com)|/home/|/root/|/Users/|[A-Z]:\\", re.IGNORECASE
)
MAKE = re.compile(r"^make ([a-z-]+)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
# A path within the repository, as CONTRIBUTING.md names it.
OWN_PATH = re.compile(r"(?:aip_analysis|bench|data|docs|notebooks|setup|tests)/[\w./-]+")


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_words(tree: ast.AST) -> Iterator[str]:
    """Yield names and the words of strings, without docstrings, which are prose."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg | ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from node.module.split(".")
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
        ):
            yield from re.findall(r"\w+", node.value)


def reference_words() -> Iterator[str]:
    for file in REFERENCE.iterdir():
        yield file.stem
    for file in REFERENCE.glob("*.csv"):
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        yield from rows[0]
        codes = [
            rows[0].index(name) for name in ("vocabulary", "code", "traits") if name in rows[0]
        ]
        for row in rows[1:]:
            for place in codes:
                yield from row[place].split("|")
    for file in REFERENCE.glob("*.toml"):
        yield from toml_keys(tomllib.loads(file.read_text(encoding="utf-8")))


def toml_keys(table: dict[str, object]) -> Iterator[str]:
    for name, value in table.items():
        yield name
        if isinstance(value, dict):
            yield from toml_keys(value)


@pytest.fixture(scope="module")
def known_words() -> set[str]:
    sources = [
        ast.parse(file.read_text(encoding="utf-8")) for file in ROOT.glob("aip_analysis/**/*.py")
    ]
    return {word for tree in sources for word in code_words(tree)} | set(reference_words())


def glossary_words() -> list[str]:
    rows = [line for line in read("GLOSSARY.md").splitlines() if line.startswith("|")]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row.split("|")[4])]


def test_the_glossary_uses_the_words_of_the_code(known_words: set[str]) -> None:
    words = glossary_words()
    assert len(words) > 100
    assert sorted(set(words) - known_words) == []


def test_the_glossary_names_every_record_table() -> None:
    assert sorted(TABLES.keys() - set(glossary_words())) == []


@pytest.mark.parametrize("code", ["ledgre", "execution rate"])
def test_a_word_that_is_nowhere_would_be_told(known_words: set[str], code: str) -> None:
    assert code not in known_words


FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def code_lines(text: str) -> list[str]:
    """Return every line of code blocks, and every piece of inline code."""
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    return [*lines, *re.findall(r"`([^`\n]+)`", FENCED.sub("", text))]


def command_words(text: str) -> Iterator[list[str]]:
    """Yield the calls of ``aip`` in code: the command and its options."""
    for line in code_lines(text):
        for call in re.split(r"&&|#", line):
            match = re.search(r"(?:^|[\s/])aip +(?:--debug +)?([a-z]+\b.*)", call)
            if match:
                yield match[1].split()


def help_of(*command: str) -> str:
    return CliRunner().invoke(aip, [*command, "--help"]).output


def commands() -> set[str]:
    return set(re.findall(r"^  ([a-z]+(?:-[a-z]+)*) ", help_of(), re.MULTILINE))


def options_in(words: list[str]) -> set[str]:
    return {word for word in words if word.startswith("--")}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE))


def named_targets(text: str) -> set[str]:
    return {target for line in code_lines(text) for target in re.findall(MAKE, line)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_in_a_document_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for command, *rest in command_words(text):
        assert command in commands()
        assert options_in(rest) <= set(re.findall(r"--[a-z-]+", help_of(command))), command
    assert named_targets(text) <= targets()


@pytest.mark.parametrize("names", [ENGLISH, JAPANESE])
def test_every_command_is_documented_in_both_languages(names: tuple[str, ...]) -> None:
    calls = [call for name in names for call in command_words(read(name))]
    assert {call[0] for call in calls} == commands()


def test_every_make_target_is_documented() -> None:
    named = {
        target for name in (*ENGLISH, "CONTRIBUTING.md") for target in named_targets(read(name))
    }
    assert named == targets()


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short(name: str) -> None:
    assert len(read(name).splitlines()) <= LONGEST_README


@pytest.mark.parametrize("name", OPERATOR)
def test_operators_find_every_exit_code_and_no_other(name: str) -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.AipError)} - {1}
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", read(name), re.MULTILINE)}
    assert listed == codes | {0}


@pytest.mark.parametrize("name", ADOPTER)
def test_adopters_find_every_reference_file(name: str) -> None:
    assert [file.name for file in REFERENCE.iterdir() if f"`{file.name}`" not in read(name)] == []


@pytest.mark.parametrize("names", PAIRS, ids=ENGLISH)
def test_both_languages_have_the_same_parts(names: tuple[str, str]) -> None:
    english, japanese = (read(name) for name in names)
    assert levels(english) == levels(japanese)
    assert untranslated(english) == untranslated(japanese)
    assert rows_of_tables(english) == rows_of_tables(japanese)
    assert calls_of(english) == calls_of(japanese)


def calls_of(text: str) -> set[tuple[str, frozenset[str]]]:
    """Return the calls of ``aip`` and ``make`` in a text, without their arguments."""
    aip_calls = {(words[0], frozenset(options_in(words))) for words in command_words(text)}
    return aip_calls | {(f"make {target}", frozenset()) for target in named_targets(text)}


def rows_of_tables(text: str) -> int:
    return sum(line.startswith("|") for line in text.splitlines())


def levels(text: str) -> list[int]:
    """Return the levels of a document's headings, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCED.sub("", text), re.MULTILINE)]


def untranslated(text: str) -> list[list[str]]:
    """Return the blocks of code without their comments."""
    return [
        [line.split("#")[0].strip() for line in block.splitlines() if line.strip()]
        for block in FENCED.findall(text)
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link.partition("#") for link in LINK.findall(text) if not re.match(r"\w+:", link)]
    broken = []
    for path, _, anchor in links:
        file = document.parent / path if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append((path, anchor))
    assert broken == []


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_document_can_be_reached() -> None:
    linked = {
        (ROOT / start).parent.joinpath(link.partition("#")[0]).resolve()
        for start in STARTS
        for link in LINK.findall(read(start))
    }
    own = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert [name_of(file) for file in own if file not in linked] == []


def test_paths_named_for_contributors_exist() -> None:
    codes = re.findall(r"`([^`\n]+)`", FENCED.sub("", read("CONTRIBUTING.md")))
    paths = {path for code in codes for path in OWN_PATH.findall(code) if "NAME" not in path}
    assert len(paths) > 40
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_hooks_run_what_make_check_runs() -> None:
    variables = dict(re.findall(r"^(\w+) := (.*)$", read("Makefile"), re.MULTILINE))
    checks = re.findall(r"^\t\$\(call check,([^,]+),(.+)\)$", read("Makefile"), re.MULTILINE)
    (repository,) = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    hooks = [(hook["name"], hook["entry"]) for hook in repository["hooks"]]
    commands_of_checks = [
        (name, re.sub(r"\$\((\w+)\)", lambda match: variables[match[1]], command))
        for name, command in checks
    ]
    assert hooks == commands_of_checks


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_document_names_a_registry_or_a_home_folder(document: Path) -> None:
    assert PRIVATE.findall(document.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", READMES)
def test_the_credit_is_the_one_that_the_pages_carry(name: str) -> None:
    assert str(load_ward(REFERENCE).setting("credit")) in read(name)


def test_the_checks_are_listed_as_they_are() -> None:
    rows = [line for line in read("docs/checks.md").splitlines() if line.startswith("| `")]
    words = {"set_aside": "set aside", "warn": "check", "note": "note"}
    expected = [
        f"| `{code}` | {', '.join(words[severity] for severity in severities)} "
        f"| {entries('ja')[f'intake.{code}']} | {entries('en')[f'intake.{code}']} |"
        for code, severities in SEVERITIES.items()
    ]
    assert rows == expected
