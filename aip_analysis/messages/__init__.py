"""The message catalogue: every user-visible string, in Japanese and in English."""

from aip_analysis.messages.catalogue import (
    LANGUAGES,
    Language,
    chosen_language,
    entries,
    say,
    user_language,
)

__all__ = ["LANGUAGES", "Language", "chosen_language", "entries", "say", "user_language"]
