"""Names by which everything of ours is found again in a Grafana. They never change for a plant: links, bookmarks and
`--prune` rely on them."""

from zlib import crc32

from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant

LONGEST = 40
"""Grafana takes uids of at most this many characters."""
APP_LABEL = ("app", "tundish")
"""On every rule: notification policies and silences match it."""
CHANNELS = ("email", "telegram", "webhook")
"""The kinds of contact point, in Grafana's words."""
TAG = "tundish"
"""On every board, for the search of Grafana."""


def uid(plant: Plant, *words: str) -> str:
    """A uid that only this plant's objects have: tundish-SITE-WORDS, with a long middle replaced by its checksum."""
    full = "-".join(("tundish", plant.site, *words))
    if len(full) <= LONGEST:
        return full
    return f"td-{crc32(full.encode()):08x}-{words[-1]}"[:LONGEST]


def made_by_us(plant: Plant, found: str) -> bool:
    """Whether a uid has the form of ours. A copy that somebody made of a board or a rule keeps its tags and labels, and
    gets a uid of its own: it is theirs.
    """
    return found.startswith((f"tundish-{plant.site}-", "td-"))


def all_folder_uids(plant: Plant) -> frozenset[str]:
    """Of every folder that was ever made for this plant, whatever its languages are now."""
    return frozenset((rules_folder_uid(plant), *(folder_uid(plant, language) for language in LANGUAGES)))


def all_contact_uids(plant: Plant) -> frozenset[str]:
    """Of every contact point that was ever made for this plant."""
    return frozenset(uid(plant, channel) for channel in CHANNELS)


def folder_uid(plant: Plant, language: Language) -> str:
    """The folder of the boards in one language."""
    return uid(plant, language)


def rules_folder_uid(plant: Plant) -> str:
    """The folder of the alert rules."""
    return uid(plant, "alerts")


def board_uid(plant: Plant, key: str, language: Language) -> str:
    """A board."""
    return uid(plant, key, language)


def calculated_uid(plant: Plant) -> str:
    """The data source of the calculated tables."""
    return uid(plant, "data")


def raw_uid(plant: Plant) -> str:
    """The data source of telemetry and source_health."""
    return uid(plant, "raw")


RAW_TABLES = frozenset({"telemetry", "source_health"})


def data_source_uid(plant: Plant, table: str) -> str:
    """The data source that has a table."""
    return raw_uid(plant) if table in RAW_TABLES else calculated_uid(plant)
