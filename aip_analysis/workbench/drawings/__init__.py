"""Charts and maps of figures and of an analyst's own numbers, and files of them."""
