"""An address that is none is told in words, whatever is wrong with it; one that is, is taken as it stands."""

import pytest

from collector.config.url import host_fault, opcua_url, web_url

OPC = (
    ("opc.tcp://", "there is no host"),
    ("opc.tcp:///path", "there is no host"),
    ("opc.tcp://:4840", "there is no host"),
    ("opc.tcp://[::1", "'[::1' is no IPv6 address"),
    ("opc.tcp://[::1]x:4840", "is no port"),
    ("opc.tcp://[::g]:4840", "is no IPv6 address"),
    ("opc.tcp://a..b", "'a..b' is no name of a host"),
    ("opc.tcp://-a", "'-a' is no name of a host"),
    ("opc.tcp://10.0.0.256", "is no IPv4 address"),
    ("opc.tcp://1.2.3", "is no IPv4 address"),
    ("opc.tcp://plc:", "'' is no port"),
    ("opc.tcp://plc:0", "'0' is no port"),
    ("opc.tcp://plc:65536", "'65536' is no port"),
    ("opc.tcp://plc:4840:1", "'4840:1' is no port"),
    ("opc.tcp://plc:٣", "is no port"),
    ("opc.tcp://" + "x" * 100, "is no name of a host"),
    ("opc.tcp://" + "x" * 5000, "is longer than 2000 letters"),
    ("opc.tcp://a b", "holds a space"),
    ("opc.tcp://a\nb", "holds a space or a control character"),
    ("opc.tcp://a\0b", "holds a space or a control character"),
    ("opc.tcp://u:p@plc", "holds a login"),
    ("http://plc", "does not begin with opc.tcp://"),
    ("", "does not begin with opc.tcp://"),
)


@pytest.mark.parametrize(("text", "words"), OPC)
def test_what_is_no_address_of_a_server_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        opcua_url(text)
    said = str(refused.value)
    assert words in said
    assert not set(said) & set("^$\\\n\0")
    assert len(said) < 400


@pytest.mark.parametrize(("text", "words"), [(text.replace("opc.tcp", "http"), words) for text, words in OPC[:19]])
def test_what_is_no_address_of_the_web_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="write it like http://"):
        web_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "opc.tcp://10.0.0.5:4840",
        "opc.tcp://plc-1.works.local.:4840/UA/Server?x=1",
        "opc.tcp://[fe80::1]:4840",
        "opc.tcp://домна_3:4840",
        "opc.tcp://PLC",
    ],
)
def test_an_address_is_taken_as_it_stands(text: str) -> None:
    assert opcua_url(text) == text
    assert web_url(text.replace("opc.tcp", "https")) == text.replace("opc.tcp", "https")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "smtp.works.example", "xn--80ak6aa92e"])
def test_names_and_addresses_of_hosts_are_taken(host: str) -> None:
    assert host_fault(host) == ""
