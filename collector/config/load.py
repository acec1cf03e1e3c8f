"""Loads plant.yaml: reads it, checks everything, and reports all faults at once."""

import os
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from collector.config import checks
from collector.config.accidents import accident_terms, check_accidents
from collector.config.alerts_document import AlertsEntry
from collector.config.build import build
from collector.config.check_alarms import check_alarms
from collector.config.check_alerts import resolve_alerts
from collector.config.check_desk import resolve_desk
from collector.config.check_detection import check_detection, check_kinds, check_limits
from collector.config.check_fuel import check_fuel
from collector.config.check_grafana import check_grafana
from collector.config.check_group import resolve_kafka
from collector.config.check_heat import check_heat
from collector.config.check_imports import check_imports, import_rules
from collector.config.check_nameplate import check_nameplates
from collector.config.check_postgres import check_exact_sink, resolve_postgres
from collector.config.check_reports import resolve_reports
from collector.config.check_services import check_source_secrets, resolve_influx
from collector.config.check_tags import check_tags
from collector.config.desk_document import DeskEntry
from collector.config.detection_document import LimitsEntry
from collector.config.entries import parse_document
from collector.config.fuel import fuel_of, fuel_tags
from collector.config.heat import heat_of
from collector.config.measures import check_measures, indicators_of, projects_of
from collector.config.mine_safety import check_mine_safety, sensor_tags, workings_of
from collector.config.problem import Problems
from collector.config.sentences import MISSING
from collector.config.settings import JournalLimits, Listener, Settings
from collector.config.stop_reasons import check_reasons, reasons_of
from collector.config.yaml_file import read_readable
from collector.diode.settings import DiodeSettings
from collector.errors import ConfigurationError
from collector.sources.base import SourceType
from collector.sources.registry import source_types


def load(
    path: Path,
    *,
    types: Mapping[str, SourceType] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in `path`: a file, or a folder of *.yaml files that are merged in the order of their names.

    `types` are the known types of source (default: those of `collector.sources`), `environment` is where secrets may
    stand (default: that of the process).

    Raises:
        ConfigurationError: its text names every fault, one a line, as `file:line path: bad value and fix`.
    """
    types = source_types() if types is None else types
    environment = os.environ if environment is None else environment
    problems = Problems()
    document = read_readable(path, problems)
    folder = (path if path.is_dir() else path.parent).resolve()

    file, entries = parse_document(document.data, types, problems)
    if document.unread:
        # What is missing may stand in what could not be read, and so may whatever the rest refers to.
        problems.found[:] = [problem for problem in problems.found if not problem.text.startswith(MISSING)]
        raise ConfigurationError("\n".join([*document.unread, *problems.lines(document.marks)]))
    tags = check_tags(entries, problems)
    checks.check_codes(entries, document.marks, problems)
    checks.check_products(entries, problems)
    checks.check_reported(entries, problems)
    checks.check_units(entries, problems)
    check_nameplates(entries, problems)
    checks.check_by_hand(entries, problems)
    checks.check_service(entries, problems)
    check_alarms(entries, problems)
    checks.check_balance(entries, problems)
    check_imports(entries, problems)
    for at, shop in entries.shops:
        checks.check_calendar((*at, "calendar"), shop.calendar, problems)
    check_source_secrets(entries, folder, environment, problems)
    check_reasons(document.data, problems)
    check_accidents(document.data, problems)
    check_measures(document.data, problems)
    check_heat(document.data, entries, problems)
    check_fuel(document.data, entries, problems)
    check_mine_safety(document.data, entries, problems)
    checks.check_zone_database(problems)
    if entries.site:
        checks.check_zone(("site", "zone"), entries.site.zone, problems)
    # What has a fault stands in no entry, and is told already.
    desk = resolve_desk(entries.desk or DeskEntry(), folder, environment, problems)
    if entries.grafana:
        check_grafana(entries, entries.grafana, problems)
    if entries.limits:
        check_limits(entries.kinds(), entries.limits, problems)
    if entries.detection:
        check_detection(entries.kinds(), entries.detection, entries.limits, problems)
        check_kinds(entries.units, entries.detection, entries.limits or LimitsEntry(), problems)
    alerts = resolve_alerts(entries, entries.alerts, folder, environment, problems) if entries.alerts else None
    report_mails = resolve_reports(document.data, entries.alerts or AlertsEntry(), folder, environment, problems)
    influx = resolve_influx(entries.influx, folder, environment, problems) if entries.influx else None
    postgres = resolve_postgres(entries.postgres, folder, environment, problems) if entries.postgres else None
    group = resolve_kafka(entries.group, ("group",), folder, environment, problems) if entries.group else None
    if entries.influx:
        check_exact_sink(entries.influx, entries.postgres, problems)
    if isinstance(document.data.get("diode"), dict) and (entries.influx or entries.postgres):
        problems.add(("diode",), "there is a database too; give one of the two: rows go to one place")
    # Nothing is built from a file with a fault, so that building needs no checks of its own.
    if problems.found or file is None or alerts is None:
        raise ConfigurationError("\n".join(problems.lines(document.marks)))

    plant, sources = build(file, tags, entries.sources)
    fuel = fuel_of(file, plant)
    plant = replace(plant, measured={**fuel_tags(fuel), **plant.measured, **sensor_tags(file)})
    return Settings(
        plant=plant,
        sources=sources,
        imports=import_rules(file.imports),
        influx=influx,
        postgres=postgres,
        diode=DiodeSettings((folder / file.diode.folder).resolve(), file.diode.max_bytes) if file.diode else None,
        group=group,
        grafana=file.grafana,
        alerts=alerts,
        journal=JournalLimits(file.journal.max_bytes, file.journal.max_age_days, file.journal.min_free_bytes),
        data_dir=(folder / file.data_dir).resolve(),
        metrics=Listener(file.metrics.host, file.metrics.port),
        desk=desk,
        stop_reasons=reasons_of(file.stop_reasons),
        accidents=accident_terms(file.accidents),
        workings=workings_of(file),
        indicators=indicators_of(file.indicators),
        projects=projects_of(file.projects, plant.products),
        report_mails=report_mails,
        file=path.resolve(),
        heat=heat_of(file.heat_supply),
        fuel=fuel,
        folder=folder,
        longest_gap_s=file.collector.longest_gap,
        future_tolerance_s=file.collector.future_tolerance,
        collector=file.collector.name or socket.gethostname(),
    )
