"""What is raised where something of a file is refused. Pure."""

from collector.errors import UnreadableFile
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.refusal_text import refusal_text


class Refused(ValueError):
    """Something that a person wrote is refused. `field` is the column that it stands in, where that is known."""

    def __init__(self, code: RefusalCode, /, **parameters: object) -> None:
        self.refusal = FileRefusal(code, parameters)
        self.field: str | None = None
        super().__init__(refusal_text(self.refusal))


def unreadable(code: RefusalCode, /, **parameters: object) -> UnreadableFile:
    """The error that a whole file is refused with."""
    refusal = FileRefusal(code, parameters)
    return UnreadableFile(refusal_text(refusal), refusal)
