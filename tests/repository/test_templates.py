"""Templates and style sheets: nothing inline, nothing of another host, nothing that no page uses."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from repository.tree import SOURCE, python_files, short

INLINE = re.compile(
    r"""<style\b|<script(?![^>]*\bsrc=)|\sstyle\s*=\s*["'{]|\son[a-z]+\s*=\s*["'{]|javascript:""", re.IGNORECASE
)
OTHER_HOST = re.compile(
    r"""(?:\bsrc(?:set)?|\baction|\bdata|\bposter)\s*=\s*["']?\s*(?:https?:)?//|<link[^>]+href\s*=\s*["']?\s*(?:https?:)?//""",
    re.IGNORECASE,
)
OTHER_HOST_IN_STYLE = re.compile(r"""url\(\s*["']?\s*(?:https?:)?//|@import""", re.IGNORECASE)
NAMED = re.compile(r"""["']([\w{}./-]+\.html)["']""")
FOUND_BY_DJANGO = ("400.html", "django/forms/*")


def templates() -> dict[str, Path]:
    """Every template by the name under which it is asked for."""
    return {
        path.as_posix().split("/templates/", 1)[1]: path
        for path in sorted(SOURCE.rglob("*.html"))
        if "templates" in path.parts
    }


def without_comments(text: str) -> str:
    return re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.DOTALL)


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{short(path)}:{number} {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_script_or_style_is_written_in_the_page() -> None:
    markup = [path for path in python_files(SOURCE / "web") if "components" in path.parts]
    wrong = lines_with(INLINE, [*templates().values(), *markup])
    assert not wrong, "\n".join(wrong)


def test_no_page_asks_anything_of_another_host() -> None:
    styles = sorted(SOURCE.rglob("*.css"))
    wrong = lines_with(OTHER_HOST, list(templates().values())) + lines_with(OTHER_HOST_IN_STYLE, styles)
    assert styles
    assert not wrong, "\n".join(wrong)


def asked_for() -> set[str]:
    """The names of templates in code and in templates; `statements/{name}.html` asks for every one of them."""
    texts = [path.read_text(encoding="utf-8") for path in (*python_files(SOURCE), *templates().values())]
    names = {name for text in texts for name in NAMED.findall(without_comments(text))}
    return {re.sub(r"{[^}]*}", "*", name) for name in names}


def test_every_template_is_used() -> None:
    asked = asked_for()
    unused = [
        name for name in templates()
        if not any(fnmatch(name, pattern) for pattern in (*asked, *FOUND_BY_DJANGO))
    ]  # fmt: skip
    assert not unused, "\n".join(unused)


def test_every_template_that_is_asked_for_is_there() -> None:
    known = templates()
    missing = [
        name for name in asked_for()
        if not any(fnmatch(one, name) for one in known) and not name.startswith("django/")
    ]  # fmt: skip
    assert not missing, "\n".join(missing)


def test_every_page_frame_has_a_language_and_a_title() -> None:
    frames = {name: path.read_text(encoding="utf-8") for name, path in templates().items()}
    wrong = [
        name for name, text in frames.items() if "<html" in text and not ("<html lang=" in text and "<title>" in text)
    ]
    assert not wrong, "\n".join(wrong)
