"""The AIP workbench: council records in, annual reports out.

The package is built in floors, each importing only what is below it; docs/architecture.md
tells which and why.
"""
