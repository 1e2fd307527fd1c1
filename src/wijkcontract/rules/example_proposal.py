"""A whole, valid proposal: the public facts of one case of the first call, and examples that say they are.

It has no finding against any programme of its instrument that ships, so it serves as a first file to try, as the base
of tests, and as documentation of the form.
"""

import json
from importlib import resources

from wijkcontract.rules.proposal_form import from_json
from wijkcontract.rules.proposal_shape import Proposal


def example() -> Proposal:
    """The example proposal."""
    text = (resources.files(__package__) / "example_proposal.json").read_text(encoding="utf-8")
    return from_json(json.loads(text))
