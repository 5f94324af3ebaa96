"""The list as a file: bounded, safe to open in a spreadsheet, and noted."""
