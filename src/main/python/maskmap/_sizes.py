"""Heights and widths of the masks of a part of a store."""
import numpy as np

from ._errors import damaged


class OneSize:
    """All masks have one."""

    def __init__(self, shape):
        self.shape = shape
        self._packed_rows = (shape[0] + 7) // 8

    def of(self, mask):
        return self.shape

    def many(self, masks):
        """int64 (len(masks), 2)."""
        return np.broadcast_to(np.array(self.shape, np.int64), (len(masks), 2))

    def first_row(self, mask):
        """Packed rows of all masks before one."""
        return mask * self._packed_rows


class Listed:
    """Each mask has its own: shapes.npy."""

    shape = None

    def __init__(self, shapes, offsets, packed_rows, path):
        self._shapes, self._offsets, self._packed_rows, self._path = shapes, offsets, packed_rows, path

    def of(self, mask):
        height, width = self._shapes[mask].tolist()
        if height < 1 or width < 1:
            raise damaged(self._path("shapes.npy"), f"mask {mask} has {height} x {width} pixels")
        return height, width

    def many(self, masks):
        found = self._shapes[masks].astype(np.int64)
        if found.size and found.min() < 1:
            raise damaged(self._path("shapes.npy"), f"a mask has {found.min()} pixel rows or columns")
        return found

    def first_row(self, mask):
        first = self._offsets.item(mask, 1)
        rows = (self._shapes.item(mask, 0) + 7) // 8
        if not 0 <= first <= self._packed_rows - rows:
            raise damaged(
                self._path("offsets.npy"),
                f"mask {mask} has packed rows {first} to {first + rows} of {self._packed_rows}",
            )
        return first
