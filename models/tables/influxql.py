"""Names and texts inside InfluxQL statements: quoted, and nothing in them can break out. Pure."""


def identifier(name: str) -> str:
    """`name` as an InfluxQL identifier. A v2 predicate writes its values this way too."""
    return '"' + _escaped(name).replace('"', r"\"") + '"'


def literal(text: str) -> str:
    """`text` as an InfluxQL string."""
    return "'" + _escaped(text).replace("'", r"\'") + "'"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")
