"""The value of what a server gave, where it says that it is good."""

from typing import Any

from asyncua import ua


def good_value(data: ua.DataValue) -> Any:  # noqa: ANN401 - what a server may hold
    """The value of a DataValue with Good status, or None."""
    if data.Value is None or (data.StatusCode is not None and not data.StatusCode.is_good()):
        return None
    return data.Value.Value


def stated_limit(data: ua.DataValue) -> int:
    """A limit that the server states; 0 if it states none, or nothing that one could keep to."""
    value = good_value(data)
    return value if isinstance(value, int) and value > 0 else 0
