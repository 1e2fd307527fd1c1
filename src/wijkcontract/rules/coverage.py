"""The coverage picture: which measures touch which policy domains and levels of government (R7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Measure, Nature


@dataclass(frozen=True, slots=True)
class Coverage:
    """Measure ids per policy domain, level and instrument of the programme, in the programme's order."""

    by_domain: Mapping[str, tuple[str, ...]]
    by_level: Mapping[str, tuple[str, ...]]
    by_instrument: Mapping[str, tuple[str, ...]]
    hard: int
    soft: int

    @property
    def domains(self) -> int:
        """How many policy domains are touched."""
        return sum(1 for measures in self.by_domain.values() if measures)

    @property
    def levels(self) -> int:
        """How many levels of government are touched."""
        return sum(1 for measures in self.by_level.values() if measures)

    @property
    def instruments(self) -> int:
        """How many kinds of instrument are used."""
        return sum(1 for measures in self.by_instrument.values() if measures)


def coverage(measures: Sequence[Measure], programme: Programme) -> Coverage:
    """Lay the measures over the domains, levels and instruments of the programme."""
    return Coverage(
        by_domain={
            domain.code: tuple(measure.id for measure in measures if domain.code in measure.policy_domains)
            for domain in programme.policy_domains
        },
        by_level={
            level.code: tuple(measure.id for measure in measures if level.code in measure.levels)
            for level in programme.levels
        },
        by_instrument={
            kind.code: tuple(measure.id for measure in measures if measure.instrument == kind.code)
            for kind in programme.instruments
        },
        hard=sum(measure.nature is Nature.HARD for measure in measures),
        soft=sum(measure.nature is Nature.SOFT for measure in measures),
    )


def gaps(picture: Coverage, programme: Programme) -> list[str]:
    """What no measure touches, in plain Dutch sentences; a gap is for the reader to judge, not a fault."""
    domains = [domain.label for domain in programme.policy_domains if not picture.by_domain[domain.code]]
    levels = [level.label for level in programme.levels if not picture.by_level[level.code]]
    kinds = [kind.label for kind in programme.instruments if not picture.by_instrument[kind.code]]
    sentences = {
        "Geen enkele maatregel raakt deze beleidsdomeinen": domains,
        "Geen enkele maatregel vraagt iets van deze bestuursniveaus": levels,
        "Deze instrumenten worden niet gebruikt": kinds,
    }
    return [f"{start}: {', '.join(labels)}." for start, labels in sentences.items() if labels]
