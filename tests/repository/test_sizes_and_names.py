"""Small checks of the text itself: sizes, names of the glossary, decisions in order, nothing of one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from django.apps import apps

from repository.tree import ROOT, SOURCE, floors, python_files, short

LONGEST_FILE = 400
REGISTRY = re.compile(r"\b(pypi|pythonhosted|npmjs|rubygems|crates|registry\.\w+|proxy\.golang)\.(org|com|io|net)\b")
MACHINE = re.compile(r"(?<![\w.\-])/(work|root|home)/[\w.]")
FORBIDDEN_NAMES = {
    "application": "proposal",
    "applications": "proposals",
    "engagement": "pledge",
    "tranche": "instalment",
    "reviewer": "juror",
    "user": "person",
    "grantee": "applicant",
}
ALLOWED = {"jury.Position.engagement": "R17 asks a body for its position on feasibility and engagement"}
HEADINGS = ("## Context", "## Decision", "## Consequence")


def tracked() -> list[Path]:
    """Every file that git keeps, or will keep when it is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def words(name: str) -> list[str]:
    """The words of a name, lower case: `CostLine` and `cost_line` give cost and line."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower().split("_")


def test_no_python_file_is_longer_than_a_person_reads() -> None:
    lengths = {
        short(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(SOURCE, ROOT / "tests", ROOT / "bench")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    wrong = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if REGISTRY.search(line) or MACHINE.search(line):
                wrong.append(f"{short(path)}:{number} {line.strip()[:100]}")
    assert not wrong, "\n".join(wrong)


def test_models_and_fields_speak_the_words_of_the_glossary() -> None:
    rooms, wrong = floors(), []
    for model in apps.get_models():
        if model._meta.app_label in rooms:
            names = [model.__name__, *(field.name for field in model._meta.local_fields)]
            wrong += [
                f"{model._meta.label}: {name} says '{word}', the glossary says '{FORBIDDEN_NAMES[word]}'"
                for name in names
                for word in words(name)
                if word in FORBIDDEN_NAMES and f"{model._meta.label}.{name}" not in ALLOWED
            ]
    assert not wrong, "\n".join(wrong)


def test_a_commitment_is_money_of_the_state_and_never_a_pledge() -> None:
    rooms = {model._meta.app_label for model in apps.get_models() if "commitment" in words(model.__name__)}
    assert rooms == {"contracts"}


def test_the_decisions_have_a_number_each_and_say_why() -> None:
    """Numbers are given out before a decision is written, so one may be missing for a while; none stands twice."""
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:5] for path in files]
    assert all(re.fullmatch(r"\d{4}-", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert len(files) > 7
    wrong = [short(path) for path in files if not all(head in path.read_text(encoding="utf-8") for head in HEADINGS)]
    assert not wrong, "\n".join(wrong)


def test_the_published_schema_is_the_one_that_checks() -> None:
    published = (ROOT / "docs" / "proposal.schema.json").read_bytes()
    assert published == (SOURCE / "rules" / "proposal.schema.json").read_bytes()


def test_the_lock_names_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")
