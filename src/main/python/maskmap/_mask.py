"""One mask of a store."""
from operator import index as as_index

import numpy as np

from ._expand import expand


class Mask:
    """One mask of a store: a view, cheap to make, that reads through its store and fails as that does once closed."""

    __slots__ = ("_store", "_part", "_local", "index", "shape")

    def __init__(self, store, part, local, index):
        self._store, self._part, self._local = store, part, local
        self.index = index
        self.shape = store._parts[part].sizes.of(local)

    @property
    def height(self):
        """Pixel rows."""
        return self.shape[0]

    @property
    def width(self):
        """Columns."""
        return self.shape[1]

    @property
    def name(self):
        """The name, or the index in decimal digits where the store has no names."""
        part = self._store._parts[self._part]
        return str(self.index) if part.index is None else part.index.name(self._local)

    def patch(self, y, x, height, width, out=None, pad=False):
        """Pixels 0 and 1 of rows y to y + height and columns x to x + width, ends excluded.

        out: an array, or a torch tensor on the CPU, of shape (height, width) that is filled and returned, of any type;
            without it the answer is a new uint8 array.
        pad: lets the patch reach over the bottom and the right of the mask; there is background behind its end.

        Raises IndexError where the patch leaves the mask.
        """
        part = self._store._parts[self._part]
        y, x, height, width = as_index(y), as_index(x), as_index(height), as_index(width)
        shape = self.shape
        if out is not None:
            target = as_array(out, (height, width))
        if y < 0 or x < 0 or height < 1 or width < 1 or y + height > shape[0] or x + width > shape[1]:
            inside = self._inside(y, x, height, width, pad)
            if out is None:
                out = target = np.empty((height, width), np.uint8)
            target[...] = 0
            height, width = inside
            target = target[:height, :width]
        rows = part.rows(self._local, y >> 3, (y + height + 7) >> 3, x, x + width)
        if out is None:
            return expand(rows, y & 7, height, width)
        expand(rows, y & 7, height, width, target)
        return out

    def array(self):
        """All pixels: a new uint8 array of 0 and 1."""
        return self.patch(0, 0, *self.shape)

    def packed(self, y, x, height, width, pad=False):
        """The packed rows that hold a patch, as a new uint8 array: `maskmap.unpack(rows, y % 8, (height, width))`.

        Its shape is (ceil((y % 8 + height) / 8), width): less to move than pixels, to unpack where they are used. The
        first and the last packed row hold other pixels of the mask too. pad: as for `patch`.
        """
        part = self._store._parts[self._part]
        y, x, height, width = as_index(y), as_index(x), as_index(height), as_index(width)
        here = self._inside(y, x, height, width, pad)
        out = np.zeros((((y & 7) + height + 7) >> 3, width), np.uint8)
        self._pack_into(part, out, y, x, here)
        return out

    def _pack_into(self, part, out, y, x, inside):
        """Puts the packed rows of the part of a patch that lies inside where zeros are."""
        height, width = inside
        rows = part.rows(self._local, y >> 3, (y + height + 7) >> 3, x, x + width)
        out[: len(rows), :width] = rows
        behind = (y + height + 7) // 8 * 8 - self.shape[0]
        if behind > 0:  # bits past the height are zero in a store, and anything in a bare array
            out[len(rows) - 1] &= 0xFF << behind & 0xFF

    def count(self, y=0, x=0, height=None, width=None):
        """Foreground pixels: of the whole mask, which a store has counted already, or of a region inside it."""
        part = self._store._parts[self._part]
        if height is None and width is None and y == 0 and x == 0:
            return part.area(self._local)
        y, x = as_index(y), as_index(x)
        height = self.shape[0] - y if height is None else as_index(height)
        width = self.shape[1] - x if width is None else as_index(width)
        self._inside(y, x, height, width, False)
        return part.count(self._local, y, x, height, width)

    def _inside(self, y, x, height, width, pad):
        """Height and width of the part of a patch that lies in the mask: less than all only where it may reach over."""
        rows, columns = self.shape
        if height < 1 or width < 1:
            raise ValueError(f"a patch of {height} x {width} pixels (height x width): expected 1 or more")
        fits = y + height <= rows and x + width <= columns
        if not (0 <= y < rows and 0 <= x < columns) or not (fits or pad):
            hint = "" if pad or y < 0 or x < 0 else "; pad=True has background behind its end"
            raise IndexError(
                f"{self._store.path}: a patch of {height} x {width} pixels at row {y}, column {x} leaves mask "
                f"{self.index} ('{self.name}') of {rows} x {columns}{hint}"
            )
        return min(height, rows - y), min(width, columns - x)

    def __repr__(self):
        return f"<mask {self.index} of {self._store.path}: {self.shape[0]} x {self.shape[1]} pixels>"


def as_array(out, shape):
    """What a caller wants filled, as an array of numpy over the same memory."""
    array = out
    if not isinstance(out, np.ndarray):
        if not hasattr(out, "numpy"):
            raise TypeError(f"out is {type(out).__name__}; expected an array, or a torch tensor on the CPU")
        array = out.numpy()
    if array.shape != tuple(shape):
        raise ValueError(f"out has the shape {tuple(array.shape)}; expected {tuple(shape)}")
    return array
