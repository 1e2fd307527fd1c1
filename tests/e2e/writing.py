"""Typing a whole proposal on the pages, section by section, from the same document that the rules check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from e2e.keyboard import begins
from e2e.walker import Walker
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.money import format_nl

Value = str | bool | list[str]


@dataclass
class Writer:
    """A member of the project team at the keyboard. `base` is the address of the proposal."""

    walker: Walker
    base: str

    def open(self, section: str) -> None:
        self.walker.open(f"{self.base}onderdeel/{section}/")

    def block(self, code: str, values: Mapping[str, Value]) -> None:
        """Fill one block of fields of the section and save it."""
        form = self.walker.page.locator(f"section[aria-labelledby='blok-{code}']")
        for name, value in values.items():
            form.locator(f"[name='{name}']").fill(str(value))
        with self.walker.page.expect_navigation():
            form.get_by_role("button", name="Bewaar").click()
        self.walker.check()
        self.walker.sees("Bewaard.")

    def add(self, singular: str, values: Mapping[str, Value], under: str = "") -> None:
        """Add one record through its form; a list of words ticks the boxes whose labels begin with them."""
        name = f"{singular} toevoegen bij {under}" if under else f"{singular} toevoegen"
        self.walker.page.get_by_role("link", name=name, exact=True).click()
        self.walker.check()
        form = self.walker.page.locator("#formulier")
        for field, value in values.items():
            if value != "":
                self._fill(field, value)
        with self.walker.page.expect_navigation():
            form.get_by_role("button", name=re.compile("^Bewaar")).first.click()
        self.walker.check()
        self.walker.sees("bewaard.")

    def add_all(self, singular: str, records: Sequence[Mapping[str, Value]]) -> None:
        """Add these records of one kind, one after the other."""
        for values in records:
            self.add(singular, values)

    def attach(self, name: str, content: bytes) -> None:
        """Add a file to the first record of the section."""
        page = self.walker.page
        page.get_by_role("link", name="Bestanden bij B1").click()
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
        self.walker.press("Voeg bestanden toe")
        self.walker.sees("Bestand bewaard.")

    def _fill(self, field: str, value: Value) -> None:
        form = self.walker.page.locator("#formulier")
        if isinstance(value, list):
            group = form.locator("fieldset", has=self.walker.page.locator(f"[name='{field}']"))
            for label in value:
                group.locator("label.choice", has_text=re.compile(rf"^\s*{re.escape(label)}(\s|$)")).get_by_role(
                    "checkbox"
                ).check()
            return
        found = form.locator(f"[name='{field}']")
        kind = found.first.evaluate("node => node.type || node.tagName")
        if kind == "select-one":
            self._choose(field, str(value))
        elif kind == "radio":
            form.locator(f"[name='{field}'][value='{value}']").check()
        elif kind == "checkbox":
            found.set_checked(bool(value))
        else:
            found.fill(str(value))

    def _choose(self, field: str, wanted: str) -> None:
        """Choose the option with this value, or whose text begins with this word (M2 in a list of measures)."""
        found = self.walker.page.locator(f"#formulier [name='{field}']")
        options = found.locator("option").evaluate_all("all => all.map(one => [one.value, one.text.trim()])")
        found.select_option(value=next(value for value, text in options if value == wanted or begins(text, wanted)))


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
    }
    _neighbourhood(writer, document)
    _package(writer, document, codes, labels)
    _partners(writer, document)
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


def _partners(writer: Writer, document: shape.Proposal) -> None:
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
            {"title": milestone.title, "due_on": day(milestone.due_on), "measure": codes[milestone.measure or ""]}
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
