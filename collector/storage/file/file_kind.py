"""What a kind of file is: its name, its mark, its schema and the steps from older schemas to it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """One kind of SQLite file in the data folder.

    `schema` makes the present `version` from nothing; `migrations[n]` makes version n + 1 from version n.
    `tables` are those whose rows are worth saving from a damaged file, in the order in which they are copied.
    `commit_number`: SQL that gives the number of the commit under way (`commit_mark`). `summed_since`: the version from
    which on each page has a checksum beside the file (`page_sums`); None: its rows have their own. `read_in_turn`:
    tables with such rows, each of which is read before it is used: of a large file they are not looked through before.
    """

    name: str
    what: str
    application_id: int
    version: int
    schema: str
    migrations: Mapping[int, str]
    tables: tuple[str, ...]
    commit_number: str
    summed_since: int | None = None
    read_in_turn: tuple[str, ...] = ()
