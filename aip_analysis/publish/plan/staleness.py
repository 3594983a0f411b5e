"""Why a page counts as stale: the hashes of its inputs, then and now, and the states of reports.

A page is made from the data that it reads (of its own place, of others beside it, texts), the
reference tables, its notebook and its parameters, the program, and the versions of packages. It is
fresh while the hash of each is the one that the manifest has; otherwise the inputs that differ say
why it is stale. Nothing large is imported here: most scheduled runs find nothing changed, and learn
that from hashes and the manifest alone.
"""

import ast
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from aip_analysis.errors import InputRefusedError
from aip_analysis.files import files_hash, program_hash
from aip_analysis.files.builds import read_build_metadata
from aip_analysis.files.hashes import SHORT, short_hash
from aip_analysis.messages import Language, say
from aip_analysis.publish.plan.attached_files import attachment_problems, is_pdf
from aip_analysis.publish.plan.jobs import Job
from aip_analysis.publish.plan.manifest import INDEX, Entry, Manifest, page_hash, read_manifest
from aip_analysis.publish.plan.read_files import (
    FILES,
    files_read,
    files_unchanged,
    reads_of_files,
)
from aip_analysis.publish.plan.recorded_reads import (
    EVERYTHING,
    Read,
    Reads,
    flattened,
    reads_hash,
)
from aip_analysis.publish.plan.reports_folder import edition_folder

if TYPE_CHECKING:
    from aip_analysis.measures import Figures

LOCK = "uv.lock"
PACKAGE = "aip-analysis"
# The module and name that a report notebook imports if nobody has changed that.
PLAIN = ("aip_analysis", "report")
State = Literal["fresh", "stale", "failed", "never"]
# The names used instead of inputs if the page itself is not as it was made.
CHANGED, MISSING = "page_changed", "page_missing"
# Prefixes of such names for attached files, and for PDFs, which are made on request and make no
# page stale.
_ATTACHMENT, _PDF = "attachment_", "pdf_"
# Sources that are inputs of a kind of their own.
_KINDS = {"edited": "text", FILES: "files"}
# The name of a report, its entry in the manifest, and the hashes of the assets of its edition.
IsPrinted: TypeAlias = Callable[[str, Entry, Mapping[str, str]], bool]


def common_inputs(home: Path) -> dict[str, str]:
    """Return hashes of the inputs of every page: reference tables, program, its libraries."""
    return {
        "reference": files_hash(home / "data" / "reference")[:SHORT],
        "program": program_hash()[:SHORT],
        "lock": dependencies_hash(home),
    }


def edition_inputs(home: Path, build: str) -> dict[str, str]:
    """Return hashes of the inputs of all pages together."""
    notebooks = sorted((home / "notebooks" / "reports").glob("*.ipynb"))
    hashes = [(file.name, _hash_of_any(file)) for file in notebooks]
    return {"records": build, "notebooks": short_hash(repr(hashes)), **common_inputs(home)}


def read_inputs(reads: Reads, place: str) -> dict[str, str]:
    """Return the hashes of what a page reads, by the kind of input.

    Parameters
    ----------
    reads
        The reads of the page.
    place
        The key of its place.

    Returns
    -------
    dict
        Hashes by name: ``records`` of its own place, ``comparators`` of the other places shown with
        it, ``text`` that was added to it, and ``files`` that its notebook opened, if any.
    """
    parts: dict[str, list[tuple[Read, str]]] = {"records": [], "comparators": [], "text": []}
    for (source, columns, at), digest in flattened(reads):
        own = at.rpartition("/")[0] in {"", place}
        name = _KINDS.get(source) or ("records" if own else "comparators")
        parts.setdefault(name, []).append(((source, columns, at), digest))
    return {name: reads_hash(part) for name, part in parts.items()}


