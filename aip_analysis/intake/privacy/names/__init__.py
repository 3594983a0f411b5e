"""Names of persons in texts, by how they are written: titled, free, spelled, called, foreign."""
