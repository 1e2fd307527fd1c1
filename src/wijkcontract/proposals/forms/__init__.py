"""The forms of a draft. It may be incomplete, so almost nothing is required here; the findings say what is missing."""

from wijkcontract.proposals.forms.fields import keep_only
from wijkcontract.proposals.forms.pledging import PledgeAnswersForm
from wijkcontract.proposals.forms.records import FORMS, RecordForm
from wijkcontract.proposals.forms.texts import (
    AnswersForm,
    BasicsForm,
    StartForm,
    TargetGroupsForm,
    TermForm,
)

__all__ = [
    "FORMS",
    "AnswersForm",
    "BasicsForm",
    "PledgeAnswersForm",
    "RecordForm",
    "StartForm",
    "TargetGroupsForm",
    "TermForm",
    "keep_only",
]
