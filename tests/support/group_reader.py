"""What a reader of a site's messages holds, as the group's ledger does: applied in order, each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collector.group.message import FiguresMessage, GroupAnswer, decode_message
from models.works.table import FieldValue, RowKey

Held = dict[RowKey, Mapping[str, FieldValue]]


@dataclass
class GroupReader:
    """`rows`: what is shown. A new stream is built beside them, and takes their place when its image stands."""

    stream: str = ""
    taken: int = 0
    rows: Held = field(default_factory=dict)
    image: Held | None = None
    applied: list[int] = field(default_factory=list)

    def copied(self) -> "GroupReader":
        """As it is now, for a group that is brought back from a copy."""
        image = None if self.image is None else dict(self.image)
        return GroupReader(self.stream, self.taken, dict(self.rows), image, [*self.applied])

    def take(self, body: bytes) -> GroupAnswer:
        """The answer to a message that came."""
        message = decode_message(body)
        if message.stream != self.stream:
            if message.number != 1:
                return GroupAnswer(site=message.site, stream=message.stream, taken=0, resend=True)
            self.stream, self.taken, self.image, self.applied = message.stream, 0, {}, []
        if message.number > self.taken + 1:
            return GroupAnswer(site=message.site, stream=self.stream, taken=self.taken, resend=True)
        if message.number == self.taken + 1:
            self._apply(message)
        return GroupAnswer(site=message.site, stream=self.stream, taken=self.taken, resend=False)

    def _apply(self, message: FiguresMessage) -> None:
        assert message.in_image == (self.image is not None)
        held = self.rows if self.image is None else self.image
        for word in message.withdrawn:
            held.pop(word.key(), None)
        for said in message.rows:
            held[said.key()] = said.fields
        if message.image_ends:
            assert self.image is not None
            self.rows, self.image = self.image, None
        self.taken = message.number
        self.applied.append(message.number)
