"""Why a relay did not take a mail, with the next step: the key of `smtp` in plant.yaml to look at. Pure."""

import socket

import aiosmtplib

from collector.alerts.channel import tls_reason
from collector.alerts.settings import MailSettings


def reason(error: BaseException, settings: MailSettings, limit_s: float) -> str:
    """`limit_s`: after which an answer is no longer waited for."""
    relay = f"{settings.host}:{settings.port}"
    if isinstance(error, TimeoutError | aiosmtplib.SMTPTimeoutError):
        return f"no answer from {relay} within {limit_s:g} s; see that the relay runs and can be reached from this host"
    if (untrusted := tls_reason(error)) is not None:
        return untrusted
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return f"the relay refused user or password: {error.message}; correct user and password_file in smtp"
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        refused = "; ".join(f"{each.recipient} was refused: {each.message}" for each in error.recipients)
        return f"{refused}; correct the address in to, or have the relay accept it"
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        return f"the relay refused the sender {error.sender}: {error.message}; correct from in smtp"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"the relay answered {error.code} {error.message}; {_of_code(error.code)}"
    said = str(error) or type(error).__name__
    return f"{said}; {_of_failure(error, said, settings)}"


def _of_code(code: int) -> str:
    if code in (421, 450, 451, 452):
        return "it may take it later, and it is tried again"
    if code == 552:
        return "the mail is too large for it: name fewer forms under as, or raise its limit"
    if code == 530:
        return "it wants a login or encryption first: give user and password_file in smtp, and starttls: required"
    return "ask who runs the relay why, by that answer"


def _of_failure(error: BaseException, said: str, settings: MailSettings) -> str:
    if "AUTH" in said or "auth" in said:
        return "the relay takes no login here: correct port, or leave out user and password_file in smtp"
    if "STARTTLS" in said:
        return (
            f"{settings.host} offers no encryption on port {settings.port}: give the port in smtp on which it does, "
            "usually 587; starttls: none-on-loopback is for a relay on this host alone"
        )
    if isinstance(error.__cause__ or error, socket.gaierror):
        return f"no address is known of {settings.host}: correct host in smtp, or have the name made known here"
    if isinstance(error, OSError | aiosmtplib.SMTPConnectError | aiosmtplib.SMTPServerDisconnected):
        return "see that host and port in smtp are right, and that the relay runs and takes connections from this host"
    return "look at smtp in plant.yaml, and ask who runs the relay"
