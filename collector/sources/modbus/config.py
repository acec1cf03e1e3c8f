"""The keys of a Modbus TCP source and of its tags in `plant.yaml`."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from collector.config.duration import Lapse, Pause, Wait
from collector.sources.base import SourceConfig, TimeFrom
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


class ModbusAddress(StrictModel):
    """The keys of a tag that is read over Modbus."""

    table: Literal["holding", "input", "coil", "discrete_input"] = Field(
        default="holding",
        description="holding or input registers, coils or discrete inputs; 4xxxx in a manual is holding, 3xxxx input",
    )
    first: Annotated[int, Field(ge=0, le=65535)] = Field(
        alias="register",
        description="the number of its first register from 0: register 40001 of a manual is 0 of holding",
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

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.table in BITS) != (self.type == "bit"):
            raise ValueError(f"a {self.table} is read as {'bit' if self.table in BITS else 'a number'}; correct type")
        if self.first + self.size > 65536:
            raise ValueError(f"{self.type} at register {self.first} ends beyond 65535, the last register")
        return self
