"""The codes of statistical sectors as people type them (R2): those of Statbel, and those that call themselves an example.

A code of Statbel is five digits, of the municipality at the time that the sector was drawn, and four signs: capitals and
digits of which one at least is a letter, the last may be a line. "42006-VOORBEELD-1" is no sector and says so.
"""

import re
from typing import Final

from wijkcontract.rules.findings.catalogue import listed

_CODE: Final = re.compile(r"[0-9]{5}(?=[0-9]*[A-Z])[A-Z0-9]{3}[A-Z0-9-]")
_EXAMPLE: Final = re.compile(r"[0-9]{5}-VOORBEELD-[0-9]{1,4}")
_SHOWN: Final = 40
"""Characters of something that is no code, in the sentence about it."""


def is_sector_code(text: str) -> bool:
    """Is this the code of a statistical sector, or one that is marked as an example?"""
    return bool(_CODE.fullmatch(text) or _EXAMPLE.fullmatch(text))


def sectors_fault(text: str) -> str:
    """What is wrong with codes separated by commas, as a sentence; empty when each is a code, or when there is none."""
    typed = [part.strip() for part in text.split(",") if part.strip()]
    wrong = [f"'{one[:_SHOWN]}'" for one in typed if not is_sector_code(one)]
    if not wrong:
        return ""
    what = (
        "is geen code van een statistische sector" if len(wrong) == 1 else "zijn geen codes van statistische sectoren"
    )
    return (
        f"{listed(wrong)} {what}. Zo'n code is de NIS-code van uw gemeente met een letter en cijfers, zoals 42006A20-. "
        "Scheid de codes met een komma."
    )
