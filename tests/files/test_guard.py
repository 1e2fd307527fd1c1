"""Which files come in, and what looking at one costs (threats.md row 10)."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter

import pytest

from files.harmless import harmless
from files.hostile import HOSTILE, Made
from files.making import PDF
from wijkcontract.files import guard
from wijkcontract.rules.verdicts import Invalid

MEGABYTE = 1024 * 1024
LONGEST = 2.0
MOST_MEMORY = 100 * MEGABYTE
AT_LEAST = {"pdf": 15, "docx": 15, "xlsx": 15, "jpg": 15, "png": 15}


@pytest.mark.parametrize(("name", "made"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused_at_once_in_little_memory_with_what_to_do(name: str, made: Made) -> None:
    content = made() if callable(made) else made
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(Invalid) as refused:
        guard.check(name, content, 20 * MEGABYTE)
    spent, memory = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < LONGEST
    assert memory < MOST_MEMORY
    assert [fault.where for fault in refused.value.faults] == ["file"]
    assert str(refused.value).endswith(".")


def test_the_corpus_has_at_least_sixty_different_files() -> None:
    contents = {(name, made if isinstance(made, bytes) else what) for what, name, made in HOSTILE}
    assert len(contents) == len(HOSTILE) >= 60


def test_every_ordinary_file_comes_in_as_its_kind() -> None:
    refused, counted = [], Counter[str]()
    for name, content in harmless():
        ending = name.rsplit(".", 1)[1]
        counted[ending] += 1
        try:
            assert guard.check(name, content, 20 * MEGABYTE).ending == ending
        except Invalid as invalid:
            refused.append(str(invalid))
    assert refused == []
    assert counted >= Counter(AT_LEAST)


def test_the_largest_document_that_may_come_in_is_looked_at_in_time() -> None:
    content = PDF + b"%" + b"/Name " * (3 * MEGABYTE) + b"\n%%EOF\n"
    started = time.process_time()
    guard.check("groot.pdf", content, 20 * MEGABYTE)
    assert time.process_time() - started < LONGEST


def test_a_file_larger_than_allowed_is_refused_with_both_sizes() -> None:
    with pytest.raises(Invalid, match=r"is 3 MB\. Hoogstens 2 MB kan"):
        guard.check("besluit.pdf", PDF + b"0" * 3 * MEGABYTE, 2 * MEGABYTE)
