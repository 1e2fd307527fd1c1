"""An open call of today, on the second programme: one proposal submitted, one almost ready, one just begun."""

from __future__ import annotations

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.text import slugify

from wijkcontract.accounts import operations as accounts
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.calls import operations as calls
from wijkcontract.calls.models import Call
from wijkcontract.demo import people
from wijkcontract.demo.documents import Frame, document
from wijkcontract.demo.facts import BERINGEN, DENDERMONDE, EXAMPLE, VILVOORDE
from wijkcontract.demo.stage import local, on, who, write_proposal
from wijkcontract.proposals import operations as proposals
from wijkcontract.proposals.models import AnswerKind, Partner, Proposal, WorkState
from wijkcontract.proposals.pledges import words_of, words_sha256
from wijkcontract.rules import clock, periods, programme

PROGRAMME = "wijkverbeteringscontract-2026"
OPEN_SINCE = dt.timedelta(days=75)


def play() -> None:
    """The call opened some weeks ago, so that its window is open whenever the demonstration is loaded."""
    today = clock.today()
    published = today - OPEN_SINCE
    limits = programme.load(PROGRAMME).limits
    last_day = periods.last_day_of_window(published, limits.window_months_max)
    start = dt.date(last_day.year + 1, 1, 1)
    end = dt.date(start.year + limits.term_months_max // 12 - 1, 12, 31)
    manager = who(people.MANAGER)
    with on(published, 8):
        call = calls.create_call(
            actor=manager,
            programme_name=PROGRAMME,
            title=f"Oproep wijkverbeteringscontracten {published.year} {EXAMPLE}",
        )
        calls.save_call(
            actor=manager,
            call_id=call.pk,
            title=call.title,
            summary="Een tweede oproep, zonder de voorwaarden van de relancemiddelen.",
            published_on=published,
            last_day=last_day,
            budget_cents=limits.call_budget,
            ceiling_cents=limits.subsidy_ceiling,
            term_start=start,
            term_end=end,
        )
        calls.launch(actor=manager, call_id=call.pk)
    frame = Frame(start, end, 400_000_00, today - dt.timedelta(days=12))
    with on(today - dt.timedelta(days=6)):
        submitted = write_proposal(BERINGEN, call.pk, document(BERINGEN, frame))
    with on(today - dt.timedelta(days=3), 14, 5):
        proposals.submit(actor=local(BERINGEN, "algemeen.directeur"), proposal_id=submitted.pk)
    with on(today - dt.timedelta(days=2)):
        _submitted_again(submitted.pk)
        _almost_ready(call.pk, frame)
        proposals.start_proposal(
            actor=local(DENDERMONDE, "projectleider"), call_id=call.pk, title=f"Een tweede wijk {EXAMPLE}"
        )
    _ask_and_answer(call, today)
    _next_call(today)


def _ask_and_answer(call: Call, today: dt.date) -> None:
    """Two towns ask something; the agency published one answer, the other waits."""
    manager = who(people.MANAGER)
    with on(today - dt.timedelta(days=20)):
        asked = calls.ask_question(
            actor=local(VILVOORDE, "projectleider"),
            call_id=call.pk,
            section="budget",
            text=f"Telt het loon van onze eigen straathoekwerker in Vilvoorde mee als eigen inbreng? {EXAMPLE}",
        )
    with on(today - dt.timedelta(days=18)):
        calls.save_answer(
            actor=manager,
            question_id=asked.pk,
            section="budget",
            wording=f"Telt het loon van eigen personeel mee als eigen inbreng? {EXAMPLE}",
            answer="Ja, voor de uren die deze persoon aan het voorstel werkt. Kies als bron 'Eigen inbreng, personeel'.",
        )
        address = reverse("public:call_questions", args=[call.pk])
        calls.publish_answers(actor=manager, call_id=call.pk, question_ids=[asked.pk], address=address)
    with on(today - dt.timedelta(days=2), 15):
        calls.ask_question(
            actor=local(DENDERMONDE, "projectleider"),
            call_id=call.pk,
            section="measures",
            text=f"Mag een maatregel ook buiten de afgebakende wijk liggen als ze voor de bewoners is? {EXAMPLE}",
        )


def _next_call(today: dt.date) -> None:
    """A draft of another instrument, adapted in the screen: it has a question of its own."""
    manager = who(people.MANAGER)
    with on(today - dt.timedelta(days=1)):
        draft = calls.create_call(
            actor=manager,
            programme_name="stadsvernieuwing-2024",
            phase="candidature",
            title=f"Stadsvernieuwing {today.year + 1}, eerste fase {EXAMPLE}",
        )
        calls.save_question(
            actor=manager,
            call_id=draft.pk,
            typed=calls.QuestionInput(
                label="Hitte en water",
                help="Hoe maakt het project het stadsdeel koeler, en waar gaat het regenwater heen?",
                required=True,
                max_chars=2000,
                section="measures",
            ),
        )


def _submitted_again(proposal_id: uuid.UUID) -> None:
    """Beringen takes its proposal back, adds a sentence to its summary, and submits a second version."""
    director = local(BERINGEN, "algemeen.directeur")
    again = proposals.withdraw(actor=director, proposal_id=proposal_id)
    summary = again.answers.get(question="summary").text
    proposals.save_answers(
        actor=local(BERINGEN, "projectleider"),
        proposal_id=proposal_id,
        version=again.version,
        answers={"summary": f"{summary} Elk jaar vragen wij de bewoners wat er beter gaat."},
    )
    proposals.submit(actor=director, proposal_id=proposal_id)


def _almost_ready(call_id: object, frame: Frame) -> None:
    """Vilvoorde still misses its continuation and a risk for every measure; a partner confirmed, one is asked to."""
    proposal = write_proposal(VILVOORDE, call_id, document(VILVOORDE, frame))
    editor = local(VILVOORDE, "projectleider")
    proposals.save_answers(
        actor=editor, proposal_id=proposal.pk, version=proposal.version + 1, answers={"continuation": ""}
    )
    proposals.register_subsidy(
        actor=editor, name=f"Buurtfonds {EXAMPLE}", provider=f"Provincie {EXAMPLE}", reference="VOORBEELD-7",
        covers=f"Werking {frame.years[0]} {EXAMPLE}", amount_cents=12_500_00,
        starts_on=frame.start, ends_on=dt.date(frame.start.year, 12, 31),
    )  # fmt: skip
    last = proposal.risks.last()
    if last is not None:
        proposals.delete_record(actor=editor, proposal_id=proposal.pk, kind="risk", record_id=last.pk)
    for partner in proposal.partners.all():
        _ask_partner(editor, proposal, partner)
    _talked_about(proposal)


def _ask_partner(editor: Actor, proposal: Proposal, partner: Partner) -> None:
    """Ask a partner to confirm; who is no Flemish body answers at once."""
    tokens: list[str] = []

    def address_of(token: str) -> str:
        tokens.append(token)
        return f"/engagement/{token}/"

    mail = f"directie@{slugify(partner.name)}.example"
    proposals.save_record(
        actor=editor, proposal_id=proposal.pk, kind="partner", record_id=partner.pk, data={"contact_mail": mail}
    )
    proposals.ask_confirmation(actor=editor, proposal_id=proposal.pk, partner_id=partner.pk, address_of=address_of)
    if partner.body_id is None:
        proposals.answer_pledges(
            actor=ANONYMOUS, token=tokens[0], signed_by=f"Directie {EXAMPLE}", function="Algemeen directeur", may_bind=True,
            address=reverse("applicant:confirmations", args=[proposal.pk]),
            replies=[
                proposals.Reply(str(one.pk), AnswerKind.CONFIRMED, words_sha256(words_of(one)))
                for one in partner.pledges.all()
            ],
        )  # fmt: skip


def _talked_about(proposal: Proposal) -> None:
    """The team of Vilvoorde divides the work: a task for the financial director, a section to be read, a partner who reads."""
    editor, director = local(VILVOORDE, "projectleider"), local(VILVOORDE, "financieel.directeur")
    said = proposals.write_comment(
        actor=editor,
        proposal_id=proposal.pk,
        section="budget",
        key=uuid.uuid4(),
        text="@Financieel directeur, kloppen de loonkosten van het tweede jaar?",
        task=proposals.Task(director.person_id, clock.today() + dt.timedelta(days=9)),
        address="",
    )
    proposals.write_comment(
        actor=director, proposal_id=proposal.pk, section="budget", key=uuid.uuid4(), parent_key=said.comment.key,
        text="Ik reken ze deze week na.", address="",
    )  # fmt: skip
    proposals.hand_over_section(
        actor=editor, proposal_id=proposal.pk, section="budget", state=WorkState.READY, editor_id=director.person_id
    )
    links: list[str] = []

    def follow(token: str) -> str:
        links.append(token)
        return token

    proposals.invite_reader(
        actor=local(VILVOORDE, "algemeen.directeur"), proposal_id=proposal.pk, new_id=uuid.uuid4(),
        email="buurtwerker@buurtwerk.example", name="Buurtwerker", partner_name="Buurtwerk (voorbeeld)",
        link_of=follow,
    )  # fmt: skip
    accounts.accept_invitation(actor=ANONYMOUS, token=links[0])
