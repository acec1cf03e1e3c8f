"""What differs between a desired document and the actual one. Pure."""

from collections.abc import Iterator, Mapping, Sequence

REDACTED = "[REDACTED]"
"""What Grafana answers in place of a secret setting of a contact point."""


def differences(desired: object, actual: object, path: str = "") -> Iterator[str]:
    """Where they differ, as paths. A key that only the actual one has is Grafana's own, and no difference."""
    if isinstance(desired, Mapping):
        if not isinstance(actual, Mapping):
            yield path
            return
        for key, value in desired.items():
            yield from differences(value, actual.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(desired, Sequence) and not isinstance(desired, str):
        if not isinstance(actual, Sequence) or isinstance(actual, str) or len(actual) != len(desired):
            yield path
            return
        for index, (ours, theirs) in enumerate(zip(desired, actual, strict=True)):
            yield from differences(ours, theirs, f"{path}[{index}]")
    elif actual == REDACTED or (actual is None and desired in ("", False)):
        return  # a secret that Grafana hides, or an empty setting that it leaves out: neither can be compared
    elif desired != actual:
        yield path
