"""`tundish verify`: the signatures under the figures of days, against their own digests and the figures of now."""

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import apsw

from collector.errors import StorageDamaged
from collector.storage.file.opening import failure_in_use
from collector.storage.file.sql import FILE_ERRORS, pragma
from collector.storage.file.sqlite_file import open_reader
from collector.storage.ledger import configurations, signatures, signed_rows
from collector.storage.ledger.schema import LEDGER
from dashboards.report.signed import author_text, scope_name, signature_text
from models.stated.signature import DaySignature, SignatureState
from models.works.plant import Plant


def signatures_proved(data: Path) -> Iterator[str]:
    """A line for each signature that does not hold any more, and how many do.

    Raises StorageDamaged, after the lines of the others: a signature is not as it was stored.
    """
    path = data / LEDGER.name
    if not path.exists():
        return
    try:
        with contextlib.closing(open_reader(path)) as connection:
            if pragma(connection, "user_version") != LEDGER.version:
                return  # an older version kept none
            connection.execute("BEGIN")
            plant = configurations.newest(connection)
            broken: list[str] = []
            if plant is not None:
                yield from _proved(connection, plant, path, broken)
    except FILE_ERRORS as error:
        raise failure_in_use(path, error) from error
    if broken:
        raise StorageDamaged(
            f"{path}: {'; '.join(broken)}: not as stored, so nobody can rely on it; bring the ledger back from a "
            "backup (tundish restore), or have the day signed again"
        )


def _proved(connection: apsw.Connection, plant: Plant, path: Path, broken: list[str]) -> Iterator[str]:
    held = replaced = 0
    for day in signatures.signed_days(connection):
        judged = {each.scope: each for each in signatures.judged_day(connection, plant, day)}
        if late := signed_rows.not_shown(connection, plant, day, judged.values()):
            yield (
                f"{path}: {date.fromordinal(day).isoformat()}: {len(late)} published rows are signed and not refined "
                "yet: the service puts them right when it starts"
            )
        for signature in signatures.of_day(connection, day):
            scope = judged.get(signature.scope)
            if not signature.is_as_written:
                broken.append(_named(plant, signature))
            elif scope is None:
                yield f"{path}: {_named(plant, signature)}: its shop is not one of the plant's any more"
            elif scope.signature is not None and scope.signature.id != signature.id:
                replaced += 1
            elif scope.state is SignatureState.HOLDS:
                held += 1
            else:
                yield f"{path}: {_named(plant, signature)}: {signature_text(plant, scope, 'en')}"
    if held or replaced:
        yield f"{path}: {held} signatures hold; {replaced} were replaced by newer ones and are as stored"


def _named(plant: Plant, signature: DaySignature) -> str:
    day = date.fromordinal(signature.day).isoformat()
    scope = scope_name(plant, signature.scope, "en")
    return f"signature No. {signature.id} of {day} for {scope} by {author_text(signature)}"
