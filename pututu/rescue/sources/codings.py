"""In which ways may the body of an archived answer be packed, besides those that warcio unpacks?

Browsers ask for Brotli (RFC 7932), and archives that record what came over the wire keep it so.
"""

from __future__ import annotations

from typing import Any

import brotli
from warcio.bufferedreaders import BufferedReader

from pututu.rescue.sources.media import LARGEST

STEP = 1 << 20
NOT_UNPACKED = {b"\x28\xb5\x2f\xfd": "Zstandard"}


class Unbrotli:
    """Unpacks Brotli piece by piece, as warcio asks for it; of a bomb little more than ``LARGEST`` comes out."""

    unused_data = None

    def __init__(self) -> None:
        self._own = brotli.Decompressor()
        self._given = 0

    def decompress(self, packed: bytes) -> bytes:
        """What comes out of a piece. Raises brotli.error."""
        parts = [self._own.process(packed, output_buffer_limit=STEP)]
        while parts[-1] and self._given <= LARGEST:
            self._given += len(parts[-1])
            parts.append(self._own.process(b"", output_buffer_limit=STEP))
        return b"".join(parts)

    @property
    def is_cut(self) -> bool:
        """Whether all that was given is the beginning of something packed."""
        return not self._own.is_finished()


BufferedReader.DECOMPRESSORS["br"] = Unbrotli


def fault_of(content: bytes, stream: Any) -> str:
    """A sentence about a body that is still packed, or of which nothing could be unpacked; "" for any other."""
    packing = next((name for sign, name in NOT_UNPACKED.items() if content.startswith(sign)), "")
    if packing:
        return f"Its body is packed by {packing}, which is not unpacked here."
    decoder = getattr(stream, "decompressor", None)
    is_lost = isinstance(decoder, Unbrotli) and decoder.is_cut and not content
    return "Its body is damaged: it can't be unpacked." if is_lost else ""
