"""Codes of all intake checks, and the severities that their findings may have.

If a required value cannot be read, its row is set aside; without another value, the row is used.
"""

from typing import Literal

Severity = Literal["set_aside", "warn", "note"]

_FILES = (
    *("file_encrypted", "file_broken", "file_too_large", "too_many_rows", "file_gone"),
    *("file_fault", "not_text", "zip_unsafe_name", "zip_in_zip", "sheet_broken"),
)
# Rows that may be no records.
_PERHAPS = (
    *("perhaps_total", "perhaps_cancelled", "perhaps_withdrawn", "perhaps_planned"),
    "perhaps_no_record",
    "struck_through",
)
# Faults of the program.
FAULTS = frozenset(
    {"file_fault", "sheet_fault", "check_fault", "correction_fault", "returned_fault"}
)
# A file with one of these is not there: only its name is known, from the last build.
GONE = frozenset({"file_no_longer_there", "file_replaced"})
# A file or sheet with one of these was not read.
UNREAD = frozenset(_FILES)
_SHEETS = (
    *("no_table", "no_year", "year_disagrees", "several_years", "no_area", "area_disagrees"),
    *("several_areas", "missing_heading", "other_organisation", "table_of_examples"),
    *("table_of_plan", "table_unclear", "several_kinds", "table_of_guidance", "table_of_sums"),
    "no_known_field",
)
_RESIDENTS = (
    *(
        "no_survey_day",
        "not_all_residents",
        "unknown_neighbourhood",
        "counts_disagree",
        "total_unknown",
    ),
    *("town_divided", "area_incomplete", "counted_by_area"),
)
_ROWS = (
    "unknown_area",
    "other_area",
    "missing",
    *("suppressed_needed", "activity_held"),
    *("outside_year", "perhaps_next_year"),
    "both_amounts",
    "no_amount",
    "unknown_item",
    "undecided",
    "personal_identifier",
)
# Rows or tables whose numbers are doubted.
_UNSURE = (
    *("unit_disagrees", "unit_unclear", "unit_too_large", "row_too_wide", "quote_unclosed"),
    "parts_disagree",
)
_VALUES = (
    *("unknown_term", "not_a_day", "not_a_month", "not_a_time", "not_a_count", "not_a_yen"),
    *("not_a_degree", "era_disagrees", "number_as_date"),
)
_DOUBTS = (
    *("meanings_unreadable", "formula_without_value", "near_heading", "heading_twice"),
    *("position_swapped", "position_outside"),
    *("weekday_disagrees", "two_parts", "receipt_twice", "number_repeats", "number_jumps"),
    *("number_disagrees", "above_seats", "ends_before_start", "category_not_covered"),
    *(
        "before_council",
        "above_allowance",
        "no_expense",
        "activity_not_listed",
        "balance_breaks",
        "total_disagrees",
    ),
    "amount_passed_over",
    *("opening_disagrees", "paid_before_appointment", "far_from_history"),
    "file_no_longer_there",
    *("one_sex", "areas_absent", "neighbourhood_absent", "suppressed_across", "ages_suppressed"),
    *("personal_name", "personal_phone", "personal_mail", "personal_address", "personal_number"),
    *("personal_id", "personal_birthday", "personal_home", "identifies_person", "public_unclear"),
    *("stray_cells", "returned_fault", "correction_undecided"),
)
# Sheets, tables and rows that are no records of their own.
_NO_RECORDS = ("sheet_unread", "example_filled_in", "plan", "summary_differs", "older_version")
_NO_RECORDS_NOTES = (
    "no_records",
    "summary",
    "rows_elsewhere",
    "sent_twice",
    "shortcut",
    "open_file",
    "file_replaced",
)
_NOTES = (
    *("other_kind", "external_link", "macro_not_run", "unknown_heading", "personal_column"),
    *(
        "kind_assumed",
        "month_only",
        "open_end",
        "approximate",
        "suppressed",
        "corrected",
        "withdrawn",
    ),
    *("suppressed_added", "ages_unpublished", "not_public"),
)

# For texts and photographs that are added to reports.
_EDITED_REFUSED = (
    *("text_place", "text_section", "text_kind", "text_unreadable", "text_too_long"),
    *("photo_heic", "photo_kind", "photo_broken", "photo_too_large"),
)
_EDITED_DOUBTS = (
    *("text_link", "photo_without_words", "photo_unsaid", "photo_missing", "photo_outside"),
)
_EDITED_NOTES = ("text_markup", "photo_unused")

SEVERITIES: dict[str, tuple[Severity, ...]] = {
    **dict.fromkeys(
        (
            *_FILES,
            *_SHEETS,
            *_RESIDENTS,
            *_ROWS,
            *_PERHAPS,
            *_UNSURE,
            *("in_future", "two_files", "older_in_doubt", "same_meeting"),
            *("sheet_fault", "correction_fault", "day_out_of_range"),
        ),
        ("set_aside",),
    ),
    "check_fault": ("set_aside", "warn"),
    **dict.fromkeys((*_VALUES, "row_twice"), ("set_aside", "warn")),
    **dict.fromkeys(_DOUBTS, ("warn",)),
    **dict.fromkeys(_NO_RECORDS, ("warn",)),
    **dict.fromkeys((*_NO_RECORDS_NOTES, *_NOTES), ("note",)),
    "correction_obsolete": ("set_aside", "note"),
    **dict.fromkeys(_EDITED_REFUSED, ("set_aside",)),
    **dict.fromkeys(_EDITED_DOUBTS, ("warn",)),
    **dict.fromkeys(_EDITED_NOTES, ("note",)),
}
