"""Which files come in (threats.md row 10)."""

from __future__ import annotations

import time

import pytest

from files.hostile import HARMLESS, HOSTILE, PDF
from wijkcontract.files import guard
from wijkcontract.rules.verdicts import Invalid

MEGABYTE = 1024 * 1024
LONGEST = 2.0


@pytest.mark.parametrize(("name", "content"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused_at_once_with_what_to_do(name: str, content: bytes) -> None:
    started = time.process_time()
    with pytest.raises(Invalid) as refused:
        guard.check(name, content, 20 * MEGABYTE)
    assert time.process_time() - started < LONGEST
    assert [fault.where for fault in refused.value.faults] == ["file"]
    assert str(refused.value).endswith(".")


def test_a_file_larger_than_allowed_is_refused_with_both_sizes() -> None:
    with pytest.raises(Invalid, match=r"is 3 MB\. Hoogstens 2 MB kan"):
        guard.check("besluit.pdf", PDF + b"0" * 3 * MEGABYTE, 2 * MEGABYTE)


@pytest.mark.parametrize(("name", "content"), HARMLESS, ids=[row[0] for row in HARMLESS])
def test_an_ordinary_file_comes_in_as_its_kind(name: str, content: bytes) -> None:
    assert guard.check(name, content, MEGABYTE).ending == name.rsplit(".", 1)[1].lower()
