"""Every write of a proposal."""

from wijkcontract.proposals.keeping import Shown, StaleVersion
from wijkcontract.proposals.operations.attaching import Attached, attach_decision_document, attach_files, detach_file
from wijkcontract.proposals.operations.autosaving import Autosaved, Typed, autosave, discard_input
from wijkcontract.proposals.operations.budget import import_budget
from wijkcontract.proposals.operations.clarifying import (
    ask_clarification,
    extend_clarification,
    send_clarification,
    withdraw_clarification,
    write_clarification_answer,
)
from wijkcontract.proposals.operations.evidence import attach_evidence
from wijkcontract.proposals.operations.importing import import_document
from wijkcontract.proposals.operations.linking import Ticked, link_records
from wijkcontract.proposals.operations.pledging import Reply, answer_pledges, ask_confirmation, revoke_link
from wijkcontract.proposals.operations.presence import be_present
from wijkcontract.proposals.operations.register import import_subsidies, register_subsidy, remove_registered_subsidy
from wijkcontract.proposals.operations.removing import delete_record, restore
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
    save_answers,
    save_basics,
    save_record,
    save_target_groups,
    save_term,
    start_proposal,
)

__all__ = [
    "Attached",
    "Autosaved",
    "Reply",
    "Shown",
    "StaleVersion",
    "Ticked",
    "Typed",
    "answer_pledges",
    "ask_clarification",
    "ask_confirmation",
    "attach_decision_document",
    "attach_evidence",
    "attach_files",
    "autosave",
    "be_present",
    "declare_admissible",
    "declare_inadmissible",
    "delete_record",
    "detach_file",
    "discard_input",
    "extend_clarification",
    "import_budget",
    "import_document",
    "import_subsidies",
    "link_records",
    "mark_advised",
    "mark_decided",
    "mark_in_jury",
    "register_subsidy",
    "remove_registered_subsidy",
    "restore",
    "revoke_link",
    "save_answers",
    "save_basics",
    "save_record",
    "save_target_groups",
    "save_term",
    "send_clarification",
    "start_proposal",
    "submit",
    "withdraw",
    "withdraw_clarification",
    "write_clarification_answer",
]
