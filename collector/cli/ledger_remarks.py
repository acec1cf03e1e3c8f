"""What a configuration means for what the ledger holds already, as sentences: `check`, `status` and `run` say them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

    from collector.config.settings import Settings


def ledger_remarks(connection: "apsw.Connection", settings: "Settings") -> list[str]:
    """What the configuration changes in figures that are there, counters that will be read elsewhere, tonnes that stand
    where the plant expects none, and numbers of projects and indicators that it does not have."""
    from collector.storage.ledger.misplaced import misplaced
    from collector.storage.ledger.projects import undeclared_remarks

    return [
        *changes_to_history(connection, settings),
        *changed_addresses(connection, settings),
        *map(str, misplaced(connection, settings.plant)),
        *undeclared_remarks(connection, settings.codes),
    ]


def changes_to_history(connection: "apsw.Connection", settings: "Settings") -> list[str]:
    """What this configuration does to figures that the ledger made by the last one."""
    from collector.storage.ledger import configurations
    from models.books.changed_history import changed_history

    before = configurations.newest(connection)
    return [] if before is None else changed_history(before, settings.plant)


def changed_addresses(connection: "apsw.Connection", settings: "Settings") -> list[str]:
    """The counting tags that are configured at another address than the one that they were last read at."""
    from collector.sources.base import address_text
    from collector.storage.ledger.addresses import newest

    known = newest(connection)
    found = []
    for source in settings.sources.values():
        for _, tag, address in source.tags:
            place = source.type.place(source.config, address)
            now = None if place is None else address_text(tag, place)
            if now is not None and known.get(tag.name, now) != now:
                found.append(
                    f"{tag.name} was read at {known[tag.name]}, and will be read at {now}: it starts anew there, and "
                    "what is made between the last reading and the first is not counted"
                )
    return found
