"""The law of the note as pure Python: standard library only, no clock of its own, no database.

Every date and every limit comes in as an argument. Amounts are integer cents, shares are exact
fractions. Only `clock` knows what time it is.
"""
