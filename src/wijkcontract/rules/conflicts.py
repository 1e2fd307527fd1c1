"""Who of a jury may see and score a proposal (R17). A conflict of interest beats every role."""

from enum import StrEnum

from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse


class JurorKind(StrEnum):
    """External experts vote; members of Flemish bodies do not; an observer watches."""

    VOTING = "voting"
    NON_VOTING = "non_voting"
    OBSERVER = "observer"


class Declaration(StrEnum):
    """What a juror last declared about one proposal."""

    MISSING = "missing"
    NO_CONFLICT = "no_conflict"
    CONFLICT = "conflict"


_CONFLICT = refuse("U hebt een belangenconflict bij dit voorstel gemeld. U ziet en beoordeelt het niet.")


def may_see_proposal(kind: JurorKind, declaration: Declaration, *, is_called: bool) -> Verdict:
    """May this juror read the proposal? A member of a Flemish body only when called (R17)."""
    if declaration is Declaration.CONFLICT:
        return _CONFLICT
    if kind is JurorKind.NON_VOTING and not is_called:
        return refuse("U leest een voorstel zodra de jury u ervoor oproept.")
    return ALLOWED


def may_score(kind: JurorKind, declaration: Declaration, *, is_scoring: bool) -> Verdict:
    """May this juror give points now? Only a voting member who declared to have no conflict."""
    if kind is not JurorKind.VOTING:
        return refuse("Alleen stemgerechtigde juryleden geven punten.")
    if declaration is Declaration.CONFLICT:
        return _CONFLICT
    if declaration is Declaration.MISSING:
        return refuse("Verklaar eerst of u bij dit voorstel een belangenconflict hebt.")
    if not is_scoring:
        return refuse("De punten zijn vergrendeld. Vraag de voorzitter wat nog kan.")
    return ALLOWED


def may_see_scores_of_others(kind: JurorKind, declaration: Declaration, *, is_locked: bool) -> Verdict:
    """May this juror read the points of each other juror? Voting members, and only after locking."""
    if declaration is Declaration.CONFLICT:
        return _CONFLICT
    if not is_locked:
        return refuse("U ziet de punten van anderen pas als alle punten vergrendeld zijn.")
    if kind is not JurorKind.VOTING:
        return refuse("U ziet de totalen, niet de punten van elk jurylid.")
    return ALLOWED


def may_take_position(kind: JurorKind, declaration: Declaration, *, is_called: bool) -> Verdict:
    """May this juror bring the position of a Flemish body on the proposal (R12, R17)?"""
    if kind is not JurorKind.NON_VOTING:
        return refuse("Alleen leden van Vlaamse instanties geven een standpunt.")
    return may_see_proposal(kind, declaration, is_called=is_called)


def counts(kind: JurorKind, declaration: Declaration) -> bool:
    """Do the points of this juror count in the total of the proposal?"""
    return kind is JurorKind.VOTING and declaration is Declaration.NO_CONFLICT