def current_read_inputs(
    home: Path, figures: "Figures", build: str, place: str, entry: Entry | None
) -> dict[str, str]:
    """Return the hashes of what a page would read now: what it read the last time is read again.

    Parameters
    ----------
    home
        The workbench's folder, in which notebooks may read files.
    figures
        The current figures.
    build
        The name of the build that they come from.
    place
        The key of the page's place.
    entry
        The manifest's entry for the page, if there is one.

    Returns
    -------
    dict
        Hashes by name, as of ``read_inputs``; ``records`` is empty if nothing can be read again.
    """
    # Only a process that has the records calls this.
    from aip_analysis.measures.reads import reads_from_json, reads_to_json  # noqa: PLC0415
    from aip_analysis.measures.recorded_figures import digests_of  # noqa: PLC0415

    recorded = entry.reads if entry else ()
    try:
        everything = [read for read in recorded if read["source"] == EVERYTHING]
        files = reads_of_files(home, files_read(recorded))
        others = [read for read in recorded if read["source"] not in {EVERYTHING, FILES}]
        reads = reads_from_json(others)
        digests = digests_of(figures)
        digests.prepare(reads)
        current = reads_to_json({read: digests.of(read) for read in reads})
    except (KeyError, TypeError, ValueError, AttributeError):
        # Another version of the program made it: the table, measure or place no longer exists.
        current = []
    if not current:
        before = entry.made_from if entry else {}
        return {name: before.get(name, "") for name in read_inputs((), place)} | {"records": ""}
    whole = [read_of_everything(build)] if everything else []
    return read_inputs([*current, *files, *whole], place)


def read_of_everything(build: str) -> dict[str, Any]:
    """Return the read that stands for all records: any other build then makes the page stale."""
    return {"source": EVERYTHING, "columns": [], "digests": {"/0": build}}


def inputs_as_made(job: Job, reads: Reads) -> dict[str, str]:
    """Return the inputs of a page that has just been made, from its job and what it read."""
    return {**job.inputs, **read_inputs(reads, job.data.place)}


@dataclass(frozen=True)
class ReportState:
    """The state of a report.

    Parameters
    ----------
    job
        The report.
    state
        The state as one word.
    changed
        For a stale report, the names of the inputs that have changed since it was made.
    reason
        For a failed report, why it could not be made, in one sentence.
    pdf_problems
        The problems of its PDF, if it has one that is not as it has to be.
    """

    job: Job
    state: State
    changed: tuple[str, ...] = ()
    reason: str = ""
    pdf_problems: tuple[str, ...] = ()

    def why(self, language: Language) -> str:
        """Return why it is not fresh and what is wrong with its PDF; empty if all is well."""
        if self.reason:
            return self.reason
        reasons = [
            say(f"publish.changed_{name}", language) for name in (*self.changed, *self.pdf_problems)
        ]
        return say("publish.comma", language).join(reasons)


def report_states(folder: Path, manifest: Manifest, jobs: Iterable[Job]) -> list[ReportState]:
    """Return the state of each report."""
    return [_state(folder, job, manifest) for job in jobs]


def _state(folder: Path, job: Job, manifest: Manifest) -> ReportState:
    entry = manifest.pages.get(job.slug)
    if entry is None or not (entry.sha256 or entry.reason):
        return ReportState(job, "never")
    if entry.reason:
        return ReportState(job, "failed", reason=entry.reason)
    digest = page_hash(folder / job.file)
    if digest != entry.sha256:
        return ReportState(job, "stale", (CHANGED if digest else MISSING,))
    changed = [
        name for name, value in sorted(job.inputs.items()) if entry.made_from.get(name) != value
    ]
    problems = attachment_problems(folder, entry, manifest.assets)
    pdf_problems = tuple(f"{_PDF}{problem}" for name, problem in problems.items() if is_pdf(name))
    attached = {f"{_ATTACHMENT}{problem}" for name, problem in problems.items() if not is_pdf(name)}
    reasons = (*changed, *sorted(attached))
    return ReportState(job, "stale" if reasons else "fresh", reasons, pdf_problems=pdf_problems)


