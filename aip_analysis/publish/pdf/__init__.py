"""Pages as PDF, printed by Chromium."""
