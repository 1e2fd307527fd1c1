"""Typing a whole proposal on the pages, section by section, from the same document that the rules check."""

from __future__ import annotations

from collections.abc import Mapping

from e2e.writer import Value, Writer
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.money import format_nl


def day(value: object) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def digits(value: object) -> str:
    return "" if value is None else str(value).replace(".", ",")


def money(cents: int | None) -> str:
    return "" if cents is None else format_nl(cents)


def write(writer: Writer, document: shape.Proposal, labels: Mapping[str, str], pdf: bytes) -> None:
    """The whole document, in the order of the sections."""
    codes = {
        one.id: f"{letter}{number}"
        for letter, records in (("P", document.problems), ("D", document.objectives), ("M", document.measures))
        for number, one in enumerate(records, 1)
    } | {
        action.id: f"M{number}.{place}"
        for number, measure in enumerate(document.measures, 1)
        for place, action in enumerate(measure.actions, 1)
    }
    _neighbourhood(writer, document)
    _package(writer, document, codes, labels)
    _partners(writer, document, codes)
    _budget(writer, document, codes)
    _process(writer, document, codes)
    _decision(writer, document, pdf)


def _neighbourhood(writer: Writer, document: shape.Proposal) -> None:
    place = document.neighbourhood
    writer.open("neighbourhood")
    writer.block(
        "wijk",
        {
            "title": document.title,
            "neighbourhood": place.name,
            "sectors": ", ".join(place.sectors),
            "inhabitants": digits(place.inhabitants),
        },
    )
    writer.block("teksten", {"summary": document.answers["summary"]})
    writer.add_all(
        "Cijfer",
        [
            {
                "indicator": figure.indicator,
                "value": digits(figure.value),
                "compare_value": digits(figure.compare_value),
                "unit": figure.unit,
                "year": str(figure.year),
                "source": figure.source,
            }
            for figure in document.figures
        ],
    )


def _package(writer: Writer, document: shape.Proposal, codes: Mapping[str, str], labels: Mapping[str, str]) -> None:
    writer.open("problems")
    writer.block("teksten", {"analysis": document.answers["analysis"]})
    writer.add_all(
        "Probleem",
        [
            {
                "title": problem.title,
                "description": problem.description,
                "groups": "\n".join(problem.groups),
                "residents": digits(problem.residents),
                "beyond_capacity": problem.beyond_capacity,
                "blocking_rule": problem.blocking_rule,
                "blocking_body": problem.blocking_body,
            }
            | _experiment(problem.experiment or shape.Experiment())
            for problem in document.problems
        ],
    )
    writer.open("objectives")
    writer.block("teksten", {"expected_impact": document.answers["expected_impact"]})
    for number, objective in enumerate(document.objectives, 1):
        writer.add("Doelstelling", {"title": objective.title})
        for target in objective.targets:
            writer.add(
                "Streefwaarde",
                {
                    "indicator": target.indicator,
                    "unit": target.unit,
                    "direction": str(target.direction),
                    "baseline": digits(target.baseline),
                    "baseline_on": day(target.baseline_on),
                    "baseline_source": target.baseline_source,
                    "target": digits(target.target),
                    "target_on": day(target.target_on),
                    "aggregation": target.aggregation,
                },
                under=f"D{number}",
            )
    writer.open("measures")
    writer.block(
        "teksten", {code: document.answers[code] for code in ("existing_policy", "mix_motivation", "new_character")}
    )
    writer.add_all(
        "Maatregel",
        [
            {
                "title": measure.title,
                "description": measure.description,
                "nature": str(measure.nature),
                "instrument": str(measure.instrument),
                "is_new": measure.new,
                "problems": [codes[one] for one in measure.problems],
                "objectives": [codes[one] for one in measure.objectives],
                "policy_domains": [labels[one] for one in measure.policy_domains],
                "levels": [labels[one] for one in measure.levels],
                "programme_name": measure.programme_name,
                "acceleration": measure.acceleration,
                "lead": measure.lead,
            }
            for measure in document.measures
        ],
    )
    for number, measure in enumerate(document.measures, 1):
        for action in measure.actions:
            writer.add(
                "Actie",
                {
                    "title": action.title,
                    "description": action.description,
                    "lead": action.lead,
                    "start": day(action.start),
                    "end": day(action.end),
                },
                under=f"M{number}",
            )


def _experiment(asked: shape.Experiment) -> dict[str, Value]:
    return {
        "experiment_what": asked.what,
        "experiment_rule": asked.rule,
        "experiment_link": asked.rule_link,
        "experiment_body": asked.body,
        "experiment_area": asked.area,
        "experiment_start": day(asked.start),
        "experiment_end": day(asked.end),
    }


