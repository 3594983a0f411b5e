"""The command ``aip``: parse, call, print, exit code; no work of its own."""
