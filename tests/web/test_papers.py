"""What goes out on paper holds everything that was written, whatever was typed, and the same paper gives the same bytes."""

from __future__ import annotations

import dataclasses
import io
import re
import types
import typing
import unicodedata
from typing import Any

import docx
import pypdf
import pytest

from wijkcontract.calls.models import Call
from wijkcontract.proposals.models import Submission
from wijkcontract.reporting.exporters.glyphs import printable
from wijkcontract.reporting.exporters.paper_pdf import LOST, paper_pdf
from wijkcontract.reporting.exporters.paper_word import paper_word
from wijkcontract.reporting.papers import (
    AnswerSpace,
    Block,
    Bullets,
    Column,
    Drawing,
    Facts,
    Heading,
    Paper,
    Table,
    Text,
    Tone,
)
from wijkcontract.rules import clock, programme, proposal_form
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_shape import Format, Proposal
from wijkcontract.web.papers.proposal import frozen_paper
from wijkcontract.web.papers.receipt import receipt_paper

FIRST = "wijkverbeteringscontract-2021"
MOMENT = clock.parse_moment("2021-07-06T10:00:00")
CANARY = re.compile(r"zang\d{4}vogel")
NO_TEXT = {
    "id",
    "indicator",
    "kind",
    "sha256",
    "problems",
    "objectives",
    "measures",
    "actions",
    "policy_domains",
    "levels",
    "covers",
    "belongs_to",
}
"""What is no text of its own: codes that a label stands for, links between records, and the hash."""
HARSH = (
    "<b>&amp; #strong[x] $x$ {{ vals }} =1+1 \x00\x0b\x1f\ud800 \ufffe\u202e\u05e9\u05dc\u05d5\u05dd 😀 e\u0301 "
    + "lang" * 400
)


def sing(value: Any, hint: Any, counter: Any) -> Any:  # noqa: ANN401 - any part of a document
    """The same with a text of its own in every place where a person may type freely; an empty list gets one record."""
    if dataclasses.is_dataclass(hint):
        made = value if value is not None else hint(**({"id": f"nieuw{next(counter)}"} if "id" in fields(hint) else {}))
        hints = typing.get_type_hints(hint, include_extras=True)
        return dataclasses.replace(
            made,
            **{
                name: sing(getattr(made, name), hints[name], counter)
                for name in fields(hint)
                if has_text(name, hints[name])
            },
        )
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(
            sing(one, inner, counter) for one in value or ([None] if dataclasses.is_dataclass(inner) else [""])
        )
    if typing.get_origin(hint) is types.UnionType and any(
        dataclasses.is_dataclass(one) for one in typing.get_args(hint)
    ):
        return sing(value, typing.get_args(hint)[0], counter)
    return f"zang{next(counter):04d}vogel" if hint is str else value


def has_text(name: str, hint: Any) -> bool:  # noqa: ANN401 - the type of a field
    """Is there free text in a field? A list of records has, under whatever name; a list of links has not."""
    is_records = typing.get_origin(hint) is tuple and dataclasses.is_dataclass(typing.get_args(hint)[0])
    return is_records or name not in NO_TEXT


def fields(shape: Any) -> list[str]:  # noqa: ANN401 - a class of the shape
    return [one.name for one in dataclasses.fields(shape)]


def sung() -> Proposal:
    """The example proposal with a canary in every text, also in those that the example leaves empty."""
    counter = iter(range(10_000))
    hints = typing.get_type_hints(Proposal, include_extras=True)
    base = example()
    whole = {
        name: sing(getattr(base, name), hints[name], counter)
        for name in fields(Proposal)
        if has_text(name, hints[name])
    }
    answers = {one.code: f"zang{next(counter):04d}vogel" for one in programme.load(FIRST).questions}
    return Proposal(**whole | {"answers": answers})


def call() -> Call:
    return Call(title="Oproep 2021", terms=programme.to_dict(programme.load(FIRST)))


def submission(document: Proposal) -> Submission:
    """A frozen version that no database needs."""
    return Submission(
        number=2,
        arrived_at=MOMENT,
        submitted_by_name="Saar",
        content=proposal_form.canonical(document).decode(),
        sha256=proposal_form.sha256(document),
    )


def paper(*blocks: Block, title: str = "De Bijloke leeft") -> Paper:
    return Paper(title, "Dendermonde, Oproep 2021", "Ontwerp", "Dendermonde", MOMENT, blocks)


def of_pdf(document: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages))


def of_word(document: bytes) -> str:
    return flat(" ".join(docx.Document(io.BytesIO(document)).element.body.xpath("//w:t/text()")))


