"""The keys of a Modbus TCP source and of its tags in `plant.yaml`."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from collector.config.duration import Lapse, Pause, Wait
from collector.sources.base import SourceConfig, TimeFrom
from collector.sources.newest import NO_SIGN, Numbered, given_members, has_sign
from models.works.strict import StrictModel

NumberType = Literal["int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "bit"]
BITS = ("coil", "discrete_input")
WORDS = {"int16": 1, "uint16": 1, "int32": 2, "uint32": 2, "float32": 2, "int64": 4, "uint64": 4, "float64": 4}
"""By type, how many registers of 16 bits its value takes."""


class ModbusConfig(SourceConfig):
    """A Modbus TCP device: a weighing terminal, a belt scale, a gateway."""

    type: Literal["modbus"] = Field(description="modbus")
    time_from: TimeFrom = Field(
        default="receive", description="receive: a Modbus device says no times, so a reading is stamped on arrival"
    )
    host: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$", max_length=253)] = (
        Field(description="the name or address of the device, such as 10.0.0.9")
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=502, description="its port")
    device: Annotated[int, Field(ge=0, le=255)] = Field(
        default=1, description="the number of the device (unit id); a gateway has several behind one address"
    )
    poll: Pause = Field(default=1.0, description="the time between two polls")
    # A device answers within tenths of a second; a gateway with a slow serial line behind it takes one or two.
    timeout: Wait = Field(default=3.0, description="the longest wait for one answer")
    retry_bad: Lapse = Field(
        default=60.0, description="the time after which a register that the device refuses is tried again"
    )

    @model_validator(mode="after")
    def _without_times(self) -> Self:
        if self.time_from != "receive":
            raise ValueError("a Modbus device says no times: leave time_from out, or give receive")
        return self


RegisterNumber = Annotated[int, Field(ge=0, le=65535)]
_FIRST = "the number of its first register from 0: register 40001 of a manual is 0 of holding"


class _Registers(StrictModel):
    table: Literal["holding", "input", "coil", "discrete_input"] = Field(
        default="holding",
        description="holding or input registers, coils or discrete inputs; 4xxxx in a manual is holding, 3xxxx input",
    )
    type: NumberType = Field(
        default="uint16", description="how its registers are one number; bit for coils and discrete inputs"
    )
    words: Literal["big", "little"] = Field(
        default="big", description="which register of a longer number comes first: big (the highest) or little"
    )
    bytes: Literal["big", "little"] = Field(
        default="big", description="the order of the two bytes in a register; big is the protocol's own"
    )

    @property
    def size(self) -> int:
        """How many registers, or bits, it takes."""
        return WORDS.get(self.type, 1)


class RegisterPlace(_Registers):
    """Where one number is."""

    first: RegisterNumber = Field(alias="register", description=_FIRST)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.table in BITS) != (self.type == "bit"):
            raise ValueError(f"a {self.table} is read as {'bit' if self.table in BITS else 'a number'}; correct type")
        if self.first + self.size > 65536:
            raise ValueError(f"{self.type} at register {self.first} ends beyond 65535, the last register")
        return self

    def __str__(self) -> str:
        order = "" if self.size == 1 else f" {self.words} words {self.bytes} bytes"
        return f"{self.table} {self.first} as {self.type}{order}"


class NewestRegisters(StrictModel):
    """The registers of a device that shows the newest event alone, until the next one."""

    tonnes: RegisterPlace = Field(description="the weight, in source_unit_of_measure if that is given")
    tare: RegisterPlace | None = Field(default=None, description="the weight of the empty vessel, which is taken away")
    key: RegisterPlace | None = Field(default=None, description="the works' own number of the heat, tap or wagon")
    counter: RegisterPlace | None = Field(default=None, description="a counter that rises by one with each event")
    ready: RegisterPlace | None = Field(default=None, description="a bit that is 1 while the rest is whole, else 0")
    end: RegisterPlace | None = Field(default=None, description="the end time, in seconds since 1970")
    numbered: Numbered = True

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if not has_sign(self):
            raise ValueError(NO_SIGN)
        return self

    def __str__(self) -> str:
        return " ".join(f"{name} {place}" for name, place in given_members(self).items())


class ModbusAddress(_Registers):
    """The keys of a tag that is read over Modbus: a register for what is measured, `newest` for events."""

    first: RegisterNumber | None = Field(default=None, alias="register", description=_FIRST)
    newest: NewestRegisters | None = Field(
        default=None, description="the registers of a device that shows its newest event alone"
    )

    @property
    def place(self) -> RegisterPlace:
        """Where the one number of it is; not of a newest event."""
        assert self.first is not None  # noqa: S101 - validated below
        return RegisterPlace(register=self.first, table=self.table, type=self.type, words=self.words, bytes=self.bytes)

    def __str__(self) -> str:
        return str(self.newest or self.place)

    def complaint(self, kind: str) -> str | None:
        """What is wrong with it for a tag of that kind; None if nothing is."""
        given, wanted = "register" if self.newest is None else "newest", "newest" if kind == "event" else "register"
        return None if given == wanted else f"a tag of kind {kind} is read through {wanted}, not {given}; give that"

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.first is None) == (self.newest is None):
            raise ValueError("give either register, or newest for an event")
        if self.first is not None:
            _ = self.place
        return self
