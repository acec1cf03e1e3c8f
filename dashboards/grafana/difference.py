"""What differs between a document that is wanted and the one that is there. Pure."""

from collections.abc import Iterator, Mapping, Sequence

REDACTED = "[REDACTED]"


def differences(wanted: object, there: object, path: str = "") -> Iterator[str]:
    """Where they differ, as paths. What is there beyond what is wanted is Grafana's own, and no difference."""
    if isinstance(wanted, Mapping):
        if not isinstance(there, Mapping):
            yield path
            return
        for key, value in wanted.items():
            yield from differences(value, there.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(wanted, Sequence) and not isinstance(wanted, str):
        if not isinstance(there, Sequence) or isinstance(there, str) or len(there) != len(wanted):
            yield path
            return
        for index, (ours, theirs) in enumerate(zip(wanted, there, strict=True)):
            yield from differences(ours, theirs, f"{path}[{index}]")
    elif there == REDACTED or (there is None and wanted in ("", False)):
        return  # a secret that Grafana hides; or an empty setting that it leaves out
    elif wanted != there:
        yield path
