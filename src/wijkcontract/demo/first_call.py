"""The first call, 2021: three proposals, a jury, and the contract of Dendermonde until today.

Municipalities, neighbourhoods, problems, measures, dates of the call, budget, ceiling and the amount of Dendermonde are facts
(`demo.facts`); points, texts, article code, credits and reports are examples.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.accounts.queries import organisation_of_kind
from wijkcontract.calls import operations as calls
from wijkcontract.calls.models import Call
from wijkcontract.contracts import operations as contracts
from wijkcontract.contracts.models import Contract, FundingKind
from wijkcontract.contracts.queries import default_payment_plan
from wijkcontract.demo import facts, people
from wijkcontract.demo.documents import Frame, document
from wijkcontract.demo.facts import BERINGEN, CASES, DENDERMONDE, EXAMPLE, VILVOORDE
from wijkcontract.demo.stage import local, on, who, write_proposal
from wijkcontract.execution import operations as execution
from wijkcontract.execution.models import ProgressReport
from wijkcontract.execution.operations import MeasureLine, MeasurementLine
from wijkcontract.jury import operations as jury
from wijkcontract.knowledge import operations as knowledge
from wijkcontract.participation import operations as participation
from wijkcontract.proposals import operations as proposals
from wijkcontract.proposals.models import Proposal
from wijkcontract.reporting import operations as reporting
from wijkcontract.rules import clock

PROGRAMME = "wijkverbeteringscontract-2021"
ASKED = {DENDERMONDE.key: 326_000_00, BERINGEN.key: 640_000_00, VILVOORDE.key: 480_000_00}
POINTS = {
    DENDERMONDE.key: {people.CHAIR: 8, people.EXPERT: 9, people.SECOND_EXPERT: 7},
    BERINGEN.key: {people.CHAIR: 7, people.EXPERT: 8, people.SECOND_EXPERT: 8},
    VILVOORDE.key: {people.CHAIR: 6, people.EXPERT: 6},
}
CREDITS = {2021: (4_000_000_00, 0), **dict.fromkeys(range(2022, 2026), (0, 1_100_000_00)), 2026: (0, 600_000_00)}


def play() -> None:
    """The whole story, from the launch to the last round."""
    call = _launch()
    written = {case.key: _submit(call, case) for case in CASES}
    _judge(call, written)
    contract = _decide(written[DENDERMONDE.key])
    _money(contract)
    _carry_out(contract)


def _launch() -> Call:
    manager = who(people.MANAGER)
    with on(facts.CALL_PUBLISHED, 8):
        call = calls.create_call(
            actor=manager, programme_name=PROGRAMME, title="Oproep wijkverbeteringscontracten 2021"
        )
        calls.save_call(
            actor=manager,
            call_id=call.pk,
            title=call.title,
            summary="Voor wijken waar bestaande instrumenten niet volstaan. De eerste oproep van het instrument.",
            published_on=facts.CALL_PUBLISHED,
            last_day=facts.CALL_LAST_DAY,
            budget_cents=facts.CALL_BUDGET_CENTS,
            ceiling_cents=facts.CEILING_CENTS,
            term_start=facts.TERM_START,
            term_end=facts.TERM_END,
        )
        return calls.launch(actor=manager, call_id=call.pk)


def _submit(call: Call, case: facts.Case) -> Proposal:
    frame = Frame(facts.TERM_START, facts.TERM_END, ASKED[case.key], dt.date(2021, 6, 28))
    with on(dt.date(2021, 6, 30)):
        proposal = write_proposal(case, call.pk, document(case, frame))
    with on(dt.date(2021, 7, 8), 16, 20):
        proposals.submit(actor=local(case, "algemeen.directeur"), proposal_id=proposal.pk)
    if case.key == DENDERMONDE.key:
        _clarify(proposal)
    with on(dt.date(2021, 7, 30)):
        return proposals.declare_admissible(actor=who(people.MANAGER), proposal_id=proposal.pk)


def _clarify(proposal: Proposal) -> None:
    """The agency asks about the risks after the window; the answer is the second version, which the jury reads."""
    editor, risk = local(DENDERMONDE, "projectleider"), proposal.risks.all()[0]
    with on(dt.date(2021, 7, 14)):
        asked = proposals.ask_clarification(
            actor=who(people.MANAGER), proposal_id=proposal.pk, section="risks", last_day=dt.date(2021, 7, 23),
            question=f"Wie volgt het risico '{risk.title}' op, en wanneer grijpt die in? {EXAMPLE}",
        )  # fmt: skip
    with on(dt.date(2021, 7, 19), 11, 10):
        proposals.save_record(
            actor=editor, proposal_id=proposal.pk, kind="risk", record_id=risk.pk,
            data={"mitigation": f"{risk.mitigation} De projectleider kijkt dit elke maand na met de wijkpartners.".strip()},
        )  # fmt: skip
        proposals.write_clarification_answer(
            actor=editor, clarification_id=asked.pk, version=0,
            answer=f"De projectleider volgt het op, elke maand, en meldt het aan het college. {EXAMPLE}",
        )  # fmt: skip
    with on(dt.date(2021, 7, 20), 9, 5):
        proposals.send_clarification(actor=local(DENDERMONDE, "algemeen.directeur"), clarification_id=asked.pk)


def _judge(call: Call, written: dict[str, Proposal]) -> None:
    """The second expert has a conflict of interest with Vilvoorde and gives no points there."""
    manager, chair = who(people.MANAGER), who(people.CHAIR)
    with on(dt.date(2021, 9, 1)):
        found = jury.compose_jury(
            actor=manager, call_id=call.pk, appointed_on=dt.date(2021, 8, 30), appointment=f"MB 2021/104 {EXAMPLE}"
        )
        seats = ((people.CHAIR, "voting"), (people.EXPERT, "voting"), (people.SECOND_EXPERT, "voting"))
        for email, kind in (*seats, (people.HOUSING_MEMBER, "non_voting"), (people.OBSERVER, "observer")):
            person = who(email)
            jury.add_juror(
                actor=manager,
                jury_id=found.pk,
                person_id=person.person_id,
                kind=kind,
                is_chair=email == people.CHAIR,
            )
        jury.start_scoring(actor=manager, jury_id=found.pk)
    with on(dt.date(2021, 9, 2)):
        for key, proposal in written.items():
            members = (people.HOUSING_MEMBER,) if key == BERINGEN.key else ()
            for email in (people.CHAIR, people.EXPERT, people.SECOND_EXPERT, *members):
                has_conflict = email == people.SECOND_EXPERT and key == VILVOORDE.key
                reason = "Werkte in 2020 voor deze stad." if has_conflict else ""
                jury.declare_conflict(
                    actor=who(email), proposal_id=proposal.pk, has_conflict=has_conflict, reason=reason
                )
    with on(dt.date(2021, 9, 15)):
        _position(written[BERINGEN.key])
        for key, proposal in written.items():
            _score(call, proposal, POINTS[key])
    with on(dt.date(2021, 10, 5)):
        jury.lock_scores(actor=chair, jury_id=found.pk)
        jury.lock_scores(actor=manager, jury_id=found.pk)
        jury.save_minutes(
            actor=chair,
            jury_id=found.pk,
            deliberated_on=dt.date(2021, 10, 5),
            minutes=f"De jury besprak de drie voorstellen. De punten en de standpunten lagen voor. {EXAMPLE}",
        )
        motivation = f"Sterke band tussen problemen, maatregelen en bewoners. {EXAMPLE}"
        lines = {proposal.pk: jury.Line(is_favourable=True, motivation=motivation) for proposal in written.values()}
        jury.give_advice(actor=chair, jury_id=found.pk, lines=lines)


def _position(proposal: Proposal) -> None:
    """The Flemish body gives its position on the pledge that was asked of it."""
    pledge = proposal.pledges.get(partner__kind="flemish_body")
    jury.give_position(
        actor=who(people.HOUSING_MEMBER),
        proposal_id=proposal.pk,
        pledge_id=pledge.pk,
        feasibility="conditional",
        engagement="yes",
        motivation=f"Een tijdelijk kader kan, als de toewijzing na twee jaar geëvalueerd wordt. {EXAMPLE}",
    )


def _score(call: Call, proposal: Proposal, points: dict[str, int]) -> None:
    """Each expert gives about the same points for every criterion, one more or less by turns."""
    for email, given in points.items():
        jury.score(
            actor=who(email),
            proposal_id=proposal.pk,
            points={one.code: given + (place % 3 - 1) for place, one in enumerate(call.criteria.all())},
            motivation=f"Zie de bespreking per criterium. {EXAMPLE}",
        )


def _decide(proposal: Proposal) -> Contract:
    """The Government approves on the minister's proposal; both parties sign."""
    manager = who(people.MANAGER)
    granted = DENDERMONDE.granted_cents or 0
    with on(dt.date(2021, 12, 10)):
        contracts.record_decision(
            actor=manager,
            proposal_id=proposal.pk,
            outcome="granted",
            decided_on=dt.date(2021, 12, 10),
            document=f"VR 2021 1012 DOC.1 {EXAMPLE}",
            proposed_by="De minister bevoegd voor Binnenlands Bestuur",
            motivation=f"Het advies van de jury is gunstig. {EXAMPLE}",
            amount_cents=granted,
            term_start=facts.TERM_START,
            term_end=facts.TERM_END,
        )
        contract = contracts.make_contract(actor=manager, proposal_id=proposal.pk)
    agency = organisation_of_kind(OrganisationKind.AGENCY)
    assert agency is not None  # noqa: S101 - the demonstration made it
    with on(dt.date(2021, 12, 16)):
        contracts.record_signature(
            actor=local(DENDERMONDE, "algemeen.directeur"),
            contract_id=contract.pk,
            organisation_id=contract.local_authority_id,
            function="Burgemeester en algemeen directeur",
            signed_on=dt.date(2021, 12, 15),
        )
        contracts.record_signature(
            actor=manager,
            contract_id=contract.pk,
            organisation_id=agency.pk,
            function="Minister bevoegd voor Binnenlands Bestuur",
            signed_on=dt.date(2021, 12, 16),
        )
    contract.refresh_from_db()
    return contract


