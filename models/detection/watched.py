"""Which units are watched, and by which of their signals: read once from the plant."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.works.codes import SignalRole, TagKind
from models.works.detection_rules import RuleSet, UnitRules
from models.works.limits import PaceLimit
from models.works.plant import Plant, Tag, Unit

STALE_CADENCES = 3
"""Stale after three missed readings: one or two are lost in any network, and a message for each would be ignored."""
STALE_AT_LEAST_S = 30.0
"""A unit that is polled every second still gets 30 seconds: a sample covers ten, so three are missed then too."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A signal that shows something of the unit's state. `nominal`: its value at full work; `unit`: its measure.

    `names`: what people call it, by language.
    """

    signal: str
    nominal: float
    unit: str
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str | None:
        """The name in `language`; None if it has none there, for English would not be read."""
        return self.names.get(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedUnit:
    """One unit with everything that never changes while it is watched. `product`: "" if it counts none.

    `only_events`: nothing is read of it but rings of events, so that no value and no stamp can move between two.
    `stale_s`: unheard for longer than this, its connection counts as lost. `sources`: by which its state is known.
    """

    code: str
    shop: str
    kind: str
    names: Mapping[str, str]
    product: str
    rules: UnitRules
    limit: PaceLimit
    activity: Gauge | None
    corroborating: tuple[Gauge, ...]
    has_events: bool
    has_counter: bool
    only_events: bool
    stale_s: float
    sources: tuple[str, ...]

    def name(self, language: str) -> str:
        """The unit's name in `language`; in English if that one is not given."""
        return self.names.get(language) or self.names["en"]


def is_watched(plant: Plant, unit: Unit) -> bool:
    """Whether any signal shows that the unit works. Of the others nobody could say what they do."""
    return any(
        tag.unit == unit.code and (tag.product is not None or tag.role is SignalRole.ACTIVITY) for tag in plant.tags
    )


def speaks_of_state(tag: Tag) -> bool:
    """Whether it shows what its unit does, or counts what it makes."""
    return tag.product is not None or tag.role is not None


def watched_units(plant: Plant, rules: RuleSet) -> dict[str, WatchedUnit]:
    """Every unit that a signal or a counter shows to work or to stand, in the order of the plant.

    Raises ValueError if the rules name a unit that the plant does not have.
    """
    unknown = sorted(set(rules.by_unit) - set(plant.units))
    if unknown:
        raise ValueError(f"'{unknown[0]}' is not a unit of this plant; known: {', '.join(sorted(plant.units))}")
    found: dict[str, WatchedUnit] = {}
    for code, unit in plant.units.items():
        tags = [tag for tag in plant.tags if tag.unit == code]
        counting = [tag for tag in tags if tag.product is not None]
        activity = next(iter(_gauges(tags, SignalRole.ACTIVITY)), None)
        if not counting and activity is None:
            continue
        # An assay by a laboratory's database says nothing of whether the furnace's controller is heard.
        of_state = {tag.source for tag in tags if speaks_of_state(tag)}
        heard = [tag for tag in tags if tag.source in of_state]
        targets = unit.daily_target_t
        # A unit with several products is judged by its main one: by-products come and go with it.
        product = max((tag.product or "" for tag in counting), key=lambda code: targets.get(code, 0.0), default="")
        found[code] = WatchedUnit(
            code=code,
            shop=unit.shop,
            kind=unit.kind,
            names=unit.names,
            product=product,
            rules=rules.of(code, unit.kind),
            limit=plant.limits.of_unit(code, unit.kind),
            activity=activity,
            corroborating=_gauges(tags, SignalRole.CORROBORATION),
            has_events=any(tag.kind is TagKind.EVENT and tag.product == product for tag in counting),
            has_counter=any(tag.is_metered and tag.product == product for tag in counting),
            only_events=all(tag.kind is TagKind.EVENT for tag in heard),
            stale_s=max(STALE_AT_LEAST_S, STALE_CADENCES * min(tag.cadence_s for tag in heard)),
            sources=tuple(sorted(of_state)),
        )
    return found


def _gauges(tags: list[Tag], role: SignalRole) -> tuple[Gauge, ...]:
    return tuple(
        Gauge(tag.signal, tag.nominal, tag.unit_of_measure, tag.signal_names)
        for tag in tags
        if tag.role is role and tag.nominal
    )
