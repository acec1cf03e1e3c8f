"""Loads group.yaml: reads it, checks everything, and reports all faults at once."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from collector.config.check_group import resolve_kafka
from collector.config.fields import names_of
from collector.config.problem import Problems
from collector.config.sentences import did_you_mean, parse
from collector.config.yaml_file import read_document
from collector.errors import ConfigurationError
from collector.group.group_document import GroupFile, GroupProductEntry
from collector.group.group_settings import GroupSettings
from collector.group.kafka_document import KafkaEntry
from models.group.group_plan import GroupProduct, GroupSite

OPTION = "the first word or TUNDISH_GROUP"


def load_group(path: Path, environment: Mapping[str, str] | None = None) -> GroupSettings:
    """The settings in `path`: a file, or a folder of *.yaml files. `environment`: where secrets may stand.

    Raises:
        ConfigurationError: its text names every fault, one a line, as `file:line path: bad value and fix`.
    """
    problems = Problems()
    document = read_document(path, problems, OPTION)
    folder = (path if path.is_dir() else path.parent).resolve()
    file = parse(GroupFile, document.data, (), problems)
    # A section with a fault of shape must not hide what is wrong with the others.
    kafka = parse(KafkaEntry, document.data.get("kafka"), ("kafka",), Problems())
    environment = os.environ if environment is None else environment
    found = None if kafka is None else resolve_kafka(kafka, ("kafka",), folder, environment, problems)
    if file is not None:
        _check_codes((site.code for site in file.sites), "sites", problems)
        _check_codes((product.code for product in file.products), "products", problems)
        _check_parts(file, problems)
    if file is None or found is None or problems.found:
        raise ConfigurationError("\n".join(problems.lines(document.marks)))
    return GroupSettings(
        code=file.group.code,
        names=names_of(file.group.names),
        kafka=found,
        sites={
            site.code: GroupSite(code=site.code, names=names_of(site.names), late_after_s=site.late_after)
            for site in file.sites
        },
        products=tuple(_product(entry) for entry in file.products),
        data_dir=(folder / file.data).resolve(),
        file=path.resolve(),
    )


def _product(entry: GroupProductEntry) -> GroupProduct:
    parts = tuple((part.site, part.product) for part in entry.parts)
    return GroupProduct(code=entry.code, names=names_of(entry.names), definition=entry.definition, parts=parts)


def _check_codes(codes: Iterable[str], key: str, problems: Problems) -> None:
    known: set[str] = set()
    for index, code in enumerate(codes):
        if code in known:
            problems.add((key, index, "code"), f"'{code}' is given twice; give each a code of its own")
        known.add(code)


def _check_parts(file: GroupFile, problems: Problems) -> None:
    """A part is of a works of the group. In one sum it stands once: what is added twice is made up."""
    sites = {site.code for site in file.sites}
    for number, product in enumerate(file.products):
        known: set[tuple[str, str]] = set()
        for index, part in enumerate(product.parts):
            at = ("products", number, "from", index)
            if part.site not in sites:
                problems.add((*at, "site"), f"'{part.site}' is not of this group; {did_you_mean(part.site, sites)}")
            if (part.site, part.product) in known:
                problems.add(at, f"{part.product} of {part.site} is added already; keep it once")
            known.add((part.site, part.product))
