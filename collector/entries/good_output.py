"""How much of the output of units was good, month by month: what files may name, and taking a month back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import apsw

from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused
from collector.files.made_products import made_by
from collector.files.measure_texts import measure_text
from collector.files.plain_table import plain_word
from collector.sentence import NamedMonth
from collector.storage.ledger import measures as ledger_measures
from collector.storage.ledger.changes import after_all
from models.stated.good_output import good_subject
from models.stated.measure import OF_UNITS, newest
from models.works.localize import LANGUAGES, Language
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class UnitOutput:
    """What a unit makes of one product. `alone`: it makes no other, so that its own name is enough."""

    unit: str
    product: str
    alone: bool

    @property
    def subject(self) -> str:
        """What a measure of it is of."""
        return good_subject(self.unit, self.product)

    def name(self, plant: Plant, language: Language) -> str:
        """BF 3; of several products BF 3, Pig iron."""
        unit = plant.units[self.unit].name(language)
        return unit if self.alone else f"{unit}, {plant.products[self.product].name(language)}"


def outputs_of(plant: Plant) -> Iterator[UnitOutput]:
    """What each unit makes, product by product."""
    for code in plant.units:
        products = made_by(plant, code)
        yield from (UnitOutput(code, product, alone=len(products) == 1) for product in products)


def output_names(plant: Plant) -> Mapping[str, str]:
    """What measures are of, by every way to write it: a unit by name or code, and with its product."""
    found: dict[str, str] = {}
    for each in outputs_of(plant):
        words = {each.subject, *(each.name(plant, language) for language in LANGUAGES)}
        words |= {each.unit} if each.alone else set()
        found |= {plain_word(word): each.subject for word in words}
    return found


def withdraw_good(entries: EntryFile, subject: str, month: int, author: str, said: str) -> None:
    """Take back what stands of a month (the ordinal of its first day); every word stays on record. `said`: what the
    person calls it.

    Raises EntryRefused: nothing stands of it.
    """

    def post(connection: apsw.Connection) -> None:
        stated = newest(ledger_measures.read(connection, {}))
        stands = [each for each in stated if (each.subject, each.start) == (subject, month) and each.kind in OF_UNITS]
        if not stands:
            raise EntryRefused(measure_text("no_good_to_withdraw", unit=said, month=NamedMonth(month)))
        at_ns = after_all(connection, entries.clock_ns())
        ledger_measures.add(connection, [replace(each, author=author, withdrawn=True) for each in stands], at_ns)

    entries.write(post)
