"""What must hold for the section about Grafana."""

from urllib.parse import urlsplit

from collector.config.entries import Entries
from collector.config.grafana_document import GrafanaEntry
from collector.config.problem import Path, Problems
from collector.config.sentences import did_you_mean


def check_grafana(entries: Entries, entry: GrafanaEntry, problems: Problems) -> None:
    """One way to log in, a database to show, and recurring repairs of known units that end after they start."""
    path: Path = ("grafana",)
    for key, address in (("url", entry.url), ("influxdb_url", entry.influxdb_url)):
        if address is not None and urlsplit(address).username is not None:
            problems.add((*path, key), "the address holds a login; give user and password_file (or token_file) instead")
    if entry.token_file is not None and (entry.user is not None or entry.password_file is not None):
        problems.add((*path, "token_file"), "a token and a user are given; remove one of them")
    if entry.password_file is not None and entry.user is None:
        problems.add((*path, "password_file"), "the key user is missing; a user and a password go together")
    if len(set(entry.languages)) < len(entry.languages):
        problems.add((*path, "languages"), "a language is given twice; keep one")
    if entries.influx is None and entries.postgres is None:
        problems.add(
            path, "there is no section influxdb or postgres, and Grafana reads only these; add one, or remove grafana"
        )
    for index, repair in enumerate(entry.notify.recurring_repairs if entry.notify else ()):
        at = (*path, "notify", "recurring_repairs", index)
        for number, unit in enumerate(repair.units):
            if unit not in entries.known("unit"):
                hint = did_you_mean(unit, entries.known("unit"))
                problems.add((*at, "units", number), f"'{unit}' is not a unit of this plant; {hint}")
        if repair.end <= repair.start:
            problems.add((*at, "end"), f"'{repair.end}' is not after '{repair.start}'; split a repair at midnight")
