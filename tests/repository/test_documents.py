"""The documents keep up with the code: links lead somewhere, settings and commands are those that exist."""

from __future__ import annotations

import re
from pathlib import Path

from repository.tree import ROOT, SOURCE, short
from wijkcontract.cli.main import commands

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
NAMED_DOCUMENT = re.compile(r"\bdocs/[\w./-]+\.(?:md|json)\b")
SETTING = re.compile(r"""env\.get\(["'](\w+)["']""")
IN_TABLE = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
COMMAND = re.compile(r"^(?:\S+/)?wijkcontract ([a-z-]+)", re.MULTILINE)
TARGET = re.compile(r"\bmake ([a-z]+)\b")
FEWEST_TERMS = 100
GLOSSARY_ROW = re.compile(r"^\| ([^|]+?) \| `([^`]+)`", re.MULTILINE)


EVIDENCE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+|[\w-]+\.lock)(?:::(\w+))?`")
THREATS = ROOT / "docs" / "security" / "threats.md"
THREAT = re.compile(r"^\| (\d+) \|[^|]+\| (stands|part|not yet|not solved) \|", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_of(document: Path) -> str:
    """What the document shows as a command or a name: its blocks and its inline code, a line each."""
    text = read(document)
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def test_every_link_of_a_document_leads_to_a_file() -> None:
    broken = [
        f"{short(document)}: {target}"
        for document in DOCUMENTS
        for target in LINK.findall(read(document))
        if not (document.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)


def test_every_document_that_code_or_text_names_is_there() -> None:
    texts = (*DOCUMENTS, *SOURCE.rglob("*.py"))
    missing = {name for path in texts for name in NAMED_DOCUMENT.findall(read(path)) if not (ROOT / name).exists()}
    assert not missing


def test_the_settings_of_the_document_are_those_that_are_read() -> None:
    documented = IN_TABLE.findall(read(ROOT / "docs" / "running.md"))
    assert sorted(documented) == sorted(set(SETTING.findall(read(SOURCE / "config" / "environment.py"))))


def test_every_command_of_the_documents_exists() -> None:
    named = {name for document in DOCUMENTS for name in COMMAND.findall(code_of(document))}
    assert named
    assert named - {command.name for command in commands()} == set()


def test_every_make_target_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert {name for document in DOCUMENTS for name in TARGET.findall(code_of(document))} - targets == set()


def test_the_glossary_gives_each_term_one_name() -> None:
    rows = GLOSSARY_ROW.findall(read(ROOT / "docs" / "glossary.md"))
    terms = [term for term, _ in rows]
    assert len(terms) > FEWEST_TERMS
    assert sorted(terms) == sorted(set(terms))


def test_every_threat_has_its_row_and_an_honest_status() -> None:
    assert [int(number) for number, _ in THREAT.findall(read(THREATS))] == list(range(1, 29))


def test_every_test_and_file_that_the_threats_name_exists() -> None:
    missing = []
    for name, test in EVIDENCE.findall(read(THREATS)):
        path = next((one / name for one in (ROOT, SOURCE) if (one / name).is_file()), None)
        if path is None or (test and f"def {test}(" not in read(path)):
            missing.append(f"{name}::{test}" if test else name)
    assert not missing, "\n".join(missing)
