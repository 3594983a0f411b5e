"""Executed notebooks as HTML pages, and the pages that lead to them."""
