"""The tree of errors. Each name, or its first sentence, is the caller's next step.

CollectorError
├── ConfigurationError      shown as it stands; exit code 2
├── CannotStart             a precondition of the service is missing; exit code 1
│   ├── QueueFileTooNew     the file was written by a newer version
│   └── AlreadyRunning      another process owns the data folder
├── SourceUnavailable       back off, then poll again
│   └── SourceRefused       credentials or certificates: backing off will not help alone, tell a person
├── SinkUnavailable         keep the rows, back off, send again
├── SinkRejected            set these rows aside; retrying cannot help
└── StorageFull             do not acknowledge; free space, then try again
    └── StorageDamaged      a file broke while in use: start again, then it is set aside and salvaged
"""


class CollectorError(Exception):
    """Any failure that Tundish foresees. The text says what happened, where, and the next step."""


class ConfigurationError(CollectorError):
    """Mend the named place in the configuration."""


class CannotStart(CollectorError):
    """Do what the text says, then start again."""


class QueueFileTooNew(CannotStart):
    """Start the version that wrote the file, or newer."""


class AlreadyRunning(CannotStart):
    """Stop the other process, or give this one a data folder of its own."""


class SourceUnavailable(CollectorError):
    """Back off, then poll again."""


class SourceRefused(SourceUnavailable):
    """Credentials or a certificate were refused: a person has to act; keep trying at the longest interval."""


class SinkUnavailable(CollectorError):
    """Keep the rows and send them again after `retry_after_s` (None: the sender's own backoff)."""

    def __init__(self, text: str, retry_after_s: float | None = None) -> None:
        super().__init__(text)
        self.retry_after_s = retry_after_s


class SinkRejected(CollectorError):
    """Set these rows aside; retrying cannot help.

    `refused` is the database's own sentence; `dropped` how many rows it says it refused (None: it did not say).
    """

    def __init__(self, text: str, refused: str | None = None, dropped: int | None = None) -> None:
        super().__init__(text)
        self.refused = text if refused is None else refused
        self.dropped = dropped


class StorageFull(CollectorError):
    """Do not acknowledge what was to be stored; free space, then try again."""


class StorageDamaged(StorageFull):
    """Do not acknowledge what was to be stored; start again, then the damaged file is set aside and salvaged."""


class FilesDiffer(CollectorError):
    """Make the files anew; the text says how."""


class ProvisioningFailed(CollectorError):
    """Do what the text says, and provision again: what was done already is found and left."""
