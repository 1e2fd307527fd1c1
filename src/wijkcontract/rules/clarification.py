"""What a clarification may change: one section of what was submitted, and never more subsidy (R16).

The agency asks about one section after the window closed. The clarified version is the frozen one in which that section, and
nothing else, is taken from what the authority wrote since.
"""

import dataclasses
from collections.abc import Collection, Iterable
from datetime import date

from wijkcontract.rules.budget_limits import totals
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_references import reference_faults
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.rules.verdicts import Fault


def with_section(frozen: Proposal, live: Proposal, fields: Iterable[str], questions: Collection[str]) -> Proposal:
    """The frozen document with these fields and the answers to these questions as they are in the live one."""
    kept = {code: text for code, text in frozen.answers.items() if code not in questions}
    written = {code: text for code, text in live.answers.items() if code in questions}
    return dataclasses.replace(frozen, answers=kept | written, **{name: getattr(live, name) for name in fields})


def answer_faults(frozen: Proposal, clarified: Proposal, programme: Programme) -> list[Fault]:
    """Why a clarified version cannot take the place of the frozen one."""
    return [*_subsidy_faults(frozen, clarified, programme), *_link_faults(clarified)]


def _subsidy_faults(frozen: Proposal, clarified: Proposal, programme: Programme) -> list[Fault]:
    asked, asks = (totals(one.cost_lines, programme).subsidy for one in (frozen, clarified))
    if asks <= asked:
        return []
    return [
        Fault(
            "",
            f"Een verduidelijking mag de gevraagde subsidie niet verhogen: u diende {format_nl(asked)} EUR in en vraagt nu "
            f"{format_nl(asks)} EUR. Andere besturen konden na de uiterste indiendag ook niets meer bijvragen. "
            f"Breng de kostenposten met projectsubsidie terug tot hoogstens {format_nl(asked)} EUR.",
        )
    ]


def _link_faults(clarified: Proposal) -> list[Fault]:
    """A link to what another section, still being clarified, adds or takes away."""
    if not reference_faults(clarified):
        return []
    return [
        Fault(
            "",
            "Iets in dit onderdeel verwijst naar een ander onderdeel dat u ook verduidelijkt en nog niet verstuurde. "
            "Verstuur eerst dat andere onderdeel, of kies een verwijzing die al ingediend was.",
        )
    ]


def term_faults(last_day: date, today: date, *, later_than: date | None = None) -> list[Fault]:
    """What is wrong with the last day of a request, or with a new one that must be later."""
    if last_day <= today:
        return [Fault("last_day", "Kies een dag na vandaag. Het bestuur heeft tijd nodig om te antwoorden.")]
    if later_than is not None and last_day <= later_than:
        return [Fault("last_day", "Kies een latere dag dan de huidige. Een termijn kan niet korter worden.")]
    return []
