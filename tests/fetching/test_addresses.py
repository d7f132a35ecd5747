"""Which addresses may be asked for, and which numeric addresses are public."""

from __future__ import annotations

import pytest

from dragoman.errors import FetchError
from dragoman.fetching.addresses import checked_url, is_public, resolve


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_spoken_to(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 "
    "224.0.0.1 239.255.255.250 255.255.255.255 240.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 "
    "192.0.0.8 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1 fec0::1 2001:db8::1 100::1 "
    "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 "
    "2002:7f00:1::1 2001:0:1::1 nonsense".split(),
)
def test_addresses_of_no_public_machine_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "017700000001"])
def test_loopback_in_disguise_is_known_after_resolution(host: str) -> None:
    assert all(not is_public(address) for address in resolve(host, 80))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hello",
        "example.org/a",
        "https://",
        "https:///path",
        "http://user:word@example.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "",
        "https://example.org/" + "a" * 100_000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused_with_a_reason(address: str) -> None:
    with pytest.raises(FetchError) as refusal:
        checked_url(address)
    assert refusal.value.lasting
    assert refusal.value.reason


def test_a_fragment_is_left_out_and_names_in_other_scripts_are_read() -> None:
    assert str(checked_url(" https://example.org/a?b=c#d ")) == "https://example.org/a?b=c"
    assert checked_url("https://пример.рф/").raw_host == b"xn--e1afmkfd.xn--p1ai"
