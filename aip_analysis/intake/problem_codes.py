"""Codes of all intake checks, and the severities that their findings may have.

If a required value cannot be read, its row is set aside; without another value, the row is used.
"""

from typing import Literal

Severity = Literal["set_aside", "warn", "note"]

_FILES = (
    *("file_encrypted", "file_broken", "file_too_large", "too_many_rows", "file_gone"),
    *("file_fault", "not_text", "zip_unsafe_name", "zip_in_zip"),
)
_SHEETS = ("no_table", "no_year", "year_disagrees", "no_area", "area_disagrees", "missing_heading")
_ROWS = (
    *("unknown_area", "missing", "outside_year", "both_amounts", "no_amount", "unknown_item"),
    "personal_identifier",
)
_VALUES = (
    *("unknown_term", "not_a_day", "not_a_month", "not_a_time", "not_a_count", "not_a_yen"),
    *("not_a_degree", "era_disagrees"),
)
_DOUBTS = (
    *("meanings_unreadable", "formula_without_value", "near_heading", "heading_twice"),
    *("weekday_disagrees", "two_parts", "receipt_twice", "number_repeats", "number_jumps"),
    *("number_disagrees", "above_seats", "ends_before_start", "category_not_covered"),
    *(
        "before_council",
        "above_allowance",
        "activity_not_listed",
        "balance_breaks",
        "total_disagrees",
    ),
    *("opening_disagrees", "paid_before_appointment", "far_from_history"),
    *("personal_name", "personal_phone", "personal_mail", "personal_address", "personal_number"),
    *("personal_id", "personal_birthday", "personal_home", "identifies_person", "public_unclear"),
)
_NOTES = (
    *("other_kind", "external_link", "macro_not_run", "unknown_heading", "personal_column"),
    *("kind_assumed", "month_only", "approximate", "suppressed", "corrected", "withdrawn"),
    "not_public",
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
    **dict.fromkeys((*_FILES, *_SHEETS, *_ROWS, "in_future", "two_files"), ("set_aside",)),
    **dict.fromkeys((*_VALUES, "row_twice"), ("set_aside", "warn")),
    **dict.fromkeys(_DOUBTS, ("warn",)),
    **dict.fromkeys(_NOTES, ("note",)),
    "correction_obsolete": ("set_aside", "note"),
    **dict.fromkeys(_EDITED_REFUSED, ("set_aside",)),
    **dict.fromkeys(_EDITED_DOUBTS, ("warn",)),
    **dict.fromkeys(_EDITED_NOTES, ("note",)),
}
