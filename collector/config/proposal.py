"""Proposed rules: a file with the sections detection and limits, over those of the plant's own configuration."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from collector.config.check_detection import (
    Kinds,
    check_detection,
    check_limits,
    repair_shifts,
    resolved_limits,
    resolved_rules,
)
from collector.config.detection_document import DetectionEntry, LimitsEntry
from collector.config.problem import Problems
from collector.config.sentences import parse
from collector.config.yaml_file import read_document
from collector.errors import ConfigurationError
from models.works.plant import Plant
from models.works.strict import StrictModel

SECTIONS = ("detection", "limits")


class ProposalFile(StrictModel):
    """Rules that are proposed."""

    detection: DetectionEntry = Field(default=DetectionEntry(), description="when output counts as dropped")
    limits: LimitsEntry = Field(default=LimitsEntry(), description="where output counts as low")


def read_proposal(file: Path, plant: Plant, configured: Path) -> Plant:
    """`plant` with the rules of `file`; what the file does not name stays as in the configuration `configured`.

    Mappings are merged key by key; a list, such as repair_shifts, replaces the present one.

    Raises:
        ConfigurationError: the file proposes nothing, or has faults; its text names each with its line and its fix.
    """
    problems = Problems()
    document = read_document(file, problems, "--rules")
    if not document.data and not problems.found:
        raise ConfigurationError(f"{file}:1 proposes nothing; give the section detection or limits, as in plant.yaml")
    # Over the text of the file, not over the resolved rules: so a proposal means what it would mean in plant.yaml.
    present = read_document(configured, Problems()).data
    merged = {**document.data}
    for section in SECTIONS:
        if section in present:
            merged[section] = _over(present[section], document.data.get(section, {}))
    proposal = parse(ProposalFile, merged, (), problems)
    kinds: Kinds = {code: unit.kind for code, unit in plant.units.items()}
    if proposal is not None:
        check_limits(kinds, proposal.limits, problems)
        check_detection(kinds, proposal.detection, proposal.limits, problems)
    if problems.found or proposal is None:
        raise ConfigurationError("\n".join(problems.lines(document.marks)))
    return replace(
        plant,
        limits=resolved_limits(proposal.limits),
        detection=resolved_rules(kinds, proposal.detection),
        units={
            code: replace(unit, repair_shifts=repair_shifts(proposal.detection, code))
            for code, unit in plant.units.items()
        },
    )


def _over(present: object, proposed: object) -> Any:  # noqa: ANN401 - plain data of YAML
    """The present data with what is proposed over it."""
    if isinstance(present, Mapping) and isinstance(proposed, Mapping):
        keys = (*present, *(key for key in proposed if key not in present))
        return {key: _over(present.get(key), proposed[key]) if key in proposed else present[key] for key in keys}
    return proposed
