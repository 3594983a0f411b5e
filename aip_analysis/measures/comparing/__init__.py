"""Places and years beside each other: changes, averages, and areas without figures."""
