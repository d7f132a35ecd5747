"""Which addresses may be asked for, and which hosts may be spoken to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from dragoman.errors import FetchError

SCHEMES = ("http", "https")
PORTS = {"http": 80, "https": 443}
PRIVATE_REMEDY = "use --allow-private if it is a server of your own"

Resolve = Callable[[str, int], Sequence[str]]
"""A host's name and a port to its numeric addresses; raises ``OSError`` if there are none."""

# Nobody's public web server stands here, whatever the version of Python's own lists says.
CLOSED = [
    ip_network(net)
    for net in (
        "0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 192.88.99.0/24 198.18.0.0/15 240.0.0.0/4 "
        "100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 64:ff9b:1::/48 fec0::/10"
    ).split()
]
TRANSLATED = ip_network("64:ff9b::/96")
COMPATIBLE = ip_network("::/96")


def checked_url(address: str) -> httpx.URL:
    """The address, without its fragment, if it is one of the web; raises ``FetchError`` otherwise."""
    try:
        url = httpx.URL(address.strip())
        host = url.host
    except (httpx.InvalidURL, ValueError) as fault:
        raise FetchError(f"the address can't be read ({fault})", "check its spelling") from None
    if url.scheme not in SCHEMES:
        raise FetchError(
            f"{url.scheme}: addresses are not fetched" if url.scheme else "this is not a full address",
            "give one that begins with https:// or http://",
        )
    if not host or not (url.port is None or 0 < url.port < 65_536):
        raise FetchError("the address names no host that can be", "check its spelling")
    if url.userinfo:
        raise FetchError("the address holds a user name or password", "give it without")
    return url.copy_with(fragment=None)


def origin_of(url: httpx.URL) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as the system tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, and to one machine."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return "%" not in address and is_public_number(number)


def is_public_number(number: IPv4Address | IPv6Address) -> bool:
    """The same for a number that has been read; an address wrapped in another has to be public itself."""
    if isinstance(number, IPv6Address):
        inner = wrapped(number)
        if inner is not None:
            return is_public_number(inner)
    closed = any(number in net for net in CLOSED if net.version == number.version)
    return number.is_global and not (closed or number.is_multicast or number.is_reserved)


def wrapped(number: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does ('::ffff:127.0.0.1', NAT64)."""
    if number.ipv4_mapped:
        return number.ipv4_mapped
    if number in TRANSLATED or number in COMPATIBLE:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    return None
