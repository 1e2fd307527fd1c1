"""Every write of a call."""

from wijkcontract.calls.operations.adapting import (
    LimitsInput,
    QuestionInput,
    SectionInput,
    move_question,
    remove_question,
    restore_question,
    save_limits,
    save_question,
    save_sections,
)
from wijkcontract.calls.operations.answering import ask_question, correct_answer, publish_answers, save_answer
from wijkcontract.calls.operations.criteria import HIGHEST_WEIGHT, CriterionInput, save_criteria
from wijkcontract.calls.operations.launching import DEFAULT_CHANNELS, announce, extend, launch
from wijkcontract.calls.operations.making import create_call, duplicate_call, save_call

__all__ = [
    "DEFAULT_CHANNELS",
    "HIGHEST_WEIGHT",
    "CriterionInput",
    "LimitsInput",
    "QuestionInput",
    "SectionInput",
    "announce",
    "ask_question",
    "correct_answer",
    "create_call",
    "duplicate_call",
    "extend",
    "launch",
    "move_question",
    "publish_answers",
    "remove_question",
    "restore_question",
    "save_answer",
    "save_call",
    "save_criteria",
    "save_limits",
    "save_question",
    "save_sections",
]
