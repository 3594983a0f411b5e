"""The part of ``aip build`` that runs if something has changed: read, explain, store."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from aip_analysis.cli.build_messages import (
    LOG,
    PAGE,
    READ,
    RETURNED,
    account_before,
    judge,
    print_gone,
    print_unreadable,
    raise_faults,
    rows_set_aside,
)
from aip_analysis.cli.check import print_account
from aip_analysis.cli.terminal import progress_bar, short, tell
from aip_analysis.files import fingerprint, write_atomically
from aip_analysis.files.builds import ACCOUNT
from aip_analysis.files.hashes import short_hash
from aip_analysis.geography import geography_of
from aip_analysis.intake import Intake, intake_summary, read_raw
from aip_analysis.intake.corrections.export import write_set_aside
from aip_analysis.intake.faults import Fence, write_log
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.gone_files import gone_files, places_by_file, report_gone
from aip_analysis.intake.review_page import intake_page
from aip_analysis.measures import Figures
from aip_analysis.measures.stored_figures import store_figures
from aip_analysis.messages import user_language
from aip_analysis.records.store import save_records
from aip_analysis.reference import Ward, load_ward


def build_records(home: Path, inputs: dict[str, str], *, strict: bool) -> None:
    """Read data/raw into data/processed.

    Parameters
    ----------
    home
        The workbench's folder.
    inputs
        The hashes of all that the build is made from.
    strict
        Whether rows set aside and unreadable files prevent the build.

    Raises
    ------
    ProgramFaultError
        If the program failed at some files; the build has the others.
    """
    reference, processed = home / "data" / "reference", home / "data" / "processed"
    ward = load_ward(reference)
    # What the reference lacks is told before any file is read.
    geography_of(ward)
    read_files = FileCache(processed / READ, fingerprint(reference))
    with progress_bar("reading") as bar:
        intake = read_raw(home / "data" / "raw", ward, cache=read_files, progress=bar.left)
    gone = gone_files(account_before(processed), intake)
    report_gone(intake, gone, ward)
    write_set_aside(intake, ward, processed / RETURNED)
    print_account(intake)
    made_from = short_hash("".join(inputs.values()))
    account = {"made_from": made_from, "inputs": inputs} | intake_summary(intake)
    places = places_by_file(intake.records)
    for file in account["files"]:
        file["places"] = places.get(file["file"], [])
    account["gone"] = [file.as_values() for file in gone if file.lost]
    _write_page(intake, account, ward, processed)
    write_log(intake.faults, processed / LOG)
    judge(account, strict=strict)
    intake.records.newest_complete()
    build = save_records(intake.records, processed, intake.photos)
    with Fence(intake.faults, "figures"):
        store_figures(Figures(intake.records, ward), build)
    read_files.remove_unused()
    account["faults"] = intake_summary(intake)["faults"]
    text = json.dumps(account, ensure_ascii=False, indent=1)
    write_atomically(processed / ACCOUNT, f"{text}\n".encode())
    tell("built", folder=short(processed), page=short(processed / PAGE))
    print_unreadable(account)
    print_gone(account)
    if rows_set_aside(account):
        tell("returned", folder=short(processed / RETURNED))
    write_log(intake.faults, processed / LOG)
    raise_faults(account["faults"], processed)


def _write_page(intake: Intake, account: dict[str, Any], ward: Ward, processed: Path) -> None:
    """Write the page about the intake, whether or not the build succeeds."""
    language = user_language()
    with Fence(intake.faults, "page"):
        page = intake_page(account, ward.setting("name", language), language, datetime.now())  # noqa: DTZ005 -- the office's own clock
        write_atomically(processed / PAGE, page.encode())
