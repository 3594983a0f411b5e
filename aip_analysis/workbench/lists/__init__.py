"""Tables of records and places, own tables of an office, and how tables show themselves."""
