"""The keys of an OPC UA source in `plant.yaml`. Paths are relative to that file; secrets are in files only."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from collector.config.application_uri import DEFAULT_APPLICATION_URI
from collector.config.duration import Lapse, Pause, Wait
from collector.config.url import OpcUaUrl
from collector.sources.base import SourceConfig
from collector.sources.opcua.address import NodeText
from models.detection.alarm import LONGEST_NAME
from models.works.strict import StrictModel

PolicyName = Literal["None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]
ModeName = Literal["None", "Sign", "SignAndEncrypt"]
QualityName = Literal["bad", "uncertain", "good"]
FilePath = Annotated[str, StringConstraints(min_length=1)]
StatusName = Annotated[str, StringConstraints(pattern=r"^((Good|Uncertain|Bad)\w*|0x[0-9A-Fa-f]{8})$")]


class Security(StrictModel):
    """How the connection is secured. `policy` has no default, so that an insecure connection is written down."""

    policy: PolicyName = Field(description="the security policy; write None for an unprotected connection")
    mode: ModeName = Field(default="None", description="None, Sign or SignAndEncrypt")
    certificate_file: FilePath | None = Field(
        default=None, description="our certificate, PEM or DER, as `tundish cert make` writes it"
    )
    private_key_file: FilePath | None = Field(default=None, description="the key of our certificate, PEM or DER")
    server_certificate_file: FilePath | None = Field(
        default=None, description="the server's certificate, PEM or DER; a server that shows another one is refused"
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        files = ("certificate_file", "private_key_file", "server_certificate_file")
        if self.policy == "None":
            given = [name for name in files if getattr(self, name) is not None]
            if self.mode != "None" or given:
                raise ValueError("policy None takes no mode and no certificates; choose a policy, or remove these keys")
            return self
        if self.mode == "None":
            raise ValueError(f"policy {self.policy} needs mode Sign or SignAndEncrypt")
        missing = [name for name in files if getattr(self, name) is None]
        if missing:
            raise ValueError(
                f"policy {self.policy} needs {', '.join(missing)}; make ours with `tundish cert make`, and"
                " export the server's from the server"
            )
        return self


class Limits(StrictModel):
    """Ceilings on what is asked of the server."""

    # 50 requests of 2000 nodes are 100,000 values a second, more than a works of this kind has; a small PLC, which has
    # few tags, gets one request a poll and never comes near it.
    requests_per_s: Annotated[float, Field(gt=0, le=1_000_000)] = Field(
        default=50.0, description="the most requests per second, of all kinds, on this connection"
    )
    # Measured: a read of 1,000 to 2,000 nodes costs a seventh of single reads; larger ones gain nothing more.
    nodes_per_request: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        default=2000, description="the most nodes in one request; a smaller limit of the server applies"
    )
    # PLCs grant few sessions and operators' screens need them: one to read, one while the old one is still timing out.
    sessions: Annotated[int, Field(ge=1, le=1_000)] = Field(
        default=2, description="the most sessions that this process opens on this server at a time"
    )


class ServerHistory(StrictModel):
    """What is asked of the server's own history after an outage."""

    reach: Lapse = Field(description="how far back the history is asked for; what is older stays a gap")
    # Nothing is invented: between two values of a history that may have lost some, nothing is known.
    keeps: Literal["samples", "changes"] = Field(
        default="samples",
        description="samples: a value says nothing of the time up to the next; changes: the history has each change, "
        "so a value stands until the next",
    )


class Alarms(StrictModel):
    """Which alarms and events of the server are kept."""

    nodes: list[NodeText] = Field(
        default=["i=2253"],
        min_length=1,
        max_length=100,
        alias="from",
        description="the nodes that notify of events; the Server object, which most servers let notify of all of them",
    )
    min_severity: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=1, description="the least severity (1 to 1000) that is kept"
    )
    types: list[NodeText] = Field(
        default=[], description="the types of events that are kept, by their nodes, each by itself; all if missing"
    )
    origins: list[Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]] = Field(
        default=[], description='whose alarms are kept, by the names of their sources, such as "BF3*"; all if missing'
    )


class OpcUaConfig(SourceConfig):
    """An OPC UA server."""

    type: Literal["opcua"] = Field(description="opcua")
    url: OpcUaUrl = Field(
        description="the address of the server, such as opc.tcp://10.0.0.5:4840; user and password have their own keys"
    )
    mode: Literal["poll", "subscribe"] = Field(
        default="poll", description="poll reads every tag at each poll; subscribe lets the server send changes"
    )
    # Heats and taps take minutes and a stop is judged over ten seconds: a second leaves ten readings to judge by.
    poll: Pause = Field(default=1.0, description="the time between two polls, and between two reads of event rings")
    publishing_interval: Pause = Field(
        default=1.0, description="the time between two publications of the server, in mode subscribe"
    )
    # A PLC scans in tenths of a second: ten changes fit between two publications of one second.
    queue_size: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=10, description="the changes of one tag that the server keeps between publications, in mode subscribe"
    )
    security: Security = Field(description="how the connection is secured")
    application_uri: Annotated[str, StringConstraints(min_length=1)] = Field(
        default=DEFAULT_APPLICATION_URI, description="the name by which the server knows us: the URI in our certificate"
    )
    user: Annotated[str, StringConstraints(min_length=1)] | None = Field(
        default=None, description="the user to sign in as; anonymous if missing"
    )
    password_file: FilePath | None = Field(
        default=None, description="the file that holds the user's password; TUNDISH_<NAME>_PASSWORD takes precedence"
    )
    limits: Limits = Field(default=Limits(), description="the ceilings on what is asked of the server")
    quality: dict[StatusName, QualityName] = Field(
        default={},
        description="exceptions to the quality of status codes, such as UncertainLastUsableValue: bad",
    )
    history: ServerHistory | None = Field(
        default=None, description="what is asked of the server's own history after an outage; nothing if missing"
    )
    alarms: Alarms | None = Field(
        default=None, description="which alarms and events of the server are kept; none if missing"
    )
    # A loaded server answers within a second or two; ten seconds is plainly no answer. A judgement.
    timeout: Wait = Field(default=10.0, description="the longest wait for one answer from the server")
    # Three timeouts: one lost answer is no outage, and half a minute is soon enough to connect again. A judgement.
    stale_after: Lapse = Field(
        default=30.0, description="the time without a good answer after which the connection is made again"
    )
    # Somebody has to correct the node: a minute after that it is read, and a request a minute costs nothing.
    retry_bad_nodes: Lapse = Field(default=60.0, description="the time after which a node that failed is tried again")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.user is None) != (self.password_file is None):
            raise ValueError("user and password_file go together; give both or neither")
        if self.user is not None and self.security.policy == "None":
            raise ValueError("a password is not sent over security policy None; choose a policy, or remove user")
        if self.history is not None and self.time_from == "receive":
            raise ValueError("a history is read by its stamps, and time_from: receive believes none; remove history")
        slowest = max(self.poll, self.publishing_interval) if self.mode == "subscribe" else self.poll
        # With less, one late poll or publication would already end the connection.
        if self.stale_after < 2 * slowest:
            raise ValueError(
                f"stale_after ({self.stale_after:g} s) must be at least twice the interval ({slowest:g} s)"
            )
        return self
