"""Raw rows to records: values read, words looked up, each row used or set aside."""
