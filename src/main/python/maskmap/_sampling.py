"""What samplers have in common: the masks that are left, the size of a patch, and their descriptions."""
from operator import index as as_index

import numpy as np

from . import _draws, _masks
from ._deal import Deal, units
from ._store import sides

_SMALL = ("error", "pad", "skip")


class Sampling:
    """What patches are drawn from and how large they are."""

    def __init__(self, masks, patch_size, per_mask, small, weights=None):
        self.all = _masks.of(masks)
        self.height, self.width = sides(patch_size)
        self.per_mask, self.small = as_index(per_mask), small
        if self.per_mask < 1:
            raise ValueError(f"{per_mask} patches a mask: expected 1 or more")
        if small not in _SMALL:
            raise ValueError(f"small={small!r}: expected one of {', '.join(_SMALL)}")
        self._removed = self._too_small()
        self._units = None if weights is None else units(weights, self.all)
        self.masks = self.left(self.all)

    def _too_small(self):
        """The masks that the rule takes away."""
        none = np.empty(0, np.int64)
        if self.small == "pad":
            return none
        shape = self.all.shape
        sizes = self.all.sizes() if shape is None else np.array([shape])
        found = np.flatnonzero((sizes < (self.height, self.width)).any(axis=1))
        if len(found) == 0:
            return none
        if self.small == "error":
            first = int(found[0])
            raise ValueError(
                f"mask {self.all.index(first)} has {sizes[first][0]} x {sizes[first][1]} pixels (height x width), "
                f"fewer than the patch of {self.height} x {self.width}; small='pad' or 'skip' is for such masks"
            )
        if len(found) == len(sizes):
            raise ValueError(
                f"all {len(self.all)} masks are smaller than the patch of {self.height} x {self.width} pixels "
                "(height x width)"
            )
        return found

    def left(self, masks):
        """What the rule leaves of these masks, or of others of the same sizes."""
        return masks.without(self._removed) if len(self._removed) else masks

    def deal(self):
        """How masks are dealt: only those that have a weight, where there are weights."""
        size = len(self.masks) * self.per_mask
        if self._units is None:
            return Deal(self.masks, self.per_mask, size)
        out = np.union1d(self._removed, np.flatnonzero(self._units == 0))
        if len(out) == len(self.all):
            raise ValueError(
                f"all masks that are as large as the patch of {self.height} x {self.width} pixels have weight 0"
            )
        masks = self.all.without(out) if len(out) else self.all
        return Deal(masks, self.per_mask, size, np.delete(self._units, out))

    def describe(self, kind, repeats=True):
        """A sampler's description, which begins with its kind."""
        per_mask = f" per_mask={self.per_mask}" if repeats else ""
        weights = "" if self._units is None else f" weights={_masks.checksum(self._units)}"
        return f"{kind} {self.height}x{self.width}{per_mask} small={self.small} masks={self.all.describe()}{weights}"

    # Places of a patch in a mask; one in a mask that is smaller.

    def anywhere(self, masks, mask, key):
        """Any place in a mask, each as likely as the others."""
        height, width = masks.size(mask)
        y = _draws.below(key, 0, max(height - self.height, 0) + 1)
        return mask, y, _draws.below(key, 1, max(width - self.width, 0) + 1)

    def anywhere_many(self, masks, mask, keys):
        """The same of arrays."""
        places = self.places(masks, mask)
        return mask, _draws.below_many(keys, 0, places[:, 0]), _draws.below_many(keys, 1, places[:, 1])

    def places(self, masks, mask=None):
        """int64 (masks, 2): the rows, and the columns, at which a patch can begin."""
        sizes = masks.sizes(mask)
        return np.maximum(sizes - (self.height, self.width), 0) + 1

    def around(self, masks, mask, n, key):
        """Any place in a mask whose patch has the mask's n-th foreground pixel in it, each as likely as the others."""
        y, x = masks.select(mask, n)
        height, width = masks.size(mask)
        return mask, _around(y, height, self.height, key, 0), _around(x, width, self.width, key, 1)


def _around(pixel, length, patch, key, n):
    first = max(pixel - patch + 1, 0)
    last = min(pixel, max(length - patch, 0))
    return first + _draws.below(key, n, last - first + 1)


def share_of(what, share, batch):
    """The patches of a batch that a share comes to, rounded."""
    if not 0 <= share <= 1:
        raise ValueError(f"{what} of foreground {share}: expected 0 to 1")
    if batch < 1:
        raise ValueError(f"a batch of {batch}: expected 1 or more")
    patches = int(np.floor(share * batch + 0.5))
    if share > 0 and patches == 0:
        raise ValueError(f"{what} of {share} of a batch of {batch} is not one patch; give {0.5 / batch} or more")
    return patches
