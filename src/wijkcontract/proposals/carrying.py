"""What a page of preview carries to the button that confirms it: signed, for one person and one purpose (decision 0028).

No file is kept and the browser is not trusted.
"""

from __future__ import annotations

from typing import Any, Final

from django.core import signing

from wijkcontract.accounts.actors import Actor
from wijkcontract.rules.verdicts import Invalid

SALT: Final = "wijkcontract.proposals.carrying"
LONGEST_SECONDS: Final = 2 * 60 * 60


def seal(actor: Actor, purpose: str, content: Any) -> str:  # noqa: ANN401 - any JSON value
    """Content for a hidden field; `purpose` says for what and about which object."""
    return signing.dumps([actor.person_id, purpose, content], salt=SALT, compress=True)


def unseal(actor: Actor, purpose: str, carried: str) -> Any:  # noqa: ANN401 - any JSON value
    """The content again. Raises Invalid when it is too old, changed, or of another person or purpose."""
    try:
        person, meant, content = signing.loads(carried, salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        person, meant, content = "", "", None
    if (person, meant) != (actor.person_id, purpose):
        raise Invalid.because("Dit voorbeeld is verlopen. Kies het bestand opnieuw.")
    return content
