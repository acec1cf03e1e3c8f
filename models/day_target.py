"""What a production day should have given by now, until plans exist: unit targets spread evenly over the day."""

from models.works.plant import Plant, Reported


def day_target_t(plant: Plant, reported: Reported) -> float | None:
    """Tonnes that the units in `counted_at` should make of the product in one day.

    None where any of them has no target: a sum of the others would flatter the attainment. A unit that is not
    expected to produce says so with a target of 0.
    """
    targets = [plant.units[unit].daily_target_t.get(reported.product) for unit in reported.counted_at]
    known = [target for target in targets if target is not None]
    return sum(known) if known and len(known) == len(targets) else None


def target_share_t(target_t: float | None, start_ns: int, end_ns: int, from_ns: int, to_ns: int) -> float | None:
    """The part of a day's target that falls into [from_ns, to_ns), for a day of [start_ns, end_ns) (UTC ns)."""
    if target_t is None:
        return None
    inside_ns = min(to_ns, end_ns) - max(from_ns, start_ns)
    return target_t * max(inside_ns, 0) / (end_ns - start_ns)
