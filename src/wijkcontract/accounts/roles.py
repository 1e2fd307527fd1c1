"""The roles of access.md as data: each with a sentence that a manager can read. Code asks for a role by these names."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Role(models.TextChoices):
    """What a mandate lets a person do for one organisation."""

    RESIDENT = "resident", "Bewoner"
    EDITOR = "editor", "Bewerker"
    SUBMITTER = "submitter", "Gemandateerde indiener"
    CERTIFIER = "certifier", "Certificeerder"
    PARTNER = "partner", "Partner"
    AGENCY_MANAGER = "agency_manager", "Programmabeheerder"
    AGENCY_FINANCE = "agency_finance", "Financieel beheerder"
    JUROR = "juror", "Jurylid, externe deskundige"
    BODY_MEMBER = "body_member", "Lid van een Vlaamse instantie"
    OBSERVER = "observer", "Waarnemer van de minister"
    CABINET = "cabinet", "Kabinet"
    INSPECTORATE = "inspectorate", "Inspectie van Financiën"
    AUDITOR = "auditor", "Auditor"
    OPERATOR = "operator", "Systeembeheerder"


@dataclass(frozen=True)
class Description:
    """Where a role works and what it may do, in one sentence."""

    audience: str
    sentence: str


DESCRIPTIONS: dict[Role, Description] = {
    Role.RESIDENT: Description("resident", "Leest wat openbaar is, dient ideeën in en stemt in zijn wijk."),
    Role.EDITOR: Description(
        "applicant", "Schrijft mee aan voorstellen en rapporten van het eigen bestuur, maar dient niets in."
    ),
    Role.SUBMITTER: Description(
        "applicant", "Dient voorstellen in en trekt ze in, ondertekent het contract en beheert wie meewerkt."
    ),
    Role.CERTIFIER: Description("applicant", "Bevestigt dat cijfers en uitgaven in een rapport kloppen."),
    Role.PARTNER: Description("applicant", "Ziet en bevestigt alleen het eigen engagement, via een link."),
    Role.AGENCY_MANAGER: Description(
        "agency", "Maakt oproepen, volgt voorstellen en contracten op en stelt rapporten op."
    ),
    Role.AGENCY_FINANCE: Description("agency", "Beheert kredieten, vastleggingen, aanrekeningen en betalingen."),
    Role.JUROR: Description("juror", "Beoordeelt voorstellen en stemt in de jury, behalve bij een belangenconflict."),
    Role.BODY_MEMBER: Description("juror", "Geeft het standpunt van de eigen Vlaamse instantie, zonder te stemmen."),
    Role.OBSERVER: Description(
        "juror", "Volgt het werk van de jury voor de minister, zonder te stemmen of punten te geven."
    ),
    Role.CABINET: Description("agency", "Leest de dossiers en rapporten voor de minister."),
    Role.INSPECTORATE: Description("agency", "Leest dossiers en kredieten en geeft opmerkingen."),
    Role.AUDITOR: Description("agency", "Leest dossiers en het logboek, en verandert niets."),
    Role.OPERATOR: Description("operator", "Houdt het systeem draaiend en ziet geen inhoud van dossiers."),
}
