"""A site as its group knows it: streams of messages, and the image that they amount to. For tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collector.group.message import (
    CatalogueProduct,
    FiguresMessage,
    PublishedRow,
    SiteCatalogue,
    WithdrawnRow,
    encode_message,
)
from models.works.table import Row, RowKey

ZONE = "Asia/Almaty"


def catalogue(site: str, product: str = "pig_iron", *, definition: str = "by weighbridge") -> SiteCatalogue:
    """One product, no shops."""
    return SiteCatalogue(
        site=site,
        names={"en": site.title()},
        zone=ZONE,
        simulated=False,
        products=(
            CatalogueProduct(
                code=product, names={"en": product}, definition=definition, basis="liquid", display_unit="t"
            ),
        ),
        shops=(),
        units=(),
    )


@dataclass
class SiteSender:
    """Forms messages as a site does. `image`: by key, what it publishes now."""

    site: str
    product: str = "pig_iron"
    definition: str = "by weighbridge"
    stream: str = ""
    sent: list[FiguresMessage] = field(default_factory=list)
    image: dict[RowKey, dict[str, float | int | str]] = field(default_factory=dict)
    _revision: int = 0

    def begin(self, stream: int, made_ns: int, parts: int = 1) -> list[FiguresMessage]:
        """A new stream: the whole image, in so many messages. Those of the stream before are gone."""
        self.stream, self.sent = f"{stream:032x}", []
        keys = list(self.image)
        cuts = [keys[at::parts] for at in range(parts)]
        for at, cut in enumerate(cuts):
            self._form(made_ns + at, [self._row(key) for key in cut], [], in_image=True, ends=at == parts - 1)
        return self.sent[:]

    def publish(self, made_ns: int, rows: Sequence[Row] = (), withdrawn: Sequence[RowKey] = ()) -> FiguresMessage:
        """Rows that change, and rows that go, as one message."""
        gone = []
        for key in withdrawn:
            self.image.pop(key, None)
            self._revision += 1
            gone.append(WithdrawnRow(table=key.table, tags=key.tags, time_ns=key.time_ns, revision=self._revision))
        for row in rows:
            self.image[row.key] = dict(row.fields)
        return self._form(made_ns, [self._row(row.key) for row in rows], gone, in_image=False, ends=False)

    def _row(self, key: RowKey) -> PublishedRow:
        self._revision += 1
        return PublishedRow(
            table=key.table, tags=key.tags, time_ns=key.time_ns, revision=self._revision, fields=self.image[key]
        )

    def _form(
        self, made_ns: int, rows: Sequence[PublishedRow], gone: Sequence[WithdrawnRow], *, in_image: bool, ends: bool
    ) -> FiguresMessage:
        number = len(self.sent) + 1
        self.sent.append(
            FiguresMessage(
                site=self.site,
                stream=self.stream,
                number=number,
                made_ns=made_ns,
                in_image=in_image,
                image_ends=ends,
                catalogue=catalogue(self.site, self.product, definition=self.definition) if number == 1 else None,
                rows=tuple(rows),
                withdrawn=tuple(gone),
            )
        )
        return self.sent[-1]


def site_row(site: str, day: int, grams: int, product: str = "pig_iron") -> Row:
    """A row of a works, whose time is that of a day as a number."""
    tags = {"level": "site", "product": product, "shop": "all", "site": site, "unit": "all"}
    return Row(RowKey.of("output_day", day, tags), {"actual_t": grams / 1_000_000, "status": 0})


def data_of(message: FiguresMessage) -> bytes:
    """As it lies in the topic."""
    return encode_message(message)
