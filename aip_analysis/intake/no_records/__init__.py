"""Sheets and tables that hold no records: guidance, choices, summaries, plans, model forms."""
