"""What is typed about a call. Rules stand in the operations; these forms only read what a person wrote."""

from wijkcontract.calls.forms.adapting import AnswerForm, AskForm, LimitsForm, QuestionForm, SectionsForm
from wijkcontract.calls.forms.calls import (
    AnnounceForm,
    BaseCriterionFormSet,
    CallForm,
    CriterionForm,
    DuplicateForm,
    ExtendForm,
    LaunchForm,
    NewCallForm,
    criteria_initial,
    criterion_formset,
    programme_choices,
)

__all__ = [
    "AnnounceForm",
    "AnswerForm",
    "AskForm",
    "BaseCriterionFormSet",
    "CallForm",
    "CriterionForm",
    "DuplicateForm",
    "ExtendForm",
    "LaunchForm",
    "LimitsForm",
    "NewCallForm",
    "QuestionForm",
    "SectionsForm",
    "criteria_initial",
    "criterion_formset",
    "programme_choices",
]
