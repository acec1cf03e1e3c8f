"""What the service would refuse of what a source gave, by the limits of its tags; `tundish poll` says it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from models.counting.counter_step import TotalizerRule
from models.counting.event import judge_event
from models.counting.reading import ReadingBatch
from models.counting.totalizer import refusal
from models.counting.validation import TagLimits, validate
from models.works.codes import Quality, TagKind
from models.works.plant import Plant, Tag

if TYPE_CHECKING:
    from collector.cli.polled import Polled, PolledValue


def would_refuse(polled: "Polled", plant: Plant) -> Iterator[str]:
    """A line for each value and event that is outside its limits. Quality and clocks are told elsewhere."""
    limits = TagLimits.of(plant.tags)
    for index, read in sorted(polled.values.items()):
        tag = plant.tags[index]
        if read.quality != Quality.BAD and (detail := _value_refused(tag, index, read, limits, plant)):
            yield f"rejected {tag.name}: {detail}"
    tags = {tag.name: tag for tag in plant.tags}
    for event in polled.events:
        known = replace(event, received_ns=max(event.received_ns, event.end_ns))
        rejection = judge_event(tags[event.tag], known)
        if rejection is not None and event.quality != Quality.BAD:
            yield f"rejected {event.tag}: {event.key}, {rejection.detail}"


def _value_refused(tag: Tag, index: int, read: "PolledValue", limits: TagLimits, plant: Plant) -> str:
    now_ns = max(read.received_ns, read.time_ns)
    batch = ReadingBatch.of(tag.source, now_ns, [(index, read.value, read.time_ns, read.quality)])
    if rejections := validate(batch, limits, now_ns=now_ns).rejections:
        return rejections[0].detail
    if tag.kind is not TagKind.TOTALIZER:
        return ""
    refused = refusal(TotalizerRule.of(tag, plant.shops[tag.shop].calendar.zone), read.value, read.quality)
    return "" if refused is None else refused.detail
