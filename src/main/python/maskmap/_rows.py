"""How a part of a store holds its packed rows: in one array, one behind the other, or as runs.

Each class answers `rows(mask, first, last, x, end)`: packed rows first to last, columns x to end, of a mask that has
them. The answer may be a view of the map. What is read from an index becomes an address: it is checked at every use.
"""
import numpy as np

from . import _runs
from ._errors import damaged


class Uniform:
    """Masks of one size in one array of shape (masks, packed rows, width)."""

    def __init__(self, array):
        self._array = array

    def rows(self, mask, first, last, x, end):
        return self._array[mask, first:last, x:end]


class Ragged:
    """Masks of different sizes, one behind the other."""

    def __init__(self, flat, offsets, sizes, path):
        self._flat, self._offsets, self._sizes, self._path = flat, offsets, sizes, path

    def rows(self, mask, first, last, x, end):
        height, width = self._sizes.of(mask)
        start = self._offsets.item(mask, 0)
        size = (height + 7) // 8 * width
        if not 0 <= start <= len(self._flat) - size:
            raise damaged(self._path, f"mask {mask} lies at bytes {start} to {start + size} of {len(self._flat)}")
        here = self._flat[start + first * width : start + last * width]
        return here.reshape(last - first, width)[:, x:end]


class Runs:
    """Packed rows as runs of equal bytes, and where each packed row begins."""

    def __init__(self, runs, starts, offsets, sizes, path):
        self._runs, self._starts, self._offsets, self._sizes, self._path = runs, starts, offsets, sizes, path

    def rows(self, mask, first, last, x, end):
        height, width = self._sizes.of(mask)
        begin, behind = self._offsets.item(mask, 0), self._offsets.item(mask + 1, 0)
        if not 0 <= begin <= behind <= len(self._runs):
            raise damaged(self._path("offsets.npy"), f"mask {mask} lies at bytes {begin} to {behind}")
        starts = self._row_starts(mask, first, last, (height + 7) // 8, behind - begin)
        lengths = starts[1:] - starts[:-1]
        from_, to = int(starts[0]), int(starts[-1])
        if to > behind - begin or (first == 0 and from_ != 0) or not _fit(lengths, width):
            raise damaged(self._path("rows.npy"), f"packed rows {first} to {last} of mask {mask} cannot begin there")
        rows = _runs.decode(self._runs[begin + from_ : begin + to], lengths, width, x, end)
        if rows is None:
            raise damaged(self._path("runs.npy"), f"the runs of mask {mask} do not rise to its {width} columns")
        return rows

    def _row_starts(self, mask, first, last, packed_rows, length):
        """Where packed rows begin, and the last of them ends."""
        starts = np.empty(last - first + 1, np.int64)
        at = self._sizes.first_row(mask)
        if last < packed_rows:
            starts[:] = self._starts[at + first : at + last + 1]
        else:
            starts[:-1] = self._starts[at + first : at + last]
            starts[-1] = length
        return starts


def _fit(lengths, width):
    """Whether packed rows can have such lengths: whole runs, or the width."""
    if lengths.min() <= 0 or lengths.max() > width:
        return False
    whole = lengths % (_runs.end_bytes(width) + 1) == 0
    whole |= lengths == width
    return bool(whole.all())
