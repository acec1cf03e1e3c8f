"""The keys of a drop folder and of its tags in `plant.yaml`."""

from typing import Literal, Self

from pydantic import Field, model_validator

from collector.config.duration import Lapse, Pause, Wait
from collector.config.fields import Text, Zone
from collector.files.sheet import SUFFIXES
from collector.sources.base import Clock, Code, SourceConfig
from collector.sources.row_times import TimeFormat
from collector.sources.rows import RowAddress
from models.works.strict import StrictModel


class DroppedKind(StrictModel):
    """Files of one layout."""

    files: list[Text] = Field(min_length=1, description="patterns of file names, such as 'ladles*.csv'")
    what: Literal["rows", "figures"] = Field(
        default="rows",
        description="rows (readings and events of tags, by their columns) or figures (stated output, read as `tundish "
        "import` reads it, by the entries of imports)",
    )
    sheet: Text | None = Field(default=None, description="the sheet to read; each that has the columns if missing")
    time_format: TimeFormat | None = None
    number_format: Literal["1234.5", "1,234.5", "1 234,5", "1.234,5"] | None = Field(
        default=None, description="how numbers are written as text; 1,234 is refused without it"
    )


class FilesConfig(SourceConfig):
    """A drop folder: files come there, are read when they are whole, and are moved to done/ or rejected/."""

    type: Literal["files"] = Field(description="files")
    clock: Clock = Field(
        default="trust",
        description="what is done with times that are off: trust (if missing; files come when they come), correct, "
        "refuse",
    )
    folder: Text = Field(description="the folder, which may be on a network share; Tundish needs to write there")
    kinds: dict[Code, DroppedKind] = Field(
        min_length=1, description="by name, the kinds of files; the first whose pattern fits a name is taken"
    )
    zone: Zone | None = Field(
        default=None, description="the time zone of times without an offset; the zone of the site if missing"
    )
    time_format: TimeFormat | None = None
    language: Literal["en", "ru", "kk"] = Field(
        default="en", description="the language of the reports beside the files"
    )
    poll: Pause = Field(default=5.0, description="the time between two looks into the folder")
    # A copy over a slow network pauses for less.
    settle: Lapse = Field(
        default=5.0, description="how long size and time of a file stay the same until it is taken as whole"
    )
    give_up: Lapse = Field(
        default=600.0, description="how long a workbook that does not open is tried again until it is rejected"
    )
    # The largest workbook that is read takes half a minute.
    timeout: Wait = Field(default=120.0, description="the longest wait for the folder, or for one part of a file")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name, kind in self.kinds.items():
            for pattern in kind.files:
                if not pattern.lower().endswith((*SUFFIXES, "*")):
                    raise ValueError(
                        f"kind {name}: no file {pattern!r} is read; give names that end with {', '.join(SUFFIXES)}"
                    )
            if kind.what == "figures" and (kind.sheet or kind.time_format or kind.number_format):
                raise ValueError(f"kind {name} is of figures: give its layout in an entry of imports, and not here")
        return self


class FilesAddress(RowAddress):
    """The keys of a tag that is read from files."""

    file: Code = Field(description="the name of the kind of files whose rows it is in")
