"""The parts that a change of output is split into."""

from enum import StrEnum


class ChangePart(StrEnum):
    """In the order in which they are shown. What is the reason of a part, docs/why.md says."""

    CALENDAR = "calendar"
    REPAIRS = "repairs"
    UNITS = "units"
    STOPS_OWN = "stops_own"
    STOPS_UPSTREAM = "stops_upstream"
    STOPS_DOWNSTREAM = "stops_downstream"
    SLOWER = "slower"
    FASTER = "faster"
    CORRECTIONS = "corrections"
    NOT_KNOWN = "not_known"
    REST = "rest"


STOPS = (ChangePart.STOPS_OWN, ChangePart.STOPS_UPSTREAM, ChangePart.STOPS_DOWNSTREAM)
"""The unplanned stops, by what they follow from."""
NOT_EXPLAINED = (ChangePart.NOT_KNOWN, ChangePart.REST)
"""What no reason is given for."""
