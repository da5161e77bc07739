"""The check of a pasted text: its figures read, each matched with the report's figure on the same quantity, compared."""
