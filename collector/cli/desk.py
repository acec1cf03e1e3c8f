"""`tundish desk`: the web page, in a process of its own beside the collector."""

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.say import say

LISTENS = "the desk listens on"
"""Printed once the port is ours; `tundish demo` waits for it."""


def desk(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Serve the pages of the desk until Ctrl-C, to browsers on this machine unless plant.yaml says otherwise.

    Raises:
        ConfigurationError: the configuration has faults; its text names them all.
        CannotStart: the address is in use, or other hosts reach it while nobody can sign in.
    """
    import sys
    from dataclasses import asdict

    from collector.access.access_file import AccessFile
    from collector.access.token_file import TokenFile
    from collector.cli.desk_briefings import DeskBriefings
    from collector.cli.desk_figures import DeskFigures
    from collector.cli.desk_files import DeskFiles
    from collector.cli.desk_fuel import DeskFuel
    from collector.cli.desk_heat import DeskHeat
    from collector.cli.desk_recovery import DeskRecovery
    from collector.cli.desk_reports import DeskReports
    from collector.cli.desk_why import DeskWhy
    from collector.config.load import load
    from collector.entries.alert_desk import LedgerAlertDesk
    from collector.entries.changes_desk import RecordedChangesDesk
    from collector.entries.desk_actions import DeskEntries
    from collector.entries.entry_desk import LedgerEntryDesk
    from collector.entries.entry_file import EntryFile
    from collector.entries.repair_desk import LedgerRepairDesk
    from collector.entries.safety_desk import LedgerSafetyDesk
    from collector.entries.sign_desk import LedgerSignDesk
    from collector.errors import CannotStart
    from collector.service.logs import configure_logs
    from collector.storage.ledger.desk_reader import LedgerDesk
    from collector.storage.ledger.schema import LEDGER
    from dashboards.web.app import run
    from dashboards.web.door import DeskDoor, OidcDoor, ProxyDoor
    from dashboards.web.errors import DeskRefused
    from dashboards.web.parts import DeskParts

    settings = load(named_plant(place, plant))
    configure_logs(json_lines=not sys.stderr.isatty(), queued=True)
    data = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
    simulated = "SIMULATED works: " if settings.plant.simulated else ""
    desk = settings.desk
    door = DeskDoor(
        host=desk.host,
        port=desk.port,
        addresses=desk.addresses,
        tls=None if desk.tls is None else (str(desk.tls[0]), str(desk.tls[1])),
        open_to_read=desk.open_to_read,
        oidc=None if desk.oidc is None else OidcDoor(**asdict(desk.oidc), desk_address=desk.addresses[0]),
        proxy=None if desk.proxy is None else ProxyDoor(header=desk.proxy.header, secret=desk.proxy.secret),
    )
    files = DeskFiles(settings)
    try:
        parts = DeskParts(
            data=data,
            actions=DeskEntries(EntryFile(settings)),
            alerts=LedgerAlertDesk(EntryFile(settings)),
            entry=LedgerEntryDesk(EntryFile(settings)),
            repairs=LedgerRepairDesk(EntryFile(settings)),
            safety=LedgerSafetyDesk(EntryFile(settings)),
            signing=LedgerSignDesk(EntryFile(settings)),
            files=files,
            access=AccessFile(settings.data_dir),
            reports=DeskReports(settings),
            briefings=DeskBriefings(settings),
            changes=RecordedChangesDesk(EntryFile(settings), AccessFile(settings.data_dir)),
            tokens=TokenFile(settings.data_dir),
            figures=DeskFigures(settings),
            heat=DeskHeat(settings),
            fuel=DeskFuel(settings),
            why=DeskWhy(settings),
            recovery=DeskRecovery(settings),
        )
        run(parts, door, lambda address: say(f"{simulated}{LISTENS} {address}"))
    except DeskRefused as error:
        # dashboards may not import collector, so it has an error of its own.
        raise CannotStart(str(error)) from error
    finally:
        files.close()
