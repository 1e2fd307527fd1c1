"""Partners and their pledges (R8), Flemish bodies (R12), and additional support (R19, remark 10)."""

from collections.abc import Iterator

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, listed, named
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.proposal_shape import Partner, Pledge, PledgeForm, PledgeStatus


def partner_findings(case: Case) -> Iterator[Finding]:
    """Everything about partners, pledges and additional support."""
    partners = case.document.partners
    if not any(partner.pledges for partner in partners):
        yield finding(
            "no_partner",
            "/partners",
            "Geen enkele partner verbindt zich tot iets. Voeg minstens één partner toe, met zijn engagement.",
        )
    for index, partner in enumerate(partners):
        if case.programme.is_flemish_body(partner.kind) and partner.pledges and not partner.body.strip():
            yield finding(
                "flemish_pledge_without_body",
                pointer("partners", index, "body"),
                f"{named('Partner', index, partner.name)} is een Vlaamse instantie, maar er staat niet welke. "
                "Kies de instantie, zodat ze haar standpunt kan geven.",
            )
        for number, pledge in enumerate(partner.pledges):
            yield from _pledge(case, partner, pledge, pointer("partners", index, "pledges", number))
    yield from _additional_support(case)


def _pledge(case: Case, partner: Partner, pledge: Pledge, path: str) -> Iterator[Finding]:
    name = f"Het engagement '{pledge.what.strip()}' van {partner.name.strip() or 'een partner zonder naam'}"
    if pledge.due_on is None:
        yield finding(
            "pledge_without_date", f"{path}/due_on", f"{name} heeft geen datum. Vul in tegen wanneer het gebeurt."
        )
    if not _has_proof(pledge) and _needs_proof(case, partner, pledge):
        yield finding(
            "pledge_without_proof",
            f"{path}/proof",
            f"{name} heeft geen bewijs. {_way_to_proof(pledge)}",
        )
    yield from _answered(partner, pledge, name, path)
    if _is_flemish_money(case, partner, pledge) and pledge.id not in _supported(case):
        yield finding(
            "additional_support_unnamed",
            path,
            f"{name} is geld van een Vlaamse instantie. Noem het ook als bijkomende steun, met de bevoegde minister: "
            "achteraf kan dat niet meer.",
        )


def _answered(partner: Partner, pledge: Pledge, name: str, path: str) -> Iterator[Finding]:
    """What the partner said through its link and what the proposal no longer says, or never could."""
    if pledge.confirmed is not None and pledge.confirmed.earlier_words:
        yield finding(
            "pledge_changed_after_confirmation",
            f"{path}/what",
            f"{name} is bevestigd voor een vroegere tekst: {pledge.confirmed.earlier_words}. "
            "Vraag de partner om opnieuw te bevestigen, of zet de tekst terug.",
        )
    if pledge.declined_on is not None:
        yield finding(
            "pledge_declined",
            path,
            f"{name} is op {day_nl(pledge.declined_on)} door de partner geweigerd. Pas het aan in overleg, of verwijder het.",
        )
    if pledge.change_asked is not None:
        remark = pledge.change_asked.remark.strip().rstrip(".")
        said = f": '{remark}'" if remark else ""
        yield finding(
            "pledge_change_asked",
            path,
            f"{partner.name.strip() or 'Een partner zonder naam'} vraagt een wijziging van het engagement "
            f"'{pledge.what.strip()}'{said}. Pas het engagement aan of spreek af, en vraag opnieuw om te bevestigen.",
        )


def _way_to_proof(pledge: Pledge) -> str:
    """What brings proof; a partner that wants other words is not asked again to confirm these."""
    if pledge.change_asked is not None:
        return "Voeg een brief, mail of beslissing toe."
    return "Voeg een brief, mail of beslissing toe, of vraag de partner om te bevestigen."


def _has_proof(pledge: Pledge) -> bool:
    """A description, a file, or a confirmation of what the pledge says now."""
    is_confirmed = pledge.confirmed is not None and not pledge.confirmed.earlier_words
    return bool(pledge.proof.strip()) or pledge.file is not None or is_confirmed


def _needs_proof(case: Case, partner: Partner, pledge: Pledge) -> bool:
    """A Flemish body that is only asked gives its position after the submission, so it has no proof yet (R12)."""
    return not (case.programme.is_flemish_body(partner.kind) and pledge.status is PledgeStatus.ASKED)


def _is_flemish_money(case: Case, partner: Partner, pledge: Pledge) -> bool:
    return case.programme.is_flemish_body(partner.kind) and pledge.form is PledgeForm.MONEY


def _supported(case: Case) -> set[str | None]:
    return {support.pledge for support in case.document.additional_support}


def _additional_support(case: Case) -> Iterator[Finding]:
    for index, support in enumerate(case.document.additional_support):
        missing = [
            what
            for what, present in (
                ("de bevoegde minister", bool(support.minister.strip())),
                ("wat u vraagt", bool(support.what.strip())),
                ("het engagement waarbij ze hoort", support.pledge is not None),
            )
            if not present
        ]
        if missing:
            yield finding(
                "additional_support_unnamed",
                pointer("additional_support", index),
                f"{named('Bijkomende steun', index, support.what)} is niet duidelijk genoemd. "
                f"Vul {listed(missing)} in: achteraf kan dat niet meer.",
            )
