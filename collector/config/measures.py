"""Indicators and projects of a configuration."""

from collections.abc import Mapping, Sequence
from typing import Any

from collector.config.fields import names_of
from collector.config.measures_document import AMOUNTS_IN, AddedCapacityEntry, IndicatorEntry, ProjectEntry
from collector.config.problem import Problems
from models.stated.measure import AddedCapacity, Indicator, Milestone, Project
from models.works.plant import Product


def check_measures(data: Mapping[str, Any], problems: Problems) -> None:
    """No code stands twice, in either list, and no former one is in use: what is stored keeps the code alone."""
    seen: dict[str, str] = {}
    former: list[tuple[tuple[str | int, ...], object]] = []
    for section in ("indicators", "projects"):
        given = data.get(section)
        for number, entry in enumerate(given if isinstance(given, list) else ()):
            code = entry.get("code") if isinstance(entry, Mapping) else None
            if not isinstance(code, str):
                continue
            if code in seen:
                problems.add((section, number, "code"), f"'{code}' is already given in {seen[code]}; choose another")
            seen[code] = section
            before = entry.get("renamed_from")
            former += [
                ((section, number, "renamed_from", place), old)
                for place, old in enumerate(before if isinstance(before, list) else ())
            ]
            milestones = _check_milestones((section, number), entry, problems)
            _check_capacity((section, number, "adds_capacity"), entry.get("adds_capacity"), milestones, data, problems)
    for at, old in former:
        if isinstance(old, str) and old in seen:
            problems.add(at, f"'{old}' is given in {seen[old]} too; a former code belongs to one thing")
        seen[str(old)] = "renamed_from"


def _check_milestones(path: tuple[str, int], entry: Mapping[str, Any], problems: Problems) -> set[str]:
    given = entry.get("milestones")
    seen: set[str] = set()
    for number, milestone in enumerate(given if isinstance(given, list) else ()):
        code = milestone.get("code") if isinstance(milestone, Mapping) else None
        if isinstance(code, str) and code in seen:
            problems.add((*path, "milestones", number, "code"), f"the project has '{code}' already; choose another")
        seen.add(str(code))
    return seen


def _check_capacity(
    at: tuple[str | int, ...], given: object, milestones: set[str], data: Mapping[str, Any], problems: Problems
) -> None:
    """Of a product of the catalogue, and from a date or a milestone of its project."""
    if not isinstance(given, Mapping):
        return
    products = data.get("products")
    entries = products if isinstance(products, list) else ()
    known = [str(each.get("code")) for each in entries if isinstance(each, Mapping)]
    product, milestone = given.get("product"), given.get("from_milestone")
    if isinstance(product, str) and product not in known:
        problems.add((*at, "product"), f"'{product}' is in no entry of products; known: {', '.join(sorted(known))}")
    if (milestone is None) == (given.get("from_date") is None):
        problems.add(at, "give from_date or from_milestone, one of the two: nobody can say from when it is there else")
    if isinstance(milestone, str) and milestone not in milestones:
        problems.add((*at, "from_milestone"), f"the project has no milestone '{milestone}'; name one of its milestones")


def indicators_of(entries: Sequence[IndicatorEntry]) -> tuple[Indicator, ...]:
    """The published series."""
    return tuple(
        Indicator(
            code=entry.code,
            names=names_of(entry.names),
            unit_of_measure=names_of(entry.unit_of_measure),
            definition=entry.definition,
            definitions=names_of(entry.definition_in),
            renamed_from=tuple(entry.renamed_from),
        )
        for entry in entries
    )


def projects_of(entries: Sequence[ProjectEntry], products: Mapping[str, Product]) -> tuple[Project, ...]:
    """The projects of modernisation."""
    return tuple(
        Project(
            code=entry.code,
            names=names_of(entry.names),
            owner=entry.owner,
            contractor=entry.contractor or "",
            currency=entry.currency,
            amounts_in=AMOUNTS_IN[entry.amounts_in],
            budget=entry.budget,
            renamed_from=tuple(entry.renamed_from),
            milestones=tuple(
                Milestone(code=each.code, names=names_of(each.names), planned=each.planned.toordinal())
                for each in entry.milestones
            ),
            capacity=None if entry.adds_capacity is None else _capacity_of(entry.adds_capacity, products),
        )
        for entry in entries
    )


def _capacity_of(entry: AddedCapacityEntry, products: Mapping[str, Product]) -> AddedCapacity:
    return AddedCapacity(
        product=products[entry.product],
        t_per_year=entry.t_per_year,
        start=None if entry.from_date is None else entry.from_date.toordinal(),
        milestone=entry.from_milestone,
    )
