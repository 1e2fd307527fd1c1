"""The JSON form of a whole proposal: reading with all faults, writing, and the bytes that are hashed.

One document for three uses: `wijkcontract check-proposal`, the site, and the frozen snapshot whose SHA-256
stands on the receipt (R16, threats 3).
"""

import hashlib
import json
import unicodedata
from importlib import resources
from typing import Any, Final

from wijkcontract.rules.codec import DocumentError, Value, codec_of, decode, encode
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_references import programme_faults, reference_faults
from wijkcontract.rules.proposal_shape import Proposal

SCHEMA_FILE: Final = "proposal.schema.json"


def from_json(data: Value, programme: Programme | None = None) -> Proposal:
    """Read parsed JSON as a proposal; with a programme its codes are checked too.

    Raises DocumentError with every fault: unknown or mistyped fields first, and when there is none of
    these, double ids, references that lead nowhere, and codes that the programme does not know.
    """
    document, faults = decode(Proposal, data)
    if document is not None:
        faults = reference_faults(document)
        if programme is not None:
            faults += programme_faults(document, programme)
    if document is None or faults:
        raise DocumentError(faults)
    return document


def to_json(document: Proposal) -> dict[str, Any]:
    """The proposal as JSON data, with every field present; `from_json` reads it back unchanged."""
    return encode(document)


def canonical(document: Proposal) -> bytes:
    """The one byte form of a proposal: sorted keys, no spaces, Unicode NFC, UTF-8."""
    text = json.dumps(to_json(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()


def sha256(document: Proposal) -> str:
    """The hexadecimal SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(document)).hexdigest()


def schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12) of a proposal, as it ships with the product."""
    text = (resources.files(__package__) / SCHEMA_FILE).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def derived_schema() -> dict[str, Any]:
    """The JSON Schema that the record types say; a test holds the published file to it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://wijkcontract.example/schemas/proposal-1.json",
        "title": "Voorstel voor een wijkverbeteringscontract",
        "description": (
            "Een heel voorstel. Bedragen zijn tekst met twee decimalen, datums zijn ISO 8601, cijfers zijn "
            "tekst met een punt. Bijna alles mag leeg zijn: de regels zeggen wat ontbreekt."
        ),
        **codec_of(Proposal).schema,
    }
