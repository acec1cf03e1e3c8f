"""Topics of Sparkplug B: spBv1.0/GROUP/KIND/EDGE and, for a device, /DEVICE."""

from dataclasses import dataclass

NAMESPACE = "spBv1.0"
BIRTHS, DATA, DEATHS = ("NBIRTH", "DBIRTH"), ("NDATA", "DDATA"), ("NDEATH", "DDEATH")


@dataclass(frozen=True, slots=True)
class SparkplugTopic:
    """Who said what kind of thing. `device` is "" for the edge node itself."""

    edge: str
    kind: str
    device: str

    @property
    def of_node(self) -> bool:
        """Whether it is of the edge node and not of one of its devices."""
        return self.kind.startswith("N")


def topic_of(text: str) -> SparkplugTopic | None:
    """None for what edge nodes do not say, commands of others among it."""
    parts = text.split("/")
    if len(parts) not in (4, 5) or parts[0] != NAMESPACE or parts[2] not in BIRTHS + DATA + DEATHS:
        return None
    if (len(parts) == 4) != parts[2].startswith("N"):
        return None
    return SparkplugTopic(f"{parts[1]}/{parts[3]}", parts[2], parts[4] if len(parts) == 5 else "")


def subscription(edge: str) -> str:
    """The filter for everything of an edge node and its devices."""
    group, node = edge.split("/")
    return f"{NAMESPACE}/{group}/+/{node}/#"


def command(edge: str) -> str:
    """Where an edge node listens."""
    group, node = edge.split("/")
    return f"{NAMESPACE}/{group}/NCMD/{node}"
