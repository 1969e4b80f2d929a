"""The masks that samplers draw from: those of a store, or some of them."""
import zlib

import numpy as np

from ._store import Store


class Masks:
    """All masks of a store: `Masks(store)`. `only` and `without` give some of them, for folds and validation.

    They are read through the store, so it stays open while they are in use.
    """

    def __init__(self, store):
        if not store.has_names:
            raise ValueError(
                f"{store.path}: a bare array has no sums of foreground; `maskmap.pack` or `maskmap pack` makes a store"
            )
        self.store = store
        self._sums = [0]
        for part in store._parts:
            self._sums.append(self._sums[-1] + part.index.before(part.masks))

    def __len__(self):
        return len(self.store)

    def only(self, chosen):
        """Some of them, as they are listed: mask i is chosen[i] of these."""
        return _Only(self, chosen)

    def without(self, left_out):
        """All but some, in order."""
        return _Without(self, left_out)

    def describe(self):
        """Which masks these are, in a sampler's description."""
        return str(len(self))

    def of_store(self):
        """All masks of the store, where these are some of them."""
        return self

    def index(self, mask):
        """The number that a mask, or each of an array of masks, has in the store."""
        return mask

    @property
    def shape(self):
        """(height, width) where all masks of the store have one size, else None."""
        return self.store.shape

    def size(self, mask):
        """(height, width) of a mask."""
        return self.store.shape or self.store[self.index(mask)].shape

    def sizes(self, masks=None):
        """int64 (masks, 2): of all, or of those that are asked for."""
        return self.store.shapes(self.index(np.arange(len(self)) if masks is None else np.asarray(masks)))

    # Foreground. Numbers of pixels go mask by mask, and in each as docs/format.md orders them.

    def _part(self, index):
        mask = self.store[index]
        return mask._part, mask._local

    def area(self, mask):
        """Foreground pixels of a mask."""
        return self.store[self.index(mask)].count()

    def total(self):
        """Foreground pixels of all masks."""
        return self._sums[-1]

    def before(self, mask):
        """Foreground pixels of all masks before one, which may be the number of masks."""
        if mask == len(self):
            return self._sums[-1]
        part, local = self._part(mask)
        return self._sums[part] + self.store._parts[part].index.before(local)

    def mask_of(self, n):
        """The mask that holds the n-th foreground pixel of all."""
        part = min(max(int(np.searchsorted(self._sums, n, "right")) - 1, 0), len(self._sums) - 2)
        return self.store._firsts[part] + self.store._parts[part].index.mask_of(n - self._sums[part])

    def count(self, mask, y, x, height, width):
        """Foreground pixels of a region inside a mask."""
        return self.store[self.index(mask)].count(y, x, height, width)

    def select(self, mask, n):
        """(y, x) of a mask's n-th foreground pixel."""
        part, local = self._part(self.index(mask))
        return self.store._parts[part].select(local, n)


def of(masks):
    """What a sampler was given: a store, or some of its masks."""
    if isinstance(masks, Masks):
        return masks
    if isinstance(masks, Store):
        return Masks(masks)
    raise TypeError(f"masks are {type(masks).__name__}; expected a store, or Masks of one")


def alike(masks, others):
    """Those of others that masks are of theirs."""
    return others if not isinstance(masks, _Some) else type(masks)(alike(masks._all, others), masks._listed)


class _Some(Masks):
    """Some of other masks: what is asked of one is asked of it there."""

    def __init__(self, all, listed):
        self._all, self.store = all, all.store
        listed = np.asarray(listed)
        if listed.size == 0:
            listed = listed.astype(np.int64)
        if listed.ndim != 1 or listed.dtype.kind not in "iu":
            raise TypeError(f"a list of masks of type {listed.dtype}: expected whole numbers in one dimension")
        self._listed = listed.astype(np.int64)
        ordered = np.sort(self._listed)
        wrong = ordered[(ordered < 0) | (ordered >= len(all))]
        if len(wrong):
            raise IndexError(f"mask {wrong[0]}: there are {len(all)}, from 0 on")
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        if len(twice):
            raise ValueError(f"mask {twice[0]} is listed twice")
        self._order(ordered)
        areas = [all.area(mask) for mask in self._listed.tolist()]
        self._sums = np.cumsum([0] + areas, dtype=np.int64)

    def _order(self, ordered):
        """Takes the list in ascending order, where that is of use."""

    def of_store(self):
        return self._all.of_store()

    def describe(self):
        return f"{len(self)}/{len(self.of_store())}{self._lists()}"

    def _lists(self):
        before = self._all._lists() if isinstance(self._all, _Some) else ""
        return f"{before}:{self._kind}:{checksum(self._listed)}"

    def index(self, mask):
        return self._all.index(self._from(mask))

    def area(self, mask):
        return self._all.area(self._from(mask))

    def count(self, mask, y, x, height, width):
        return self._all.count(self._from(mask), y, x, height, width)

    def select(self, mask, n):
        return self._all.select(self._from(mask), n)


class _Only(_Some):
    _kind = "only"

    def __init__(self, all, listed):
        super().__init__(all, listed)
        if len(self) == 0:
            raise ValueError("no mask is chosen; give one or more")

    def __len__(self):
        return len(self._listed)

    def _from(self, mask):
        found = self._listed[mask]
        return found if isinstance(mask, np.ndarray) else int(found)

    def total(self):
        return int(self._sums[-1])

    def before(self, mask):
        return int(self._sums[mask])

    def mask_of(self, n):
        return min(max(int(self._sums.searchsorted(n, "right")) - 1, 0), len(self) - 1)


class _Without(_Some):
    _kind = "without"

    def __init__(self, all, listed):
        super().__init__(all, listed)
        if len(self) == 0:
            raise ValueError("all masks are left out; leave one or more")

    def _order(self, ordered):
        self._listed = ordered
        # How many masks that stay lie before each that does not.
        self._stay = ordered - np.arange(len(ordered))

    def __len__(self):
        return len(self._all) - len(self._listed)

    def _from(self, mask):
        found = mask + self._stay.searchsorted(mask, "right")
        return found if isinstance(mask, np.ndarray) else int(found)

    def total(self):
        return self._all.total() - int(self._sums[-1])

    def before(self, mask):
        there = len(self._all) if mask == len(self) else self._from(mask)
        return self._all.before(there) - int(self._sums[self._listed.searchsorted(there)])

    def mask_of(self, n):
        low, high = 0, len(self._listed)
        while low < high:
            middle = (low + high) // 2
            if self._all.before(int(self._listed[middle])) - int(self._sums[middle]) > n:
                high = middle
            else:
                low = middle + 1
        there = self._all.mask_of(n + int(self._sums[low]))
        return there - int(self._listed.searchsorted(there))


def checksum(numbers):
    """Eight hexadecimal digits that tell lists of numbers apart."""
    return f"{zlib.crc32(np.ascontiguousarray(numbers, '<i8')):08x}"
