"""The forms of a draft. It may be incomplete, so almost nothing is required here; the findings say what is missing."""

from wijkcontract.proposals.forms.fields import keep_only
from wijkcontract.proposals.forms.pledging import PledgeAnswersForm
from wijkcontract.proposals.forms.records import FORMS, RecordForm
from wijkcontract.proposals.forms.register import RegisteredSubsidyForm, RegisterFileForm
from wijkcontract.proposals.forms.team import (
    CommentForm,
    CommentTextForm,
    ReaderForm,
    ReplyForm,
    SectionWorkForm,
    TaskForm,
)
from wijkcontract.proposals.forms.texts import (
    BLOCK_FORMS,
    AnswersForm,
    BasicsForm,
    StartForm,
    TargetGroupsForm,
    TermForm,
    block_forms,
)

__all__ = [
    "BLOCK_FORMS",
    "FORMS",
    "AnswersForm",
    "BasicsForm",
    "CommentForm",
    "CommentTextForm",
    "PledgeAnswersForm",
    "ReaderForm",
    "RecordForm",
    "RegisterFileForm",
    "RegisteredSubsidyForm",
    "ReplyForm",
    "SectionWorkForm",
    "StartForm",
    "TargetGroupsForm",
    "TaskForm",
    "TermForm",
    "block_forms",
    "keep_only",
]
