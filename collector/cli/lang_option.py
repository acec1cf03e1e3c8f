"""In which language a command speaks: `--lang`, else TUNDISH_LANG, else English."""

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, ParamSpec

import typer

from collector.errors import CollectorError

Parameters = ParamSpec("Parameters")


class Lang(StrEnum):
    """A language that people read."""

    EN = "en"
    RU = "ru"
    KK = "kk"


LangOption = Annotated[Lang, typer.Option("--lang", envvar="TUNDISH_LANG", help="language")]


def errors_in_language(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """The command with its errors told in its `lang`, where they have texts in it."""

    @functools.wraps(command)
    def telling(*arguments: Parameters.args, **options: Parameters.kwargs) -> None:
        try:
            command(*arguments, **options)
        except CollectorError as error:
            # What prints it knows no language: it prints the text that the error has.
            error.args = (error.told(Lang(str(options["lang"])).value),)
            raise

    return telling
