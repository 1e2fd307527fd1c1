"""A paper as a file to download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpResponse
from django.utils.text import slugify

from wijkcontract.reporting.exporters.paper_pdf import paper_pdf
from wijkcontract.reporting.exporters.paper_word import paper_word
from wijkcontract.reporting.papers import Paper
from wijkcontract.rules.verdicts import NotVisible

MAKERS: Final[Mapping[str, tuple[str, Callable[[Paper], bytes]]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", paper_word),
    "pdf": ("application/pdf", paper_pdf),
}
LONGEST_NAME: Final = 80


def as_file(paper: Paper, kind: str, name: str) -> HttpResponse:
    """The paper as `kind` (docx or pdf). Raises NotVisible for a kind that we do not make."""
    if kind not in MAKERS:
        raise NotVisible
    media_type, make = MAKERS[kind]
    answer = HttpResponse(make(paper), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)[:LONGEST_NAME] or "document"}.{kind}"'
    return answer
