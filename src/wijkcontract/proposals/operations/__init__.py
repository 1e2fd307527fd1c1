"""Every write of a proposal."""

from wijkcontract.proposals.keeping import Shown, StaleVersion
from wijkcontract.proposals.operations.attaching import Attached, attach_files, detach_file
from wijkcontract.proposals.operations.autosaving import Autosaved, Typed, autosave, discard_input
from wijkcontract.proposals.operations.budget import import_budget
from wijkcontract.proposals.operations.clarifying import (
    ask_clarification,
    extend_clarification,
    send_clarification,
    withdraw_clarification,
    write_clarification_answer,
)
from wijkcontract.proposals.operations.commenting import (
    About,
    Task,
    Written,
    assign_comment,
    change_comment,
    hand_over_section,
    remove_comment,
    resolve_comment,
    write_comment,
)
from wijkcontract.proposals.operations.evidence import attach_evidence
from wijkcontract.proposals.operations.importing import import_document
from wijkcontract.proposals.operations.linking import Ticked, link_records
from wijkcontract.proposals.operations.pledging import Reply, answer_pledges, ask_confirmation, revoke_link
from wijkcontract.proposals.operations.presence import be_present
from wijkcontract.proposals.operations.reading_along import end_reading, invite_reader
from wijkcontract.proposals.operations.register import import_subsidies, register_subsidy, remove_registered_subsidy
from wijkcontract.proposals.operations.removing import delete_record, restore
from wijkcontract.proposals.operations.reusing import reuse_proposal
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
    "About",
    "Attached",
    "Autosaved",
    "Reply",
    "Shown",
    "StaleVersion",
    "Task",
    "Ticked",
    "Typed",
    "Written",
    "answer_pledges",
    "ask_clarification",
    "ask_confirmation",
    "assign_comment",
    "attach_evidence",
    "attach_files",
    "autosave",
    "be_present",
    "change_comment",
    "declare_admissible",
    "declare_inadmissible",
    "delete_record",
    "detach_file",
    "discard_input",
    "end_reading",
    "extend_clarification",
    "hand_over_section",
    "import_budget",
    "import_document",
    "import_subsidies",
    "invite_reader",
    "link_records",
    "mark_advised",
    "mark_decided",
    "mark_in_jury",
    "register_subsidy",
    "remove_comment",
    "remove_registered_subsidy",
    "resolve_comment",
    "restore",
    "reuse_proposal",
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
    "write_comment",
]
