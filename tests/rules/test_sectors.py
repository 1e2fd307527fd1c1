"""The codes of statistical sectors: real ones and marked examples are codes, free text is not."""

from pathlib import Path

import pytest

from wijkcontract.engines import tables
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.sectors import is_sector_code, sectors_fault


@pytest.mark.parametrize(
    "code",
    [
        "42006A20-",
        "42006A212",
        "11002P6PK",
        "23088A01-",
        "11001ZZZZ",
        "1100100PA",
        "42006X01-",
        "11001A00A",
        "42006-VOORBEELD-1",
    ],
)
def test_codes_of_every_edition_and_marked_examples_are_codes(code: str) -> None:
    assert is_sector_code(code)


@pytest.mark.parametrize(
    "text",
    [
        "foo",
        "42006",
        "420061234",
        "42006A20",
        "42006a20-",
        "42006A20-X",
        "A42006A20",
        "42006-VOORBEELD",
        "De Bijloke",
        "42006A-0-",
    ],
)
def test_free_text_is_no_code(text: str) -> None:
    assert not is_sector_code(text)


def test_every_thing_that_is_no_code_is_named_at_once() -> None:
    assert sectors_fault("") == sectors_fault(", ".join(example().neighbourhood.sectors)) == ""
    assert sectors_fault("foo, 42006A20-").startswith("'foo' is geen code van een statistische sector. Zo'n code is")
    assert sectors_fault("foo,42006A20-,de wijk").startswith("'foo' en 'de wijk' zijn geen codes")


@pytest.mark.reference
@pytest.mark.parametrize(("file", "column"), [("sectoren2024", "statsec2024"), ("sectoren2025_wijk", "statsec2025")])
def test_every_real_code_is_a_code(file: str, column: str) -> None:
    codes = tables.read(Path(f"../shared/data/places/{file}.parquet")).texts(column)
    assert [code for code in codes if not is_sector_code(code)] == []
