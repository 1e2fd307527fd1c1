"""Every write of the jury."""

from wijkcontract.jury.operations.assessing import (
    call_up,
    declare_conflict,
    declare_conflict_for,
    give_position,
    save_note,
    score,
)
from wijkcontract.jury.operations.composing import (
    add_juror,
    attach_appointment,
    compose_jury,
    invite_minister,
    record_reply,
    remove_juror,
    start_scoring,
)
from wijkcontract.jury.operations.deliberating import Line, give_advice, save_deliberation, save_minutes
from wijkcontract.jury.operations.locking import lock_scores, reopen_scores

__all__ = [
    "Line",
    "add_juror",
    "attach_appointment",
    "call_up",
    "compose_jury",
    "declare_conflict",
    "declare_conflict_for",
    "give_advice",
    "give_position",
    "invite_minister",
    "lock_scores",
    "record_reply",
    "remove_juror",
    "reopen_scores",
    "save_deliberation",
    "save_minutes",
    "save_note",
    "score",
    "start_scoring",
]
