"""Names as analysts type them, and what they may mean."""
