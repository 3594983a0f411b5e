"""How long the work takes: named measurements on the sample records, in a temporary home."""
