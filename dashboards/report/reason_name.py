"""The name of a reason of stops, on the page and in reports. Pure."""

from collections.abc import Sequence

from dashboards.report.texts import report_text
from models.stated.stop_reason import UNNAMED, StopReason
from models.works.localize import Language


def reason_name(reasons: Sequence[StopReason], code: str, language: Language) -> str:
    """Its name, after that of the one that it is a kind of; words for none, and for one that is no longer listed."""
    if code == UNNAMED:
        return report_text("unnamed_reason", language)
    known = {reason.code: reason for reason in reasons}
    reason = known.get(code)
    if reason is None:
        return report_text("removed_reason", language).format(code=code)
    parent = known.get(reason.parent)
    name = reason.name(language)
    return f"{parent.name(language)}: {name}" if parent else name
