"""The kinds and causes of accidents of a configuration."""

from collections.abc import Mapping, Sequence
from typing import Any

from collector.config.accidents_document import AccidentsEntry, AccidentTermEntry
from collector.config.fields import names_of
from collector.config.problem import Problems
from models.stated.accident import USUAL_TERMS, AccidentTerm, AccidentTerms


def check_accidents(data: Mapping[str, Any], problems: Problems) -> None:
    """No code stands twice in a list: records keep the code alone."""
    section = data.get("accidents")
    for name in ("kinds", "causes"):
        given = section.get(name) if isinstance(section, Mapping) else None
        seen: set[str] = set()
        for number, entry in enumerate(given if isinstance(given, list) else ()):
            code = entry.get("code") if isinstance(entry, Mapping) else None
            if isinstance(code, str) and code in seen:
                problems.add(("accidents", name, number, "code"), f"'{code}' is already given; choose another name")
            seen.add(str(code))


def accident_terms(entry: AccidentsEntry) -> AccidentTerms:
    """The lists; the usual one for each that is not given."""
    return AccidentTerms(
        kinds=_terms(entry.kinds) or USUAL_TERMS.kinds, causes=_terms(entry.causes) or USUAL_TERMS.causes
    )


def _terms(entries: Sequence[AccidentTermEntry]) -> tuple[AccidentTerm, ...]:
    return tuple(AccidentTerm(entry.code, names_of(entry.names)) for entry in entries)
