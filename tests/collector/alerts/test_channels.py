"""Each channel with a real receiver: what it delivers, and how it reports that it could not."""

import asyncio
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
from aiohttp import web

from collector.alerts.by_apprise import AppriseChannel
from collector.alerts.channel import Outgoing
from collector.alerts.mail import MailChannel
from collector.alerts.mail_reason import reason
from collector.alerts.settings import AppriseSettings, MailSettings, WebhookSettings
from collector.alerts.webhook import WebhookChannel
from collector.errors import ChannelFailed
from tests.collector.alerts.receivers import PASSWORD, USER, hook_server, mail_server
from tests.support.certificates import authority_and_server
from tests.support.ports import free_port

MESSAGE = Outgoing(
    id="works-1790751600-1",
    subject="ТРЕВОГА P1: 3-домна пеші: тоқтап тұр (Қарағанды)",
    body="Дутьё 0 м3/мин\nҮздіксіз құю тоқтады",
    document={"version": 1, "incident": {"id": 1, "evidence": {"kk": "тоқтап тұр"}}},
)


def relay(port: int, **more: Any) -> MailSettings:  # noqa: ANN401 - any field
    fields = {"to": ("dispatcher@works.example",), "sender": "tundish@works.example", "host": "127.0.0.1"}
    return MailSettings(**({**fields, "port": port, "starttls": False} | more))


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A private authority, and a certificate and key from it."""
    return authority_and_server(tmp_path_factory.mktemp("tls"), "127.0.0.1")


async def test_mail_goes_by_starttls_under_a_private_authority_with_login_in_cyrillic_and_kazakh(
    tls: tuple[Path, Path, Path],
) -> None:
    with mail_server(tls[1:], login=True) as box:
        settings = relay(box.port, starttls=True, ca_file=tls[0], user=USER, password=PASSWORD)
        assert await MailChannel(settings).send(MESSAGE) == ""
        await MailChannel(settings).send(MESSAGE)
    assert box.encrypted == [True, True]
    assert box.subjects[0] == MESSAGE.subject
    assert box.mails[0].get_content().replace("\r\n", "\n").strip() == MESSAGE.body
    assert box.mails[0]["Message-ID"] == box.mails[1]["Message-ID"] == "<works-1790751600-1@works.example>"
    assert box.mails[0]["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "subject",
    [
        "SIMULATED: Анықтама: 2026 жылғы қаңтар–қазан. Теміртау комбинаты (SIMULATED, имитация)",
        "SIMULATED: Комбинат Темиртау (SIMULATED, имитация): Суточный рапорт, 29.11.2026",
        *(f"{'P1 ' * ahead}тревога BF 3 стоит с 18:00, output is not known" for ahead in range(12)),
    ],
)
async def test_no_space_of_a_subject_is_lost_on_the_way(subject: str) -> None:
    with mail_server() as box:
        await MailChannel(relay(box.port)).send(replace(MESSAGE, subject=subject))
    assert box.subjects == [subject]


async def test_a_relay_whose_certificate_is_not_trusted_gets_nothing(tls: tuple[Path, Path, Path]) -> None:
    with (
        mail_server(tls[1:]) as box,
        pytest.raises(ChannelFailed, match=r"not trusted .*; give the authority's as ca_file"),
    ):
        await MailChannel(relay(box.port, starttls=True)).send(MESSAGE)
    assert box.mails == []


async def test_a_relay_without_starttls_gets_nothing_where_it_is_required() -> None:
    with (
        mail_server() as box,
        pytest.raises(ChannelFailed, match=f"by 127.0.0.1:{box.port}: .*give the port in smtp on which"),
    ):
        await MailChannel(relay(box.port, starttls=True)).send(MESSAGE)
    assert box.mails == []


async def test_a_wrong_password_is_told_without_the_password(tls: tuple[Path, Path, Path]) -> None:
    with mail_server(tls[1:], login=True) as box:
        settings = relay(box.port, starttls=True, ca_file=tls[0], user=USER, password="secret-one")
        with pytest.raises(
            ChannelFailed, match=r"refused user or password.*; correct user and password_file in smtp"
        ) as caught:
            await MailChannel(settings).send(MESSAGE)
    assert "secret-one" not in str(caught.value) + repr(settings)


async def test_one_refused_address_does_not_keep_the_message_from_the_others() -> None:
    with mail_server() as box:
        box.refuses = {"left@works.example"}
        both = ("dispatcher@works.example", "left@works.example")
        remark = await MailChannel(relay(box.port, to=both)).send(MESSAGE)
        assert remark == "left@works.example was refused: no such person"
        assert box.recipients == [["dispatcher@works.example"]]
        with pytest.raises(
            ChannelFailed, match=r"left@works.example was refused: no such person; correct the address in to"
        ):
            await MailChannel(relay(box.port, to=both[1:])).send(MESSAGE)


async def test_a_relay_that_is_away_or_says_no_is_told_in_a_sentence() -> None:
    with pytest.raises(ChannelFailed, match=r"e-mail by 127\.0\.0\.1:.*see that host and port in smtp are right"):
        await MailChannel(relay(free_port())).send(MESSAGE)
    with mail_server() as box:
        box.answer = "452 disk full"
        with pytest.raises(ChannelFailed, match="answered 452 disk full; it may take it later, and it is tried again"):
            await MailChannel(relay(box.port)).send(MESSAGE)
        box.answer = "552 too big"
        with pytest.raises(ChannelFailed, match="name fewer forms under as"):
            await MailChannel(relay(box.port)).send(MESSAGE)


async def test_a_login_at_a_relay_that_takes_none_names_the_keys() -> None:
    with mail_server() as box, pytest.raises(ChannelFailed, match="leave out user and password_file in smtp"):
        await MailChannel(relay(box.port, user=USER, password=PASSWORD)).send(MESSAGE)


def test_every_other_failure_ends_with_a_step_too() -> None:
    settings = relay(25)
    for error, step in (
        (socket.gaierror("Name or service not known"), "correct host in smtp"),
        (TimeoutError(), "within 15 s; see that the relay runs"),
        (aiosmtplib.SMTPSenderRefused(550, "who", "tundish@works.example"), "correct from in smtp"),
        (aiosmtplib.SMTPResponseException(530, "Must issue STARTTLS"), "starttls: required"),
        (aiosmtplib.SMTPException("odd"), "look at smtp in plant.yaml"),
    ):
        assert step in reason(error, settings, 15)


async def test_a_webhook_gets_our_document_with_the_token_and_the_same_id_at_each_try(
    tls: tuple[Path, Path, Path],
) -> None:
    with hook_server(tls[1:]) as hook:
        hook.answers = [503]
        channel = WebhookChannel(WebhookSettings(url=hook.url, token="t-o-k", ca_file=tls[0]))
        with pytest.raises(ChannelFailed, match="answered 503 the receiver's own words"):
            await channel.send(MESSAGE)
        assert await channel.send(MESSAGE) == ""
    assert hook.posts[0] == hook.posts[1] == {"id": MESSAGE.id, **MESSAGE.document}
    assert [headers["Idempotency-Key"] for headers in hook.headers] == [MESSAGE.id] * 2
    assert hook.headers[0]["Authorization"] == "Bearer t-o-k"


async def test_a_webhook_is_verified_follows_no_redirect_and_shows_no_query(tls: tuple[Path, Path, Path]) -> None:
    with hook_server(tls[1:]) as hook:
        with pytest.raises(ChannelFailed, match="not trusted"):
            await WebhookChannel(WebhookSettings(url=hook.url)).send(MESSAGE)
        assert hook.posts == []
        hook.answers = [302]
        secret = WebhookSettings(url=f"{hook.url}?key=s3cret", ca_file=tls[0])
        with pytest.raises(ChannelFailed, match="answered 302") as caught:
            await WebhookChannel(secret).send(MESSAGE)
    assert "s3cret" not in str(caught.value) + repr(secret)
    with pytest.raises(ChannelFailed, match=r"webhook http://127\.0\.0\.1"):
        await WebhookChannel(WebhookSettings(url=f"http://127.0.0.1:{free_port()}/")).send(MESSAGE)


async def test_a_service_of_apprise_gets_the_words_and_a_failure_shows_no_secret() -> None:
    with hook_server() as hook:
        url = hook.url.replace("http://", "json://user:pa55word@")
        channel = AppriseChannel(AppriseSettings(name="apprise", url=url))
        assert await channel.send(MESSAGE) == ""
        assert hook.posts[0]["title"] == MESSAGE.subject
        assert hook.posts[0]["message"] == MESSAGE.body
        hook.answers = [500]
        with pytest.raises(ChannelFailed, match="apprise: Failed to send JSON") as caught:
            await channel.send(MESSAGE)
    assert "pa55word" not in str(caught.value) + repr(channel)
    with pytest.raises(ChannelFailed, match=r"apprise: .*\w"):
        await AppriseChannel(AppriseSettings(name="apprise", url="nonsense://x")).send(MESSAGE)


async def test_telegram_is_asked_for_each_message_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from apprise.plugins.telegram import NotifyTelegram

    with hook_server() as hook:
        monkeypatch.setattr(NotifyTelegram, "notify_url", hook.url + "/bot")
        settings = AppriseSettings(name="telegram", url="tgram://123456789:abcdefg_hijklmnop/-1001234567890/")
        assert await AppriseChannel(settings).send(MESSAGE) == ""
    assert hook.posts[0]["chat_id"] == -1001234567890
    assert "тоқтап тұр" in hook.posts[0]["text"]


async def test_a_channel_that_hangs_is_given_up_and_the_loop_goes_on_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector.alerts.mail.LIMIT_S", 0.5)
    server = await asyncio.start_server(lambda *_: asyncio.sleep(5), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.005)
            turns += 1

    counting = asyncio.create_task(count())
    with pytest.raises(ChannelFailed, match=r"no answer from 127\.0\.0\.1:\d+ within 0\.5 s"):
        await MailChannel(relay(port)).send(MESSAGE)
    counting.cancel()
    server.close()
    assert turns > 10


@pytest.mark.parametrize("cut", [0, 1, 7])
async def test_a_receiver_that_repeats_the_token_does_not_bring_it_into_our_log(cut: int) -> None:
    token = "a-token-of-a-works-1234567890"
    said = f"denied: Bearer {token}"

    async def repeat(_: web.Request) -> web.Response:
        return web.Response(status=401, text=said[: len(said) - cut])

    receiver = web.Application()
    receiver.router.add_post("/", repeat)
    runner = web.AppRunner(receiver)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        channel = WebhookChannel(WebhookSettings(url=f"http://127.0.0.1:{port}/", token=token))
        with pytest.raises(ChannelFailed, match=r"answered 401 denied: Bearer \*\*\*$") as caught:
            await channel.send(MESSAGE)
        assert token[:7] not in str(caught.value)
    finally:
        await runner.cleanup()


async def test_a_line_end_in_a_subject_begins_no_other_head() -> None:
    with mail_server() as box:
        hostile = replace(MESSAGE, subject="ALERT P1: BF 3\r\nBcc: all@works.example\x1b[2J stopped")
        await MailChannel(relay(box.port)).send(hostile)
    assert box.subjects == ["ALERT P1: BF 3 Bcc: all@works.example [2J stopped"]
    assert box.recipients == [["dispatcher@works.example"]]
