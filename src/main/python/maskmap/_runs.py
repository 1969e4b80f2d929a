"""Packed rows as runs of equal bytes: the ends of all runs, then their bytes; or plain, where that is no longer."""
import numpy as np


def end_bytes(width):
    """Bytes of the column at which a run ends."""
    return 2 if width <= 65535 else 4


def _ends(data, size):
    """Every place of the bytes as a little-endian number that begins there."""
    places = max(0, len(data) - size + 1)
    return np.ndarray((places,), f"<u{size}", data, strides=(1,))


def decode(data, lengths, width, x, end):
    """Columns x to end of packed rows that lie one behind the other.

    data: their uint8 bytes. lengths: int64, of each packed row. width: of the mask.
    Returns uint8 (len(lengths), end - x), or None where the runs do not rise to the width.
    """
    size = end_bytes(width)
    here = end - x
    plain = (lengths == width).nonzero()[0]
    if len(plain) == len(lengths):
        return data.reshape(-1, width)[:, x:end]
    runs = lengths // (size + 1)
    if len(plain):
        runs[plain] = 1
    behind = runs.cumsum()
    firsts = behind - runs
    total = int(behind[-1])
    starts = lengths.cumsum()
    starts -= lengths
    number = np.arange(total)
    # Both places of a run are its row's place and its own number: one repeat serves for the two.
    row = np.arange(len(lengths)).repeat(runs)
    values_at = (starts + size * runs - firsts)[row]
    values_at += number
    number *= size
    number += (starts - size * firsts)[row]
    if len(plain):
        number[firsts[plain]] = 0
        values_at[firsts[plain]] = 0
    ends = _ends(data, size)[number].astype(np.int64)
    values = data[values_at]
    if len(plain):
        ends[firsts[plain]] = width
    if (ends[behind - 1] != width).any():
        return None
    if here != width:
        np.minimum(ends, end, out=ends)
        ends -= x
        np.maximum(ends, 0, out=ends)
    row *= here
    ends += row
    out = _fill(ends, values, len(lengths) * here)
    if out is None:
        return None
    out = out.reshape(len(lengths), here)
    for r in plain.tolist():
        at = int(starts[r])
        out[r] = data[at + x : at + end]
    return out


def _fill(ends, values, size):
    """Each value up to its end. What changes from run to run is written, and then summed up in place."""
    begins = np.empty_like(ends)
    begins[0] = 0
    begins[1:] = ends[:-1]
    some = ends > begins
    if not some.all():
        if (ends < begins).any():
            return None
        begins, values = begins[some], values[some]
    changes = values.copy()
    changes[1:] -= values[:-1]
    out = np.zeros(size, np.uint8)
    out[begins] = changes
    # In 64 bits, which numpy sums up four times as fast as bytes; what overflows a byte is of no account.
    return np.add.accumulate(out, dtype=np.uint64).astype(np.uint8)


def encode(packed):
    """The runs of a mask's packed rows: their bytes, and uint32 where each packed row begins."""
    height, width = packed.shape
    size = end_bytes(width)
    last = np.empty(packed.shape, bool)
    np.not_equal(packed[:, 1:], packed[:, :-1], out=last[:, :-1])
    last[:, -1] = True
    runs = np.count_nonzero(last, axis=1).astype(np.int64)
    lengths = np.minimum(runs * (size + 1), width)
    plain = lengths == width
    behind = lengths.cumsum()
    starts = behind - lengths
    if behind[-1] >= 1 << 32:
        raise ValueError(f"a mask of {behind[-1]} bytes of runs: expected less than 2^32; use layout bits")
    out = np.empty(int(behind[-1]), np.uint8)
    last[plain] = False
    row, column = last.nonzero()
    coded = np.where(plain, 0, runs)
    number = np.arange(len(row)) - (coded.cumsum() - coded)[row]
    if len(row):
        _ends(out, size)[starts[row] + size * number] = column + 1
        out[starts[row] + size * runs[row] + number] = packed[row, column]
    for r in plain.nonzero()[0].tolist():
        out[starts[r] : behind[r]] = packed[r]
    return out, starts.astype("<u4")
