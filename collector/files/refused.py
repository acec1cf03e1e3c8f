"""What is raised where something of a file is refused. Pure."""

from typing import TYPE_CHECKING

from collector.errors import UnreadableFile
from collector.files.refusal import FileRefusal, RefusalCode

if TYPE_CHECKING:
    from models.works.localize import Language


class Refused(ValueError):
    """Something that a person wrote is refused. `field` is the column that it stands in, where that is known."""

    def __init__(self, code: RefusalCode, /, **parameters: object) -> None:
        self.refusal = FileRefusal(code, parameters)
        self.field: str | None = None
        super().__init__(code)

    def __str__(self) -> str:
        return self.told("en")

    def told(self, language: "Language") -> str:
        """What is wrong and what to do, in that language."""
        return self.refusal.told(language)


def unreadable(code: RefusalCode, /, **parameters: object) -> UnreadableFile:
    """The error that a whole file is refused with."""
    return UnreadableFile(FileRefusal(code, parameters))
