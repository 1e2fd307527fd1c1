"""The pages of the budget by Excel: download, every fault of a file, the preview, and the button that confirms."""

from __future__ import annotations

import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from proposals.conftest import As, Town
from proposals.test_budget_workbook import NAME, change, edited, lines, new_row
from wijkcontract.proposals.models import CostLine, Proposal
from wijkcontract.proposals.workbook.writing import budget_workbook

pytestmark = pytest.mark.django_db


def address(proposal: Proposal, rest: str) -> str:
    return f"/aanvrager/voorstellen/{proposal.pk}/begroting/{rest}/"


def send(client: Client, proposal: Proposal, content: bytes) -> Any:  # noqa: ANN401 - Django's answer
    return client.post(address(proposal, "inlezen"), {"file": SimpleUploadedFile(NAME, content)})


def test_the_pages_go_from_download_over_preview_to_confirmed_and_a_double_click_adds_once(
    town: Town, complete: Proposal, as_: As
) -> None:
    client, before = as_(town.eli), lines(complete)
    answer = client.get(address(complete, "excel"))
    assert answer["Content-Disposition"] == 'attachment; filename="begroting.xlsx"'
    content = new_row(answer.content, len(before) + 2)
    shown = send(client, complete, content)
    body = unescape(shown.content.decode())
    assert shown.status_code == 200
    assert "1 nieuw, 0 gewijzigd, 0 verwijderd" in body
    assert "1.250,50" in body
    assert lines(complete) == before
    carried = re.search(r'name="rijen" value="([^"]+)"', shown.content.decode())
    assert carried
    for _ in range(2):
        assert client.post(address(complete, "bevestigen"), {"rijen": carried[1]}).status_code == 302
    assert CostLine.objects.filter(proposal=complete, item="Buurtgids").count() == 1
    assert len(lines(complete)) == len(before) + 1


def test_the_page_names_the_cells_and_the_conflict(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.eli)
    content = edited(budget_workbook(complete), ("F2", "veel"), ("C3", 1999))
    answer = send(client, complete, content)
    body = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "2 punten in het bestand" in body
    assert "Rij 2, kolom F (Bedrag): 'veel' is geen duidelijk bedrag." in body
    assert "Rij 3, kolom C (Jaar): '1999' is geen jaar van het contract." in body
    content = edited(budget_workbook(complete), ("F2", 1))
    change(town.saar, complete, CostLine.objects.filter(proposal=complete)[0], amount_cents=2_00)
    assert send(client, complete, content).status_code == 409
    assert client.post(address(complete, "bevestigen"), {"rijen": "geknoei"}).status_code == 409


def test_who_may_not_write_downloads_but_does_not_send(town: Town, complete: Proposal, as_: As) -> None:
    assert as_(town.cas).get(address(complete, "excel")).status_code == 200
    assert as_(town.cas).get(address(complete, "inlezen")).status_code == 403
    for rest in ("excel", "inlezen"):
        assert as_(town.omar).get(address(complete, rest)).status_code == 404
    nobody = str(uuid.uuid4())
    assert as_(town.eli).get(f"/aanvrager/voorstellen/{nobody}/begroting/excel/").status_code == 404
