"""Every address of the site as data: who may GET it, and which methods it takes. A new page adds its row here.

`readers` is ALL (everyone), LOGGED_IN (every person with an account), or the roles that get the page. For an address without an
argument the sweep holds the table to the letter: each of these roles gets the page or is sent on, every other one finds a 404,
or a 403 with the reason. For an address with an argument the sweep asks for an object that nobody has: the tests of the room
say who sees which object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wijkcontract.accounts.roles import DESCRIPTIONS, Role

Readers = str | frozenset[Role]


def of(*audiences: str) -> frozenset[Role]:
    """The roles of these audiences."""
    return frozenset(role for role in Role if DESCRIPTIONS[role].audience in audiences)


ALL: Final = "all"
LOGGED_IN: Final = "logged in"
AGENCY: Final = of("agency")
APPLICANT: Final = of("applicant")
WRITERS: Final = frozenset({Role.EDITOR, Role.SUBMITTER})
LOCAL: Final = frozenset({Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER})
JUROR: Final = of("juror")
RESIDENT: Final = of("resident")
MANAGER: Final = frozenset({Role.AGENCY_MANAGER})
REGISTER: Final = frozenset({Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.INSPECTORATE, Role.AUDITOR})
FINANCE: Final = frozenset({Role.AGENCY_FINANCE})

GET: Final = frozenset({"GET"})
POST: Final = frozenset({"POST"})
FORM: Final = GET | POST


@dataclass(frozen=True)
class Route:
    """Who reads a page, and whether it is read, posted to, or both (a form)."""

    readers: Readers
    methods: frozenset[str] = GET


ROUTES: Final[Mapping[str, Route]] = {
    "public:home": Route(ALL),
    "public:calls": Route(ALL),
    "public:call": Route(ALL),
    "public:call_template": Route(ALL),
    "public:call_questions": Route(ALL),
    "public:contracts": Route(ALL),
    "public:contracts_csv": Route(ALL),
    "public:targets_csv": Route(ALL),
    "public:contract": Route(ALL),
    "public:lessons": Route(ALL),
    "public:pledge": Route(
        ALL, FORM
    ),  # the token is the permission: 404 for any other, see tests/proposals/test_pledge_links.py
    "public:pledge_answered": Route(ALL),
    "public:gallery": Route(ALL),
    "public:accessibility": Route(ALL),
    "public:privacy": Route(ALL),
    "public:cookies": Route(ALL),
    "public:disclaimer": Route(ALL),
    "public:help": Route(ALL),
    "public:health": Route(ALL),
    "account:overview": Route(LOGGED_IN),
    "account:login": Route(ALL),
    "account:logout": Route(ALL, POST),
    "account:organisation": Route(LOGGED_IN, FORM),
    "account:people": Route(LOGGED_IN, FORM),
    "account:end_mandate": Route(LOGGED_IN, FORM),
    "account:invitations": Route(LOGGED_IN, FORM),
    "account:invitation_revoke": Route(LOGGED_IN, POST),
    "account:invitation": Route(ALL, FORM),  # whoever holds the link; 404 for one that never was
    "account:file": Route(ALL),  # its own guard answers: 404 for who may not read the object of the file
    "demo:login": Route(ALL, FORM),
    "resident:home": Route(RESIDENT),
    "agency:home": Route(AGENCY),
    "agency:calls": Route(AGENCY),
    "agency:call_new": Route(MANAGER, FORM),
    "agency:call": Route(AGENCY),
    "agency:call_template": Route(AGENCY),
    "agency:call_edit": Route(MANAGER, FORM),
    "agency:call_criteria": Route(MANAGER, FORM),
    "agency:call_form": Route(MANAGER, FORM),
    "agency:call_question_new": Route(MANAGER, FORM),
    "agency:call_question": Route(MANAGER, FORM),
    "agency:call_question_step": Route(MANAGER, POST),
    "agency:call_limits": Route(MANAGER, FORM),
    "agency:call_preview": Route(MANAGER),
    "agency:call_preview_section": Route(MANAGER),
    "agency:call_answers": Route(MANAGER, FORM),
    "agency:call_answer": Route(MANAGER, FORM),
    "agency:call_launch": Route(MANAGER, FORM),
    "agency:call_extend": Route(MANAGER, FORM),
    "agency:call_announce": Route(MANAGER, FORM),
    "agency:call_duplicate": Route(MANAGER, FORM),
    "agency:proposals": Route(AGENCY),
    "agency:proposal": Route(AGENCY),
    "agency:proposal_document": Route(AGENCY),
    "agency:proposal_admissible": Route(MANAGER, FORM),
    "agency:clarification_new": Route(MANAGER, FORM),
    "agency:clarification": Route(AGENCY),
    "agency:clarification_extend": Route(MANAGER, FORM),
    "agency:clarification_withdraw": Route(MANAGER, FORM),
    "agency:proposal_inadmissible": Route(MANAGER, FORM),
    "agency:juries": Route(AGENCY),
    "agency:jury_new": Route(MANAGER, FORM),
    "agency:jury": Route(AGENCY),
    "agency:jury_appointment": Route(MANAGER, FORM),
    "agency:jury_member": Route(MANAGER, FORM),
    "agency:jury_member_remove": Route(MANAGER, POST),
    "agency:jury_invite": Route(MANAGER, FORM),
    "agency:jury_reply": Route(MANAGER, FORM),
    "agency:jury_start": Route(MANAGER, FORM),
    "agency:jury_lock": Route(MANAGER, FORM),
    "agency:jury_reopen": Route(MANAGER, POST),
    "agency:jury_conflict": Route(MANAGER, FORM),
    "agency:jury_call_up": Route(MANAGER, FORM),
    "agency:jury_table": Route(frozenset({Role.AGENCY_MANAGER, Role.AUDITOR})),
    "agency:jury_minutes": Route(MANAGER, FORM),
    "agency:jury_deliberate": Route(MANAGER, FORM),
    "agency:contracts": Route(AGENCY),
    "agency:decision_new": Route(MANAGER, FORM),
    "agency:contract_make": Route(MANAGER, POST),
    "agency:contract": Route(AGENCY),
    "agency:contract_sign": Route(MANAGER, FORM),
    "agency:contract_money": Route(AGENCY),
    "agency:commitment_new": Route(FINANCE, FORM),
    "agency:charge_post": Route(FINANCE, FORM),
    "agency:payment_plan": Route(FINANCE, FORM),
    "agency:payment_ask": Route(FINANCE, FORM),
    "agency:payment_confirm": Route(FINANCE, FORM),
    "agency:payment_return": Route(FINANCE, FORM),
    "agency:credits": Route(AGENCY),
    "agency:article_new": Route(FINANCE, FORM),
    "agency:article": Route(FINANCE, FORM),
    "agency:appropriation_set": Route(FINANCE, FORM),
    "agency:subsidies": Route(REGISTER),
    "agency:subsidies_csv": Route(REGISTER),
    "agency:subsidies_upload": Route(MANAGER, FORM),
    "agency:subsidies_confirm": Route(MANAGER, POST),
    "agency:subsidy": Route(MANAGER, FORM),
    "agency:subsidy_remove": Route(MANAGER, FORM),
    "agency:rounds": Route(AGENCY),
    "agency:round_new": Route(MANAGER, FORM),
    "agency:round": Route(AGENCY),
    "agency:round_open": Route(MANAGER, POST),
    "agency:round_close": Route(MANAGER, POST),
    "agency:report_review": Route(AGENCY, FORM),
    "agency:report_accept": Route(MANAGER, POST),
    "agency:reports": Route(AGENCY),
    "agency:report_preview": Route(AGENCY, FORM),
    "agency:report": Route(AGENCY),
    "agency:report_xlsx": Route(AGENCY),
    "agency:report_pdf": Route(AGENCY),
    "agency:report_json": Route(AGENCY),
    "agency:neighbourhoods": Route(AGENCY),
    "agency:lessons": Route(AGENCY),
    "agency:lesson_publish": Route(MANAGER, POST),
    "applicant:contracts": Route(APPLICANT),
    "applicant:contract": Route(APPLICANT),
    "applicant:contract_money": Route(APPLICANT),
    "applicant:contract_sign": Route(LOCAL, FORM),
    "applicant:call_questions": Route(APPLICANT, FORM),
    "applicant:home": Route(APPLICANT),
    "applicant:proposals": Route(APPLICANT),
    "applicant:proposal_new": Route(WRITERS, FORM),
    "applicant:proposal": Route(LOCAL),
    "applicant:section": Route(LOCAL),
    "applicant:subsidies": Route(LOCAL),
    "applicant:subsidy_new": Route(WRITERS, FORM),
    "applicant:subsidy": Route(WRITERS, FORM),
    "applicant:subsidy_remove": Route(WRITERS, FORM),
    "applicant:budget_download": Route(LOCAL),
    "applicant:budget_upload": Route(WRITERS, FORM),
    "applicant:budget_confirm": Route(WRITERS, POST),
    "applicant:autosave": Route(LOCAL, POST),
    "applicant:standing": Route(LOCAL),
    "applicant:present": Route(LOCAL, POST),
    "applicant:discard_input": Route(LOCAL, POST),
    "applicant:section_history": Route(LOCAL),
    "applicant:restore": Route(LOCAL, POST),
    "applicant:comments": Route(LOCAL, FORM),
    "applicant:comment": Route(LOCAL, FORM),
    "applicant:comment_change": Route(LOCAL, FORM),
    "applicant:comment_remove": Route(LOCAL, FORM),
    "applicant:comment_resolve": Route(LOCAL, POST),
    "applicant:comment_assign": Route(LOCAL, POST),
    "applicant:section_work": Route(LOCAL, POST),
    "applicant:save_texts": Route(LOCAL, POST),
    "applicant:record_new": Route(LOCAL, FORM),
    "applicant:record": Route(LOCAL, FORM),
    "applicant:record_delete": Route(LOCAL, FORM),
    "applicant:attach": Route(LOCAL, POST),
    "applicant:detach": Route(LOCAL, FORM),
    "applicant:confirmations": Route(LOCAL),
    "applicant:ask_confirmation": Route(LOCAL, POST),
    "applicant:revoke_link": Route(LOCAL, POST),
    "applicant:letter": Route(LOCAL),
    "applicant:flanders": Route(LOCAL),
    "applicant:link": Route(LOCAL, POST),
    "applicant:proposal_check": Route(LOCAL),
    "applicant:proposal_people": Route(LOCAL, FORM),
    "applicant:reading_end": Route(LOCAL, POST),
    "applicant:proposal_reused": Route(LOCAL),
    "applicant:proposal_submit": Route(LOCAL, FORM),
    "applicant:clarifications": Route(LOCAL),
    "applicant:clarification": Route(LOCAL, FORM),
    "applicant:clarification_send": Route(LOCAL, FORM),
    "applicant:proposal_withdraw": Route(LOCAL, FORM),
    "applicant:receipt": Route(LOCAL),
    "applicant:frozen": Route(LOCAL),
    "applicant:proposal_document": Route(LOCAL),
    "applicant:version_document": Route(LOCAL),
    "applicant:receipt_pdf": Route(LOCAL),
    "applicant:versions": Route(LOCAL),
    "applicant:version_difference": Route(LOCAL),
    "applicant:draft_difference": Route(LOCAL),
    "applicant:rounds": Route(APPLICANT),
    "applicant:progress": Route(LOCAL, FORM),
    "applicant:certify": Route(LOCAL, FORM),
    "applicant:participation": Route(APPLICANT),
    "applicant:moment_new": Route(APPLICANT, FORM),
    "applicant:knowledge": Route(APPLICANT),
    "applicant:lesson_new": Route(LOCAL, FORM),
    "applicant:lesson": Route(APPLICANT),
    "applicant:lesson_edit": Route(LOCAL, FORM),
    "applicant:lesson_share": Route(LOCAL, POST),
    "applicant:neighbourhoods": Route(APPLICANT, FORM),
    "applicant:neighbourhood": Route(LOCAL, FORM),
    "applicant:neighbourhood_standing": Route(LOCAL),
    "applicant:neighbourhood_suggest": Route(LOCAL),
    "applicant:neighbourhood_profile": Route(LOCAL),
    "applicant:neighbourhood_document": Route(LOCAL),
    "applicant:neighbourhood_freeze": Route(LOCAL, FORM),
    "applicant:neighbourhood_attach": Route(LOCAL, POST),
    "applicant:neighbourhood_delete": Route(LOCAL, FORM),
    "juror:home": Route(JUROR),
    "juror:proposals": Route(JUROR),
    "juror:proposal": Route(JUROR, FORM),
    "juror:proposal_document": Route(JUROR),
    "juror:neighbourhoods": Route(JUROR),
    "juror:declare": Route(JUROR, FORM),
    "juror:note": Route(JUROR, POST),
    "juror:position": Route(JUROR, FORM),
    "juror:table": Route(JUROR, FORM),
    "juror:reopen": Route(JUROR, POST),
    "juror:minutes": Route(JUROR, FORM),
    "juror:advise": Route(JUROR, POST),
    "juror:deliberate": Route(JUROR, FORM),
}
