"""The Parquet home of the records: data/processed."""

from aip_analysis.store.builds import current_build, load_records, save_records
from aip_analysis.store.files import write_atomically
from aip_analysis.store.fingerprint import fingerprint

__all__ = ["current_build", "fingerprint", "load_records", "save_records", "write_atomically"]
