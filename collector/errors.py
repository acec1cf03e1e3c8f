"""The tree of errors, grouped by what the caller does next. The text of each says what happened, where, and what to do.

CollectorError
│
│   A person corrects what was given, then asks again. Exit code 1; 2 for a configuration.
├── ConfigurationError      the named place in plant.yaml
├── EntryRefused            an entry: a plan, a repair, a correction, the closing of a month, a mute
│   └── ToConfirm           an entry that may be right: it is taken once it is confirmed
├── ImportRefused           rows of a file; or the good ones are kept with --keep-good
├── UnreadableFile          a whole file
├── NoSuchRecord            the name of a quarantined record
├── FilesDiffer             files that are kept beside the code are made anew
├── ProvisioningFailed      a database or a Grafana is set up again; what is done already is left as it is
│
│   A person removes what is in the way, then starts again.
├── CannotStart             a precondition is missing
│   ├── QueueFileTooNew     a newer version wrote the file
│   ├── AlreadyRunning      another process owns the data folder
│   └── BackupFailed        a copy could not be made or brought back; the service's own files are as they were
│
│   The program keeps what it holds, waits, and tries again.
├── SourceUnavailable       poll again after a backoff
│   └── SourceRefused       credentials or a certificate: a person has to act, too
├── SinkUnavailable         send the rows again after a backoff
├── ChannelFailed           send the message again after its wait
├── ReportNotMade           make the report that is to be mailed again after its wait
├── StorageFull             do not acknowledge; free space, then store it again
│   ├── StorageDamaged      a file broke in use: end, for a new start sets it aside and salvages it
│   └── ClockImpossible     do not acknowledge while this host's clock cannot be right
│
│   The program goes on without it.
└── SinkRejected            set these rows aside: to send them again cannot help

Errors that never leave their module's caller are `ValueError`s beside the code that raises them, and become one of the
above or a rejection with a reason: UnitError, SecretError, DurationOutside and YamlTooLarge (configuration), Refused
with UnreadableMoment, UnreadableNumber, UnknownPlace, RefusedRow, RefusedMeasure and
RefusedFields (files), CannotWrite, CannotHold,
NoLine and Damaged (rows and lines for the database), UnknownNamespace, Undecodable, RingUnreadable and UnknownStructure
(OPC UA), UnreadablePayload (MQTT), NoRows (HTTP), UnreadableAnswer (InfluxDB), DamagedFile (data diode),
StrangeMessage, NewerMessage (the group), and UnknownRate and NoProgramme (the way to make a month).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collector.files.refusal import FileRefusal
    from collector.files.result import RowRejection
    from collector.sentence import Sentence
    from models.works.localize import Language


class CollectorError(Exception):
    """Any failure that Tundish foresees. The text says what happened, where, and the next step.

    Where it is given as a sentence, it can be told in each language, and `str()` is the English one.
    """

    def __init__(self, said: "str | Sentence") -> None:
        super().__init__(said if isinstance(said, str) else said.told("en"))
        self._said = said

    def told(self, language: "Language") -> str:
        """The text in that language, if it has one there; else the English one."""
        return self._said if isinstance(self._said, str) else self._said.told(language)


class ConfigurationError(CollectorError):
    """Correct the named place in the configuration."""


class EntryRefused(CollectorError):
    """Correct what the text names, then enter it again. `by_field`: the faults of a form, where it came from one."""

    def __init__(self, said: "str | Sentence", by_field: "Mapping[str, Sentence] | None" = None) -> None:
        super().__init__(said)
        self.by_field = by_field or {}


class ToConfirm(EntryRefused):
    """Correct what the text names, or confirm that it is so."""


class ImportRefused(CollectorError):
    """Correct the rows that the text names, then import the file again; or keep the good ones with --keep-good."""

    def __init__(self, said: "str | Sentence", rejections: "Sequence[RowRejection]") -> None:
        super().__init__(said)
        self.rejections = rejections


class UnreadableFile(CollectorError):
    """Correct the file or save it anew as the text says."""

    def __init__(self, refusal: "FileRefusal") -> None:
        super().__init__(refusal)
        self.refusal = refusal


class NoSuchRecord(CollectorError):
    """List the records, then name one of them."""


class FilesDiffer(CollectorError):
    """Make the files anew; the text says how."""


class ProvisioningFailed(CollectorError):
    """Do what the text says, and provision again: what was done already is found and left."""


class CannotStart(CollectorError):
    """Do what the text says, then start again."""


class QueueFileTooNew(CannotStart):
    """Start the version that wrote the file, or newer."""


class AlreadyRunning(CannotStart):
    """Stop the other process, or give this one a data folder of its own."""


class BackupFailed(CannotStart):
    """Do what the text says; the service's own files are as they were."""


class SourceUnavailable(CollectorError):
    """Back off, then poll again."""


class SourceRefused(SourceUnavailable):
    """Credentials or a certificate were refused: a person has to act; keep trying at the longest interval."""


class SinkUnavailable(CollectorError):
    """Keep the rows and send them again after `retry_after_s` (None: the sender's own backoff)."""

    def __init__(self, text: str, retry_after_s: float | None = None) -> None:
        super().__init__(text)
        self.retry_after_s = retry_after_s


class ChannelFailed(CollectorError):
    """Keep the message and try it again later."""


class ReportNotMade(CollectorError):
    """Keep its period and make the report again later."""


class StorageFull(CollectorError):
    """Do not acknowledge what was to be stored; free space, then try again."""


class StorageDamaged(StorageFull):
    """Do not acknowledge what was to be stored; start again, then the damaged file is set aside and salvaged."""


class ClockImpossible(StorageFull):
    """Do not acknowledge what was to be stored: its times would be wrong; set the clock of this host."""


class SinkRejected(CollectorError):
    """Set these rows aside; retrying cannot help.

    `refused` is the database's own sentence; `dropped` is how many rows it says it refused (None: it did not say).
    `doubtful`: the sentence names no fault of a row, so it may be about something else; `too_large`: the request was.
    """

    def __init__(
        self,
        text: str,
        refused: str | None = None,
        dropped: int | None = None,
        *,
        doubtful: bool = False,
        too_large: bool = False,
    ) -> None:
        super().__init__(text)
        self.refused = text if refused is None else refused
        self.dropped = dropped
        self.doubtful = doubtful
        self.too_large = too_large
