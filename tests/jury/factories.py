"""A jury with named people: Cato chairs, Jan and Jes vote, Wies speaks for Sport Vlaanderen, Otto observes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import count

from people import actor, municipality, organisation
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call, CallState, Criterion
from wijkcontract.jury import operations
from wijkcontract.jury.models import Jury
from wijkcontract.proposals.enums import PledgeForm, ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock, programme, proposal_form
from wijkcontract.rules.example_proposal import example

PROGRAMME = "wijkverbeteringscontract-2021"
SENTENCE = "Gesloten voor u. U meldde op 2 september een belangenconflict."
DURING = clock.parse_moment("2021-09-02T10:00:00")
APPOINTED_ON = dt.date(2021, 7, 15)
_numbers = count(1)


@dataclass(frozen=True)
class People:
    """Those who act. `outsider` is an expert without a seat; `owner` wrote a proposal."""

    manager: Actor
    finance: Actor
    auditor: Actor
    cabinet: Actor
    inspector: Actor
    chair: Actor
    jan: Actor
    jes: Actor
    outsider: Actor
    body: Actor
    other_body: Actor
    observer: Actor
    owner: Actor

    @property
    def voting(self) -> list[Actor]:
        return [self.chair, self.jan, self.jes]

    @property
    def everyone(self) -> list[Actor]:
        return list(vars(self).values())


def make_people() -> People:
    agency = organisation(OrganisationKind.AGENCY, "Agentschap Binnenlands Bestuur", ovo="OVO001835")
    experts = organisation(OrganisationKind.EXPERT, "Externe deskundigen")
    cabinet = organisation(OrganisationKind.CABINET, "Kabinet Binnenlands Bestuur")
    return People(
        manager=actor("Ada", agency, Role.AGENCY_MANAGER),
        finance=actor("Fien", agency, Role.AGENCY_FINANCE),
        auditor=actor("Aud", organisation(OrganisationKind.AUDIT, "Audit"), Role.AUDITOR),
        cabinet=actor("Karel", cabinet, Role.CABINET),
        inspector=actor("Iris", organisation(OrganisationKind.INSPECTORATE, "Inspectie"), Role.INSPECTORATE),
        chair=actor("Cato", experts, Role.JUROR),
        jan=actor("Jan", experts, Role.JUROR),
        jes=actor("Jes", experts, Role.JUROR),
        outsider=actor("Omar", experts, Role.JUROR),
        body=actor("Wies", sport(), Role.BODY_MEMBER),
        other_body=actor("Wout", organisation(OrganisationKind.FLEMISH_BODY, "VDAB"), Role.BODY_MEMBER),
        observer=actor("Otto", cabinet, Role.OBSERVER),
        owner=actor("Saar", municipality("Dendermonde", "42006"), Role.SUBMITTER, Role.EDITOR),
    )


def sport() -> Organisation:
    return organisation(OrganisationKind.FLEMISH_BODY, "Sport Vlaanderen")


def call(criteria: int | None = None) -> Call:
    """The call of 2021, closed, with the criteria of its programme, or the first few of them."""
    made = Call.objects.create(
        title=f"Oproep {next(_numbers)}",
        programme_name=PROGRAMME,
        terms=programme.to_dict(programme.load(PROGRAMME)),
        state=CallState.LAUNCHED,
        published_on=dt.date(2021, 3, 11),
        last_day=dt.date(2021, 7, 10),
        launched_at=clock.parse_moment("2021-03-11T08:00:00"),
        budget_cents=4_000_000_00,
        ceiling_cents=800_000_00,
        created_at=clock.now(),
    )
    for position, one in enumerate(programme.load(PROGRAMME).criteria[:criteria]):
        Criterion.objects.create(
            call=made, position=position, code=one.code, name=one.label, guidance=one.help, weight=one.weight
        )
    return made


def proposal(
    of: Call, title: str = "", place: str = "Dendermonde", *, asks_sport: bool = False, canary: str = "Bijloke"
) -> Proposal:
    """An admissible proposal with the example document, frozen.

    `asks_sport`: a pledge asked of Sport Vlaanderen. `canary`: a word that stands in the document and nowhere else.
    """
    name = title or f"Wijk {next(_numbers)}"
    made = Proposal.objects.create(
        call=of,
        applicant=municipality(place),
        title=name,
        state=ProposalState.ADMISSIBLE,
        neighbourhood="Bijloke",
        cost_cents=429_500_00,
        subsidy_cents=326_000_00,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    document = example()
    document = replace(document, title=name, neighbourhood=replace(document.neighbourhood, name=canary))
    Submission.objects.create(
        proposal=made,
        number=1,
        arrived_at=clock.parse_moment("2021-07-08T10:00:00"),
        submitted_by_id="1",
        submitted_by_name="Algemeen directeur",
        content=proposal_form.canonical(document).decode(),
        sha256=proposal_form.sha256(document),
    )
    if asks_sport:
        partner = made.partners.create(name="Sport Vlaanderen", kind="flemish_body", body=sport())
        made.pledges.create(partner=partner, what="Een buurtsportmedewerker", form=PledgeForm.STAFF)
    return made


def composed(people: People, of: Call) -> Jury:
    """A jury with everyone in it, not started."""
    jury = operations.compose_jury(
        actor=people.manager, call_id=of.pk, appointed_on=APPOINTED_ON, appointment="MB 15/07/2021"
    )
    seats = [(people.chair, "voting"), (people.jan, "voting"), (people.jes, "voting"), (people.body, "non_voting"),
             (people.other_body, "non_voting"), (people.observer, "observer")]  # fmt: skip
    for person, kind in seats:
        operations.add_juror(
            actor=people.manager,
            jury_id=jury.pk,
            person_id=person.person_id,
            kind=kind,
            is_chair=person is people.chair,
        )
    return jury


def scoring(people: People, of: Call) -> Jury:
    """The same, with the points open."""
    return operations.start_scoring(actor=people.manager, jury_id=composed(people, of).pk)


def give(juror: Actor, on: Proposal, points: int, motivation: str = "", **others: int) -> None:
    """Declare no conflict when needed, and give the same points on every criterion but `others`."""
    operations.declare_conflict(actor=juror, proposal_id=on.pk, has_conflict=False)
    codes = on.call.criteria.values_list("code", flat=True)
    given = {code: others.get(code, points) for code in codes}
    operations.score(actor=juror, proposal_id=on.pk, points=given, motivation=motivation)


def lock(people: People, jury: Jury) -> Jury:
    """Both persons lock, whatever is missing."""
    operations.lock_scores(actor=people.chair, jury_id=jury.pk, accept_missing=True)
    return operations.lock_scores(actor=people.manager, jury_id=jury.pk)


def advise(people: People, jury: Jury) -> Jury:
    """Minutes by the agency, then the advice by the chair."""
    from wijkcontract.jury.queries import open_proposals

    operations.save_minutes(
        actor=people.manager, jury_id=jury.pk, deliberated_on=clock.today(), minutes="Alle leden waren er."
    )
    for one in open_proposals(people.manager, jury):
        operations.save_deliberation(
            actor=people.manager, jury_id=jury.pk, proposal_id=one.pk, minutes="Besproken.", is_favourable=True,
            motivation="Sterk.",
        )  # fmt: skip
    return operations.give_advice(actor=people.chair, jury_id=jury.pk)


def conflict(juror: Actor, on: Proposal) -> None:
    """Report a conflict of interest."""
    operations.declare_conflict(actor=juror, proposal_id=on.pk, has_conflict=True, reason="Adviseerde deze stad.")
