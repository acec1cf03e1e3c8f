"""What keeps a source from connecting though its entry is sound: files of certificates and keys."""

from collections.abc import Iterator
from datetime import datetime

from collector.config.settings import Settings
from collector.errors import SourceRefused
from collector.sources.opcua.config import OpcUaConfig


def refused_files(settings: Settings, now: datetime) -> Iterator[str]:
    """A line for each source whose files are missing, expired or do not fit at `now` (aware), with the next step.

    They are no fault of the file: the other sources are read all the same, and a replaced file needs no restart.
    """
    for name, source in settings.sources.items():
        if isinstance(source.config, OpcUaConfig):
            from collector.sources.opcua.security import load_credentials  # a second of CPU, for these sources alone

            try:
                load_credentials(source.config, settings.folder, now)
            except SourceRefused as error:
                yield f"source {name} cannot connect: {error}"