def _partners(writer: Writer, document: shape.Proposal, codes: Mapping[str, str]) -> None:
    writer.open("partners")
    pledges = [pledge.id for partner in document.partners for pledge in partner.pledges]
    for number, partner in enumerate(document.partners, 1):
        writer.add("Partner", {"name": partner.name, "kind": str(partner.kind), "body": partner.body})
        for pledge in partner.pledges:
            writer.add(
                "Engagement",
                {
                    "what": pledge.what,
                    "form": str(pledge.form),
                    "amount_cents": money(pledge.amount),
                    "due_on": day(pledge.due_on),
                    "status": str(pledge.status),
                    "proof": pledge.proof,
                    "measures": [codes[one] for one in pledge.measures],
                },
                under=f"A{number}",
            )

    writer.add_all(
        "Bijkomende steun",
        [
            {
                "minister": asked.minister,
                "what": asked.what,
                "amount_cents": money(asked.amount),
                "pledge": f"E{pledges.index(asked.pledge) + 1}" if asked.pledge else "",
                "budget_article": asked.budget_article,
                "procedure": asked.procedure,
            }
            for asked in document.additional_support
        ],
    )


def _budget(writer: Writer, document: shape.Proposal, codes: Mapping[str, str]) -> None:
    writer.open("budget")
    writer.block("teksten", {code: document.answers[code] for code in ("other_efforts", "other_funding")})
    writer.add_all(
        "Kostenpost",
        [
            {
                "item": line.item,
                "measure": codes[line.measure or ""],
                "action": codes.get(line.action or "", ""),
                "year": str(line.year),
                "category": str(line.category),
                "source": str(line.source),
                "amount_cents": money(line.amount),
                "item_cost_cents": money(line.item_cost),
            }
            for line in document.cost_lines
        ],
    )
    writer.add_all(
        "Andere subsidie",
        [
            {
                "name": other.name,
                "provider": other.provider,
                "amount_cents": money(other.amount),
                "covers": other.covers,
                "status": other.status,
            }
            for other in document.other_subsidies
        ],
    )


def _process(writer: Writer, document: shape.Proposal, codes: Mapping[str, str]) -> None:
    writer.open("risks")
    writer.add_all(
        "Risico",
        [
            {
                "title": risk.title,
                "likelihood": str(risk.likelihood),
                "impact": str(risk.impact),
                "mitigation": risk.mitigation,
                "owner": risk.owner,
                "measures": [codes[one] for one in risk.measures],
                "actions": [codes[one] for one in risk.actions],
                "objectives": [codes[one] for one in risk.objectives],
            }
            for risk in document.risks
        ],
    )
    writer.open("participation")
    writer.block("groepen", {"target_groups": "\n".join(document.participation.target_groups)})
    writer.block("teksten", {"participation": document.answers["participation"]})
    writer.add_all(
        "Participatiemoment",
        [
            {
                "title": moment.title,
                "held_on": day(moment.held_on),
                "form": moment.form,
                "groups": ", ".join(moment.groups),
            }
            for moment in document.participation.moments
        ],
    )
    writer.add_all(
        "Stap naar draagvlak",
        [
            {"held_on": day(step.held_on), "with_whom": step.with_whom, "what": step.what}
            for step in document.support_log
        ],
    )
    writer.open("plan")
    writer.block("looptijd", {"term_start": day(document.term.start), "term_end": day(document.term.end)})
    writer.block("teksten", {code: document.answers[code] for code in ("organisation", "evaluation")})
    writer.add_all(
        "Mijlpaal",
        [
            {
                "title": milestone.title,
                "due_on": day(milestone.due_on),
                "measure": codes[milestone.measure or ""],
                "action": codes.get(milestone.action or "", ""),
            }
            for milestone in document.milestones
        ],
    )
    writer.open("knowledge")
    writer.block("teksten", {code: document.answers[code] for code in ("continuation", "dissemination")})
    writer.add_all(
        "Voortzetting",
        [
            {
                "what": going_on.what,
                "measure": codes.get(going_on.measure or "", ""),
                "carried_by": going_on.carried_by,
                "paid_by": going_on.paid_by,
                "amount_cents": money(going_on.amount),
                "starts_on": day(going_on.starts_on),
                "certain": going_on.certain,
            }
            for going_on in document.continuations
        ],
    )
    writer.add_all(
        "Moment van kennisdeling",
        [
            {"what": moment_.what, "planned_on": day(moment_.planned_on), "audience": moment_.audience}
            for moment_ in document.dissemination
        ],
    )


def _decision(writer: Writer, document: shape.Proposal, pdf: bytes) -> None:
    decision = document.local_decisions[0]
    writer.open("local_decision")
    writer.add(
        "Besluit",
        {
            "body": str(decision.body),
            "decided_on": day(decision.decided_on),
            "number": decision.number,
            "link": decision.link,
        },
    )
    writer.attach("besluit-college.pdf", pdf)