def _money(contract: Contract) -> None:
    """The article of the recovery funds, the commitment, every closed year charged, and the plan as far as it is paid."""
    finance, second = who(people.FINANCE), who(people.SECOND_FINANCE)
    with on(dt.date(2021, 12, 17)):
        article = contracts.save_article(
            actor=finance,
            code="SJ0-1SGE2EA-WT",
            description=f"RELANCE BUDGET VV021 Wijkverbeteringscontracten {EXAMPLE}",
            described_on=dt.date(2021, 6, 30),
            funding=FundingKind.RECOVERY,
            entity="ABB",
        )
        for year, (vak, vek) in CREDITS.items():
            contracts.set_appropriation(
                actor=finance, article_id=article.pk, year=year, commitment_cents=vak, payment_cents=vek
            )
        contracts.commit_subsidy(
            actor=finance,
            contract_id=contract.pk,
            article_id=article.pk,
            committed_on=dt.date(2021, 12, 17),
            document=f"Subsidiebesluit 17/12/2021 {EXAMPLE}",
        )
        plan = contracts.make_payment_plan(actor=finance, contract_id=contract.pk, rows=default_payment_plan(contract))
    for year in range(2022, 2026):
        with on(dt.date(year, 12, 31)):
            contracts.post_charge(
                actor=finance, contract_id=contract.pk, year=year, document=f"Aanrekening {year} {EXAMPLE}"
            )
    for number, instalment in enumerate(plan):
        with on(instalment.due_on, 9):
            request = contracts.ask_payment(
                actor=finance,
                instalment_id=instalment.pk,
                document=f"BV-{instalment.due_on.year}-{31 + number} {EXAMPLE}",
            )
        if number < len(plan) - 1:
            with on(instalment.due_on, 15):
                contracts.confirm_payment(actor=second, request_id=request.pk, paid_on=instalment.due_on)


