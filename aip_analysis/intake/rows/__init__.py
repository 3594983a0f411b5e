"""What the rows below headings are: records, totals, notes, examples, and what was not held."""
