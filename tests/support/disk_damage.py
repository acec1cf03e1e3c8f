"""What disks do to a ledger's files: bits that turn, pages zeroed, swapped, torn or older, logs that are cut."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from tests.support.corruption import Stand

PAGE = 4096
FILES = ("ledger.db", "ledger.db-wal", "ledger.db-sums", "ledger.db-sums.copy", "ledger.db-mark", "ledger.db-days")


def turned_bits(stand: Stand, folder: Path, seeds: range) -> Iterator[str]:
    """A copy in `folder` with one bit turned in one of its files, time after time; yields what was done."""
    for seed in seeds:
        random = Random(seed)
        _copy(stand, folder, random)
        file = folder / random.choices(FILES, (10, 3, 1, 1, 1, 1))[0]
        if not file.exists() or not file.stat().st_size:
            file = folder / "ledger.db"
        content = bytearray(file.read_bytes())
        at = random.randrange(len(content)) if random.random() < 0.9 else random.randrange(min(4096, len(content)))
        content[at] ^= 1 << random.randrange(8)
        file.write_bytes(content)
        yield f"seed {seed}: bit at {at} of {file.name}"


def variants(stand: Stand, folder: Path, seeds: range) -> Iterator[str]:
    """As `turned_bits`, with everything else that a disk does."""
    for seed in seeds:
        random = Random(seed)
        _copy(stand, folder, random)
        kind = random.choice(sorted(_KINDS))
        yield f"seed {seed}: {kind} {_KINDS[kind](stand, folder, random)}"


def _copy(stand: Stand, folder: Path, random: Random) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stand.now, folder)
    if random.random() < 0.5:
        (folder / "backups.json").unlink()


def _pages(folder: Path, random: Random, change: Callable[[bytearray, int], None], count: int = 1) -> str:
    file = folder / "ledger.db"
    content = bytearray(file.read_bytes())
    pages = [random.randrange(len(content) // PAGE) for _ in range(count)]
    for page in pages:
        change(content, page * PAGE)
    file.write_bytes(content)
    return f"pages {[page + 1 for page in pages]}"


def _zeroed(_stand: Stand, folder: Path, random: Random) -> str:
    def change(content: bytearray, at: int) -> None:
        content[at : at + PAGE] = bytes(PAGE)

    return _pages(folder, random, change, random.choice((1, 1, 2, 5)))


def _garbage(_stand: Stand, folder: Path, random: Random) -> str:
    def change(content: bytearray, at: int) -> None:
        content[at : at + PAGE] = random.randbytes(PAGE)

    return _pages(folder, random, change, random.choice((1, 1, 3)))


def _bytes(_stand: Stand, folder: Path, random: Random) -> str:
    def change(content: bytearray, at: int) -> None:
        for _ in range(random.randrange(2, 40)):
            content[at + random.randrange(PAGE)] = random.randrange(256)

    return _pages(folder, random, change)


def _older(stand: Stand, folder: Path, random: Random) -> str:
    old = (stand.before / "ledger.db").read_bytes()

    def change(content: bytearray, at: int) -> None:
        content[at : at + PAGE] = old[at : at + PAGE].ljust(PAGE, b"\0")

    return _pages(folder, random, change, random.choice((1, 2, 6)))


def _torn(stand: Stand, folder: Path, random: Random) -> str:
    old = (stand.before / "ledger.db").read_bytes()

    def change(content: bytearray, at: int) -> None:
        cut = random.randrange(1, 8) * 512
        content[at + cut : at + PAGE] = old[at + cut : at + PAGE].ljust(PAGE - cut, b"\0")

    return _pages(folder, random, change, random.choice((1, 3)))


def _swapped(_stand: Stand, folder: Path, random: Random) -> str:
    def change(content: bytearray, at: int) -> None:
        to = random.randrange(len(content) // PAGE) * PAGE
        content[at : at + PAGE], content[to : to + PAGE] = content[to : to + PAGE], content[at : at + PAGE]

    return _pages(folder, random, change)


def _doubled(_stand: Stand, folder: Path, random: Random) -> str:
    def change(content: bytearray, at: int) -> None:
        to = random.randrange(len(content) // PAGE) * PAGE
        content[at : at + PAGE] = content[to : to + PAGE]

    return _pages(folder, random, change)


def _cut(_stand: Stand, folder: Path, random: Random) -> str:
    file = folder / random.choices(FILES, (4, 4, 1, 1, 1, 1))[0]
    if not file.exists():
        return "nothing"
    size = random.randrange(file.stat().st_size + 1)
    with file.open("r+b") as open_file:
        open_file.truncate(size)
    return f"{file.name} at {size}"


def _grown(_stand: Stand, folder: Path, random: Random) -> str:
    with (folder / "ledger.db").open("ab") as file:
        file.write(random.randbytes(random.choice((100, PAGE, 3 * PAGE))))
    return "ledger.db"


def _gone(_stand: Stand, folder: Path, random: Random) -> str:
    file = folder / random.choice(FILES[1:])
    file.unlink(missing_ok=True)
    return file.name


def _old_file(stand: Stand, folder: Path, random: Random) -> str:
    name = random.choice([name for name in FILES if (stand.before / name).exists()])
    shutil.copyfile(stand.before / name, folder / name)
    return name


def _log(_stand: Stand, folder: Path, random: Random) -> str:
    file = folder / "ledger.db-wal"
    if not file.exists() or not file.stat().st_size:
        return "no log"
    content = bytearray(file.read_bytes())
    frame = 32 + random.randrange(max(1, len(content) // 4120)) * 4120
    match random.choice(("zeroed", "swapped", "garbage")):
        case "zeroed":
            content[frame : frame + 4120] = bytes(4120)
        case "garbage":
            content[frame + 200 : frame + 300] = random.randbytes(100)
        case _:
            other = 32 + random.randrange(max(1, len(content) // 4120)) * 4120
            content[frame : frame + 4120], content[other : other + 4120] = (
                content[other : other + 4120],
                content[frame : frame + 4120],
            )
    file.write_bytes(content[: len(content)])
    return f"frame at {frame}"


def _sums(_stand: Stand, folder: Path, random: Random) -> str:
    file = folder / random.choice(("ledger.db-sums", "ledger.db-sums.copy"))
    content = bytearray(file.read_bytes())
    at = random.randrange(len(content))
    content[at : at + 512] = bytes(len(content[at : at + 512]))
    file.write_bytes(content)
    return f"{file.name} at {at}"


_KINDS: Mapping[str, Callable[[Stand, Path, Random], str]] = {
    "bytes": _bytes,
    "cut": _cut,
    "doubled": _doubled,
    "garbage": _garbage,
    "gone": _gone,
    "grown": _grown,
    "log": _log,
    "old file": _old_file,
    "older": _older,
    "sums": _sums,
    "swapped": _swapped,
    "torn": _torn,
    "zeroed": _zeroed,
}