def _carry_out(contract: Contract) -> None:
    """Two rounds that were accepted and reported to the ministers, and the last one, open now."""
    for year, value in ((2022, Decimal("48.5")), (2023, Decimal("41.0"))):
        report = _round(f"Stand op 31 oktober {year}", dt.date(year, 10, 31))
        with on(dt.date(year, 11, 14)):
            _fill(report, dt.date(year, 10, 20), value, spent_share=year - 2021)
            execution.certify(actor=local(DENDERMONDE, "financieel.directeur"), report_id=report.pk)
        with on(dt.date(year, 11, 20)):
            execution.accept(actor=who(people.MANAGER), report_id=report.pk)
            reporting.issue_report(actor=who(people.MANAGER), round_id=report.round_id)
            execution.close_round(actor=who(people.MANAGER), round_id=report.round_id)
    _share(contract)
    today = clock.today()
    _round("Eindstand van de contracten", min(facts.TERM_END, today), opened_on=today - dt.timedelta(days=10))


def _round(title: str, moment: dt.date, opened_on: dt.date | None = None) -> ProgressReport:
    manager = who(people.MANAGER)
    opened = opened_on or moment + dt.timedelta(days=1)
    with on(opened):
        made = execution.create_round(actor=manager, title=title, moment=moment, due_on=opened + dt.timedelta(days=28))
        execution.open_round(actor=manager, round_id=made.pk)
    return made.reports.get()


