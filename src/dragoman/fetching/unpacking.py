"""The body of a response: counted as it arrives and as it is unpacked, and never more than allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import httpx

from dragoman.errors import FetchError

ACCEPTED = "gzip, deflate"
"""What hosts are asked for: the packings that can be unpacked piece by piece, however much is in them."""
PIECE = 65_536
AUTOMATIC = 47  # zlib's number for 'gzip or zlib, see its first bytes'
BARE = -15


def read_body(response: httpx.Response, most: int, *, cut: bool = False) -> bytes:
    """The body, unpacked; raises ``FetchError`` if it has more than ``most`` bytes, packed or unpacked.

    With ``cut``, it is cut there instead.
    """
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > most and not cut:
        raise too_large(most)
    packed = counted(response.iter_raw(), most, cut)
    return b"".join(counted(unpacked(packed, response.headers.get("content-encoding", "")), most, cut))


def counted(pieces: Iterable[bytes], most: int, cut: bool) -> Iterator[bytes]:
    """The pieces, as long as they are no more than allowed."""
    left = most
    for piece in pieces:
        if len(piece) > left:
            if not cut:
                raise too_large(most)
            yield piece[:left]
            return
        left -= len(piece)
        yield piece


def too_large(most: int) -> FetchError:
    """The error for a body over the limit."""
    return FetchError(f"the page has more than {most:,} bytes", "save it as a file if it is worth it")


def unpacked(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """The pieces unpacked; raises ``FetchError`` for a packing that nobody asked for, or a broken one."""
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        yield from pieces
    elif packing in ("gzip", "x-gzip", "deflate"):
        yield from inflated(pieces)
    else:
        raise FetchError(f"the page came packed as {packing[:60]!r}, which was not asked for")


def inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What gzip, zlib or bare deflate holds, in pieces of bounded size."""
    engine = None
    rest = b""
    try:
        for piece in pieces:
            rest += piece
            if engine is None and len(rest) >= 2:
                engine = zlib.decompressobj(window_of(rest))
            while engine and rest and not engine.eof:
                yield engine.decompress(rest, PIECE)
                rest = engine.unconsumed_tail
    except zlib.error:
        raise FetchError("the page came packed and can't be unpacked", lasting=False) from None
    if (engine and not engine.eof) or (rest and not engine):
        raise FetchError("the page broke off before its end", lasting=False)


def window_of(start: bytes) -> int:
    """How zlib has to read what begins so: some hosts send 'deflate' bare, without zlib's two first bytes."""
    wrapped = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return AUTOMATIC if wrapped or start[:2] == b"\x1f\x8b" else BARE