def flat(text: str) -> str:
    """Without spaces and hyphens: a line may end anywhere."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", unicodedata.normalize("NFC", text))


def test_every_text_of_a_proposal_stands_in_the_word_document_and_in_the_pdf() -> None:
    document = sung()
    made = frozen_paper(submission(document), call())
    texts = sorted(set(CANARY.findall(proposal_form.canonical(document).decode())))
    word, pdf = of_word(paper_word(made)), of_pdf(paper_pdf(made))
    assert len(texts) > 150
    assert [text for text in texts if text not in word] == []
    assert [text for text in texts if text not in pdf] == []


def test_a_frozen_version_says_what_it_is_and_is_always_the_same_bytes() -> None:
    frozen = submission(example())
    made = frozen_paper(frozen, call())
    word, pdf = paper_word(made), paper_pdf(made)
    for text in (of_word(word), of_pdf(pdf)):
        assert flat("6 juli 2021 om 10.00 uur en 0 seconden, tijd van Brussel") in text
        assert frozen.sha256 in text
        assert flat("Versie: 2") in text
        assert flat("Gevraagde subsidie: 326.000,00 EUR") in text
    again = frozen_paper(submission(example()), call())
    assert (paper_word(again), paper_pdf(again)) == (word, pdf)


def test_both_documents_are_readable_without_seeing_them() -> None:
    made = frozen_paper(submission(example()), call())
    catalogue = pypdf.PdfReader(io.BytesIO(paper_pdf(made))).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "nl-BE"
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    word = docx.Document(io.BytesIO(paper_word(made)))
    descriptions = [one._inline.docPr.get("descr") for one in word.inline_shapes]
    assert len(descriptions) == 2
    assert all(text and text.endswith(".") for text in descriptions)
    assert "Alles hangt aan elkaar." in descriptions[0]
    heads = word.element.body.xpath("//w:tbl[not(.//w:tblHeader)]")
    assert heads == []
    levels = [int(one.style.name[-1]) for one in word.paragraphs if one.style.name.startswith("Heading")]  # type: ignore[union-attr]
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


def test_what_two_drawings_show_stands_in_words_beside_them() -> None:
    made = frozen_paper(submission(example()), call())
    assert sum(isinstance(block, Drawing) for block in made.blocks) == 2
    twin = next(block for block in made.blocks if isinstance(block, Table) and block.caption == "De dekking in woorden")
    terms = programme.load(FIRST)
    assert [row[0] for row in twin.rows] == [one.label for one in (*terms.policy_domains, *terms.levels)]
    assert ("Wonen", "0", "geen maatregel") in twin.rows


def test_nothing_that_is_typed_breaks_a_document() -> None:
    svg = f'<svg class="logic" viewBox="0 0 20 20"><desc>d</desc><text>{HARSH[5:40].replace("<", "").replace("&", "")}</text></svg>'
    blocks: list[Block] = [
        Heading(HARSH), Text(HARSH), Text(HARSH, Tone.WARNING), Facts([(HARSH, HARSH)]), Bullets([HARSH, ""]),
        Table(HARSH, [Column(HARSH), Column("b", is_number=True)], [[HARSH, HARSH], ["", ""]], [HARSH, ""]),
        Drawing(HARSH, svg, HARSH), AnswerSpace(3), Text(""),
    ]  # fmt: skip
    made = paper(*blocks, title=HARSH)
    word, pdf = of_word(paper_word(made)), of_pdf(paper_pdf(made))
    for text in (word, pdf):
        assert flat("<b>&amp; #strong[x] $x$ {{ vals }} =1+1") in text
        assert "lang" * 300 in text
        assert "\x00" not in text
    assert "😀" in word
    assert flat(LOST) in pdf


def test_what_a_word_processor_writes_is_drawn_and_not_lost() -> None:
    typed = "\uf0b7 Wijk\u2011werking\u00a0‘nu’ – 5\u202f% …\u200b ﬁets\ufeff"
    assert printable(typed) == "• Wijk-werking\u00a0‘nu’ – 5 % … fiets"
    assert flat(LOST) not in of_pdf(paper_pdf(paper(Text(typed))))


@pytest.mark.parametrize("document", [Proposal(Format.ONE), Proposal(Format.ONE, title="Alleen een titel")])
def test_an_empty_proposal_is_a_document_too(document: Proposal) -> None:
    made = frozen_paper(submission(document), call())
    word = of_word(paper_word(made))
    assert [one.label for one in call().programme.sections if flat(one.label) not in word] == []
    assert flat("Niet ingevuld.") in word
    assert paper_pdf(made)


def test_a_reader_of_the_budget_gets_the_budget_and_nothing_else() -> None:
    document = sung()
    made = frozen_paper(submission(document), call(), frozenset({"budget"}))
    word = of_word(paper_word(made))
    assert document.cost_lines[0].item in word
    for secret in (
        document.problems[0].title,
        document.risks[0].mitigation,
        document.partners[0].name,
        document.files[0].name,
    ):
        assert secret not in word


def test_a_receipt_says_what_was_received_and_how_to_verify_it() -> None:
    frozen = submission(example())
    made = receipt_paper(frozen, call())
    for text in (of_pdf(paper_pdf(made)), of_word(paper_word(made))):
        for part in (
            "6 juli 2021 om 10.00 uur en 0 seconden",
            "Saar",
            frozen.sha256,
            "sha256sum voorstel-versie-2.json",
            "besluit-college.pdf",
        ):
            assert flat(part) in text
        for file in example().files:
            assert (file.sha256 or "nietbewaard") in text
