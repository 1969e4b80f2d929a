"""Stores as they are read: masks by number, patches by their places."""
import os
from bisect import bisect_right
from operator import index as as_index

import numpy as np

from ._expand import expand
from ._mask import Mask, as_array


class Store:
    """Binary masks in a memory map, one bit a pixel; `maskmap.open` makes one.

    A sequence of `Mask`: `len(store)`, `store[i]` (also from the end, `store[-1]`), and iteration. Immutable; any
    number of threads may read. It may be used in processes that were forked, and it pickles as its path: another
    process opens it there, and notices where another store has taken its place.

    A context manager. After `close` every read raises ValueError. Files of a store are never changed by maskmap; where
    one is cut short under its map, the system ends the process.
    """

    def __init__(self, path, id, parts, height=None, where=None):
        self.path = path
        """What was opened; of several stores, the first."""
        self.id = id
        """32 hexadecimal digits that follow from the content, the same in Java; empty for a bare array."""
        self._height = height
        self._where = os.path.abspath(path) if where is None else [os.path.abspath(one) for one in where]
        self._parts = tuple(parts)
        self._firsts = [0]
        for part in parts:
            self._firsts.append(self._firsts[-1] + part.masks)
        self._size = self._firsts[-1]
        shapes = {part.sizes.shape for part in parts}
        self.shape = shapes.pop() if len(shapes) == 1 else None
        """(height, width) where all masks are known to have one size, else None: ask the mask."""
        self.layout = parts[0].layout
        """`bits` or `runs`; of a data set, what its first part has."""

    def __len__(self):
        return self._size

    def __getitem__(self, index):
        try:
            i = as_index(index)
        except TypeError:
            hint = "; store.index(name) finds a name" if isinstance(index, str) else ""
            raise TypeError(f"a mask is asked for by its number, not by {type(index).__name__}{hint}") from None
        if i < 0:
            i += self._size
        if not 0 <= i < self._size:
            raise IndexError(f"mask {index} of {self.path}: it has {self._size}")
        if len(self._parts) == 1:
            return Mask(self, 0, i, i)
        part = bisect_right(self._firsts, i) - 1
        return Mask(self, part, i - self._firsts[part], i)

    def __iter__(self):
        return (self[i] for i in range(self._size))

    def __contains__(self, name):
        return self._find(name) >= 0

    @property
    def has_names(self):
        """Whether the masks have names, sums and checksums; those of bare arrays have none."""
        return self._parts[0].index is not None

    def index(self, name):
        """The number of the mask so named; raises KeyError. Looks through the names: keep the answer."""
        found = self._find(name)
        if found < 0:
            raise KeyError(f"{self.path}: no mask is named {name!r}")
        return found

    def names(self):
        """The names of all masks in order, one after the other; where there are none, their numbers as text."""
        for first, part in zip(self._firsts, self._parts):
            for i in range(part.masks):
                yield str(first + i) if part.index is None else part.index.name(i)

    def _find(self, name):
        for first, part in zip(self._firsts, self._parts):
            found = -1 if part.index is None else part.index.index_of(name)
            if found >= 0:
                return first + found
        if self.closed:
            self._parts[0]
        return -1

    def patches(self, index, y, x, size, packed=False, out=None, pad=False):
        """A batch of patches: patch j is of mask index[j], at row y[j] and column x[j].

        index, y, x: sequences of whole numbers, equally long. size: (height, width), or one number for both.
        packed: gives the packed rows instead, uint8 (patches, (height + 14) // 8, width), for
            `maskmap.unpack(rows, y % 8, size)`.
        out: an array, or a torch tensor on the CPU, that is filled and returned; without it the answer is a new uint8
            array of shape (patches, height, width). pad: as for `Mask.patch`.
        """
        height, width = sides(size)
        index, y, x = (np.atleast_1d(np.asarray(numbers)).tolist() for numbers in (index, y, x))
        if not len(index) == len(y) == len(x):
            raise ValueError(f"{len(index)} masks, {len(y)} rows and {len(x)} columns: expected as many of each")
        shape = (len(index), (height + 14) // 8 if packed else height, width)
        if out is None:
            out = np.zeros(shape, np.uint8) if packed else np.empty(shape, np.uint8)
            target = out
        else:
            target = as_array(out, shape)
            if packed:
                target[...] = 0
        fill = self._fill_packed if packed else self._fill
        for to, i, row, column in zip(target, index, y, x):
            fill(to, self[i], as_index(row), as_index(column), height, width, pad)
        return out

    @staticmethod
    def _fill(to, mask, y, x, height, width, pad):
        rows, columns = mask.shape
        if y < 0 or x < 0 or y + height > rows or x + width > columns:
            mask.patch(y, x, height, width, to, pad)
            return
        part = mask._store._parts[mask._part]
        expand(part.rows(mask._local, y >> 3, (y + height + 7) >> 3, x, x + width), y & 7, height, width, to)

    @staticmethod
    def _fill_packed(to, mask, y, x, height, width, pad):
        inside = mask._inside(y, x, height, width, pad)
        mask._pack_into(mask._store._parts[mask._part], to, y, x, inside)

    def shapes(self, index=None):
        """Heights and widths as int64 (masks, 2): of all masks, or of those listed."""
        index = np.arange(self._size) if index is None else np.asarray(index, np.int64)
        if len(self._parts) == 1:
            return np.array(self._parts[0].sizes.many(index))
        found = np.empty((len(index), 2), np.int64)
        part = np.searchsorted(self._firsts, index, "right") - 1
        for p in np.unique(part):
            here = part == p
            found[here] = self._parts[p].sizes.many(index[here] - self._firsts[p])
        return found

    @property
    def closed(self):
        """Whether it was closed."""
        return isinstance(self._parts, _Closed)

    def close(self):
        """Gives up the maps; closing again has no effect. Arrays that were handed out stay as they are."""
        if not self.closed:
            self._parts = _Closed(self.path)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __reduce__(self):
        if self.closed:
            raise ValueError(f"{self.path}: the store is closed")
        from ._open import reopen

        return reopen, (self._where, self._height, self.id)

    def __repr__(self):
        return f"<maskmap store {self.path}: {self._size} masks{', closed' if self.closed else ''}>"


class _Closed:
    """In the place of the parts of a store that was closed."""

    def __init__(self, path):
        self._path = path

    def _refuse(self, *_):
        raise ValueError(f"{self._path}: the store is closed")

    __getitem__ = __iter__ = __len__ = _refuse


def sides(size):
    """(height, width) of a patch that is given so, or as one number for both."""
    height, width = (size, size) if np.ndim(size) == 0 else size
    height, width = as_index(height), as_index(width)
    if height < 1 or width < 1:
        raise ValueError(f"a patch of {height} x {width} pixels (height x width): expected 1 or more")
    return height, width