def _fill(report: ProgressReport, measured_on: dt.date, value: Decimal, spent_share: int) -> None:
    """The project leader reports: every measure on track, the first with attention, each target measured."""
    lights = ["attention", "on_track", "on_track"]
    execution.save_report(
        actor=local(DENDERMONDE, "projectleider"),
        report_id=report.pk,
        version=report.version,
        light="on_track",
        cause="",
        summary=f"De buurtsportmedewerker werkt sinds maart, twee pleintjes zijn heringericht. {EXAMPLE}",
        measures=[
            MeasureLine(line.measure_id, lights[place % 3], f"Volgens planning. {EXAMPLE}")
            for place, line in enumerate(report.measures.all())
        ],
        measurements=[
            MeasurementLine(line.target_id, value - 6 * place, measured_on, f"Wijkbevraging {EXAMPLE}")
            for place, line in enumerate(report.measurements.all())
        ],
        spending={line.category: 18_500_00 * spent_share for line in report.spending.all()},
    )


def _share(contract: Contract) -> None:
    editor = local(DENDERMONDE, "projectleider")
    with on(dt.date(2022, 9, 15)):
        participation.record_moment(
            actor=editor,
            contract_id=contract.pk,
            title=f"Bewoners kiezen de toestellen op het plein {EXAMPLE}",
            held_on=dt.date(2022, 9, 14),
            form="burgerbudget",
            groups="jongeren\nouders met jonge kinderen\nnieuwkomers",
            residents=86,
            decided="Twee pleintjes krijgen een klimwand, het derde banken in de schaduw.",
        )
    with on(dt.date(2023, 5, 10)):
        lesson = knowledge.create_lesson(
            actor=editor,
            title=f"Sport verbindt sneller dan een vergadering {EXAMPLE}",
            theme="integration",
            instrument="extra_capacity",
            text="Op het plein bereikten we bewoners die nooit naar een wijkraad komen. Begin buiten, praat daarna verder.",
            contact="Dienst Wijkwerking, wijkwerking@dendermonde.example",
        )
        knowledge.share_lesson(actor=editor, lesson_id=lesson.pk)
