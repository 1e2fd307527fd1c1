"""The budget of a draft as an Excel workbook: written, read back cell by cell, and compared with what is stored (R13, R14)."""
