"""From rows to counts: which rows count, what each adds, and where it stands."""