@dataclass(frozen=True)
class UpToDate:
    """An edition whose pages are all fresh.

    Parameters
    ----------
    fiscal_year
        Its fiscal year.
    reports
        How many reports it has.
    index
        The page to open.
    """

    fiscal_year: int
    reports: int
    index: Path


def up_to_date_edition(
    home: Path,
    out: Path,
    fiscal_year: int | None,
    language: Language,
    *,
    single_file: bool,
    is_printed: IsPrinted | None = None,
) -> UpToDate | None:
    """Return the edition if nothing is left to make in it, or None if that is not certain.

    Parameters
    ----------
    home, out
        The workbench's folder, and the folder of all reports.
    fiscal_year, language, single_file
        The identity of the edition; without a year the newest complete one.
    is_printed
        Returns whether a report has a current PDF; None if no PDFs are requested.
    """
    about = read_build_metadata(home / "data" / "processed")
    if about is None:
        return None
    year = fiscal_year or about.newest_complete
    folder = edition_folder(out, year, language, single_file=single_file)
    manifest = read_manifest(folder)
    if not manifest.settled or manifest.settled != edition_inputs(home, about.name):
        return None
    complete = len(manifest.pages) == manifest.about.get("reports", 0) + 1
    hashes = manifest.files()
    if not complete or any(page_hash(folder / file) != digest for file, digest in hashes.items()):
        return None
    if not all(files_unchanged(home, entry.reads) for entry in manifest.pages.values()):
        return None
    if is_printed and not all(
        is_printed(slug, entry, manifest.assets)
        for slug, entry in manifest.pages.items()
        if slug != INDEX
    ):
        return None
    return UpToDate(year, len(manifest.pages) - 1, folder / manifest.pages[INDEX].file)


def dependencies_hash(home: Path) -> str:
    """Return a hash of the versions of Python and the packages that the program is built on."""
    lock = home / LOCK
    content = lock.read_bytes() if lock.is_file() else b""
    return short_hash(content + json.dumps(package_versions()).encode())


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the program requires."""
    result = {"python": ".".join(map(str, sys.version_info[:3]))}
    for line in requires(PACKAGE) or ():
        if "extra ==" in line:
            # Extras have no effect on how a page looks.
            continue
        name = line.split(";")[0].strip()
        for sign in "<>=!~[ ":
            name = name.split(sign)[0]
        result[name] = version(name)
    return result


def notebook_hash(notebook: Path) -> str:
    """Return a hash of a notebook; neither its outputs nor how it was saved count."""
    cells, about = _content(notebook)
    return short_hash(json.dumps([cells, about] if about else cells, ensure_ascii=False))


def _hash_of_any(notebook: Path) -> str:
    """Return the hash of a notebook, even a damaged one: planning says what is wrong with it."""
    try:
        return notebook_hash(notebook)
    except InputRefusedError:
        return short_hash(notebook.read_bytes())


def has_extra_imports(notebook: Path) -> bool:
    """Return whether a notebook imports more than the report, and so may read anything."""
    return any(_imports_more(source) for kind, source, _ in _content(notebook)[0] if kind == "code")


def _content(notebook: Path) -> tuple[list[tuple[str, str, list[str]]], dict[str, Any]]:
    """Return type, source and tags of each cell, and what the metadata say of an own report.

    Raises
    ------
    InputRefusedError
        When the file is not a notebook, or is damaged.
    """
    try:
        content: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
        cells = [
            (cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", []))
            for cell in content["cells"]
        ]
        return cells, content.get("metadata", {}).get("aip", {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputRefusedError("publish.notebook_unreadable", file=notebook) from error


def _imports_more(source: str) -> bool:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        # Magics or a mistake: what it reads is not known.
        return True
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            return True
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if (node.module, *sorted(names)) != PLAIN:
                return True
        if isinstance(node, ast.Name) and node.id in {"open", "__import__", "exec", "eval"}:
            return True
    return False
