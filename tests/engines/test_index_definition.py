"""A definition is data: what it may say, and every fault at once (R2)."""

from __future__ import annotations

import pytest

from wijkcontract.engines import index_definition
from wijkcontract.engines.index_definition import DefinitionError
from wijkcontract.places.indicators import INDICATORS


def test_the_shipped_definitions_read_and_their_weights_add_up() -> None:
    assert index_definition.names() == ["bimd", "vlaamse-wijk"]
    for name in index_definition.names():
        definition = index_definition.load(name)
        assert sum(one.weight for one in definition.domains) == pytest.approx(1)
        assert all(sum(one.weight for one in domain.indicators) == pytest.approx(1) for domain in definition.domains)


def test_the_flemish_definition_uses_every_indicator_with_a_direction_and_no_other() -> None:
    definition = index_definition.load("vlaamse-wijk")
    used = {one.code: one.direction.value for domain in definition.domains for one in domain.indicators}
    assert used == {code: one.direction.value for code, one in INDICATORS.items() if one.direction != "none"}


def test_a_rate_is_made_of_its_counts_as_the_library_makes_it() -> None:
    shrunk = [
        one for domain in index_definition.load("vlaamse-wijk").domains for one in domain.indicators if one.shrink
    ]
    assert {one.code: one.factor for one in shrunk} == {one.code: INDICATORS[one.code].factor for one in shrunk}
    assert all(INDICATORS[one.code].numerator and INDICATORS[one.code].denominator for one in shrunk)


def test_every_fault_is_named_at_once_with_its_place() -> None:
    text = """
code = "Groot"
label = "x"
[file]
id = "id"
[scoring]
indicators = "z"
domains = "logaritme"
aggregation = "arithmetic"
wegen = 3
[[domains]]
code = "werk"
label = "Werk"
weight = -1
[[domains.indicators]]
code = "a"
direction = "omhoog"
"""
    with pytest.raises(DefinitionError) as caught:
        index_definition.read(text)
    places = [fault.split(":")[0] for fault in caught.value.faults]
    assert places == [
        "/code", "/version", "/scoring/domains", "/scoring/wegen", "/domains/0/weight", "/domains/0/indicators/0/direction",
    ]  # fmt: skip


def test_what_contradicts_itself_is_refused() -> None:
    text = index_definition.text_of("bimd")
    with pytest.raises(DefinitionError, match="het domein 'wonen' bestaat niet"):
        index_definition.read(text.replace('without = ["health"]', 'without = ["wonen"]'))
    with pytest.raises(DefinitionError, match="geometrisch gaat niet samen"):
        index_definition.read(text.replace('"arithmetic"', '"geometric"'))
    with pytest.raises(DefinitionError, match="komt meer dan eens voor"):
        index_definition.read(text.replace('code = "without_health"', 'code = "income"'))
    with pytest.raises(DefinitionError, match=r"file\.municipality"):
        index_definition.read(text.replace('municipality = "statsec"', ""))
    with pytest.raises(DefinitionError, match="geen geldige TOML"):
        index_definition.read("code =")
