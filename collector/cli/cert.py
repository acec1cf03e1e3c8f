"""`tundish cert`: the certificate by which OPC UA servers know the collector."""

from pathlib import Path
from typing import Annotated

import typer

from collector.cli.say import say
from collector.config.application_uri import DEFAULT_APPLICATION_URI

app = typer.Typer(
    help="Make and show the certificate by which OPC UA servers know the collector.", no_args_is_help=True
)


LONGEST_URI = 2000
"""More than servers keep."""


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="folder for client.pem, client.der and client.key.pem")] = Path(
        "certs"
    ),
    uri: Annotated[
        str, typer.Option(help="application_uri of the source, which servers compare")
    ] = DEFAULT_APPLICATION_URI,
    host: Annotated[
        list[str] | None,
        typer.Option(help="name or address of this host; may be repeated; its own name if missing", show_default=False),
    ] = None,
    # Five years: every renewal needs somebody at the server to trust the new one. The days left are shown and measured.
    days: Annotated[int, typer.Option(min=1, max=7300, help="days for which it is valid")] = 1825,
) -> None:
    """Make a certificate and its private key, which only this user may read. Existing files are never replaced.

    The certificate is written as PEM for us and as DER, which most tools of servers import.

    Raises:
        ConfigurationError: a file exists already, or the folder cannot be written.
    """
    import socket
    from datetime import UTC, datetime

    from collector.config.url import host_fault
    from collector.errors import ConfigurationError
    from collector.sources.opcua.certificate import as_der, make_certificate, write_new_file

    certificate_path, key_path, der_path = (folder / f"client.{end}" for end in ("pem", "key.pem", "der"))
    for path in (certificate_path, key_path, der_path):
        if path.exists():
            raise ConfigurationError(f"{path} already exists; move it away first, or name another folder")
    for name in host or ():
        if fault := host_fault(name) or ("" if name.isascii() else f"{name!r} has letters beyond a to z"):
            raise ConfigurationError(f"--host: {fault}; give a name such as collector.works.example, or an address")
    if not (uri.isascii() and uri.isprintable() and 0 < len(uri) <= LONGEST_URI):
        raise ConfigurationError(
            f"--uri is not of 1 to {LONGEST_URI} plain letters; write it like {DEFAULT_APPLICATION_URI}"
        )
    certificate, key = make_certificate(uri, host or [socket.gethostname()], days, datetime.now(UTC))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_new_file(key_path, key, 0o600)
        write_new_file(certificate_path, certificate, 0o644)
        write_new_file(der_path, as_der(certificate), 0o644)
    except OSError as error:
        raise ConfigurationError(
            f"{folder} cannot be written: {error.strerror}; name a folder that this user may write to"
        ) from error
    _print_facts(certificate_path)
    say(
        f"Next: have the server trust {der_path}, export the server's own, and name all three under security:\n"
        f"  certificate_file: {certificate_path}\n  private_key_file: {key_path}\n  server_certificate_file: ..."
    )


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="a certificate, PEM or DER: ours or a server's", show_default=False)],
) -> None:
    """Show a certificate: subject, URI, fingerprints, expiry and days left. The command fails if it has expired.

    Raises:
        SourceRefused: the file does not hold a certificate, or it has expired.
    """
    from collector.errors import SourceRefused

    facts_left = _print_facts(file)
    if facts_left < 0:
        raise SourceRefused(f"{file} has expired; make a new one (`tundish cert make`), or export the server's new one")


def _print_facts(path: Path) -> float:
    """Print what the certificate says; the days that it is still valid."""
    from datetime import UTC, datetime

    from collector.sources.opcua.certificate import describe, read_certificate

    facts = describe(read_certificate(path), datetime.now(UTC))
    # Plain lines: a table is cut at the terminal's width, and people compare fingerprints to the last digit.
    for name, value in (
        ("file", str(path)),
        ("subject", facts.subject),
        ("application URI", ", ".join(facts.uris) or "none"),
        ("hosts", ", ".join(facts.hosts) or "none"),
        ("SHA-1", facts.sha1),
        ("SHA-256", facts.sha256),
        ("valid from", f"{facts.not_before:%Y-%m-%d %H:%M} UTC"),
        ("valid until", f"{facts.not_after:%Y-%m-%d %H:%M} UTC"),
        ("days left", f"{facts.days_left:.0f}" if facts.days_left >= 0 else "0, EXPIRED"),
    ):
        say(f"{name:<16} {value}")
    return facts.days_left
