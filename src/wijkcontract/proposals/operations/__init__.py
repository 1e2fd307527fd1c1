"""Every write of a proposal."""

from wijkcontract.proposals.operations.importing import import_document
from wijkcontract.proposals.operations.submitting import (
    declare_admissible,
    declare_inadmissible,
    mark_advised,
    mark_decided,
    mark_in_jury,
    submit,
    withdraw,
)
from wijkcontract.proposals.operations.writing import (
    StaleVersion,
    attach_decision_document,
    delete_record,
    save_answers,
    save_basics,
    save_record,
    save_target_groups,
    save_term,
    start_proposal,
)

__all__ = [
    "StaleVersion",
    "attach_decision_document",
    "declare_admissible",
    "declare_inadmissible",
    "delete_record",
    "import_document",
    "mark_advised",
    "mark_decided",
    "mark_in_jury",
    "save_answers",
    "save_basics",
    "save_record",
    "save_target_groups",
    "save_term",
    "start_proposal",
    "submit",
    "withdraw",
]
