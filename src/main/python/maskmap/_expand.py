"""Packed rows to pixels: the inner loop of every read."""
from functools import lru_cache

import numpy as np

PLACES = np.array([128, 64, 32, 16, 8, 4, 2, 1], np.uint8)

# Pixels that are expanded at a time: what lies between the steps stays in the cache.
_BLOCK = 1 << 17

_ONE_BYTE = (np.dtype(np.uint8), np.dtype(bool), np.dtype(np.int8))

# Set bits of a byte.
ONES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(axis=1, dtype=np.uint8)


@lru_cache(maxsize=16)
def _pattern(width):
    """For each pixel of a block its place in its byte, row by row; one packed row more than a block has."""
    rows = block_rows(width) + 1
    pattern = np.repeat(np.tile(PLACES, rows)[:, None], width, axis=1)
    pattern.flags.writeable = False
    return pattern


def block_rows(width):
    """Packed rows of a block."""
    return max(1, _BLOCK // (8 * width))


def expand(rows, bit, height, width, out=None):
    """Pixels 0 and 1 of packed rows, which may be a view of a map.

    rows: uint8 (ceil((bit + height) / 8), width). bit: which of the first packed row's pixels is the first, 0 to 7.
    out: where they go, of shape (height, width); without it a new uint8 array.
    """
    if height * width > _BLOCK:
        return _in_blocks(rows, bit, height, width, out)
    # Repeating copies whole rows, and what follows runs over contiguous memory in one piece: less than half of
    # the time of one broadcast AND.
    pixels = rows.repeat(8, 0)[bit : bit + height]
    pixels &= _pattern(width)[bit : bit + height]
    if out is None:
        return pixels.astype(bool).view(np.uint8)
    if out.dtype in _ONE_BYTE:
        np.copyto(out.view(bool), pixels, casting="unsafe")
    else:
        np.copyto(out, pixels.astype(bool))
    return out


def _in_blocks(rows, bit, height, width, out):
    if out is None:
        out = np.empty((height, width), np.uint8)
    step = block_rows(width)
    for first in range(0, len(rows), step):
        begin = bit if first == 0 else 0
        at = 8 * first - bit + begin
        end = min(height, 8 * (first + step) - bit)
        block = rows[first : first + step]
        if (end - at) * width > _BLOCK:  # a single packed row that is wider than a block
            pixels = (block.repeat(8, 0)[begin : begin + end - at] & PLACES[begin : begin + end - at, None]) != 0
            out[at:end] = pixels
        else:
            expand(block, begin, end - at, width, out[at:end])
    return out


def count(rows, bit, height):
    """Foreground in packed rows, from pixel row `bit` of the first on, so many pixel rows."""
    ones = ONES[rows]
    total = int(ones.sum(dtype=np.int64))
    if bit:
        total -= int(ONES[rows[0] & (0xFF00 >> bit & 0xFF)].sum(dtype=np.int64))
    behind = 8 * len(rows) - bit - height
    if behind:
        total -= int(ONES[rows[-1] & ((1 << behind) - 1)].sum(dtype=np.int64))
    return total


def select(row, n):
    """The n-th foreground pixel of one packed row, column by column: (which of its eight rows, column), or None."""
    before = np.cumsum(ONES[row], dtype=np.int64)
    x = int(before.searchsorted(n, "right"))
    if n < 0 or x == len(row):
        return None
    byte = int(row[x])
    left = n - (int(before[x - 1]) if x else 0)
    for y in range(8):
        if byte & 128 >> y:
            if left == 0:
                return y, x
            left -= 1
    return None
