"""Storage of the records as Parquet files in data/processed."""

from aip_analysis.store.builds import current_build, load_records, save_records

__all__ = ["current_build", "load_records", "save_records"]
