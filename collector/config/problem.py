"""Problems of a configuration, each with its place, gathered so that all are reported at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""The way to a value: keys and list indexes from the top of the document."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path`, with the bad value and the fix in `text`."""

    path: Path
    text: str
    mark: Mark | None = None


def path_text(path: Path) -> str:
    """`shops[0].units[1].code`; the empty path is the empty text."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


@dataclass(slots=True)
class Problems:
    """Everything found so far. One place is named once for one text."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: Path, text: str, mark: Mark | None = None) -> None:
        """Note a problem; `mark` only if the path alone does not lead to the line."""
        problem = Problem(path, text, mark)
        if problem not in self.found:
            self.found.append(problem)

    def under(self, path: Path) -> bool:
        """Whether something at or below `path` is already known to be wrong."""
        return any(problem.path[: len(path)] == path for problem in self.found)

    def lines(self, marks: Mapping[Path, Mark]) -> list[str]:
        """One line a problem, `file:line path: text`, in the order of the files and lines."""
        placed = [(problem.mark or nearest(marks, problem.path), problem) for problem in self.found]
        placed.sort(key=lambda entry: (entry[0].file, entry[0].line))
        lines = (
            f"{mark} {path_text(problem.path)}: {problem.text}" if problem.path else f"{mark} {problem.text}"
            for mark, problem in placed
        )
        # A name in quotes may hold the end of a line, and what is behind it would pass for a problem of its own.
        return [" ".join(line.split()) for line in lines]


def nearest(marks: Mapping[Path, Mark], path: Path) -> Mark:
    """The place of `path`, or of the closest thing around it that is in a file."""
    while path not in marks and path:
        path = path[:-1]
    return marks[path]
