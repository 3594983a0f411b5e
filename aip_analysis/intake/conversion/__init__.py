"""Convert raw rows to records: values parsed, terms looked up, each row used or set aside."""
