"""Which mask a patch is of: dealt out in shuffled order, or drawn by weight."""
import numpy as np

from . import _draws

_ONE = 1 << 20
_MOST = 1 << 62
_WEIGHED = -2


class Deal:
    """The mask of patch k of an epoch.

    masks: that are dealt; where they have weights, none has weight 0. size: patches of an epoch.
    units: weights of the masks in steps of 2^-20, or None where all come equally often.
    """

    def __init__(self, masks, per_mask, size, units=None):
        if size > _MOST:
            raise ValueError(f"{size} patches of an epoch: expected at most 2^62; lower per_mask")
        self.masks, self.size, self._per_mask = masks, size, per_mask
        self._sums = None if units is None else np.cumsum(units, dtype=np.int64)
        self._order = _draws.Shuffle(size)

    def mask(self, seed, epoch, k):
        """The mask whose turn it is."""
        if self._sums is None:
            return self._order.apply(_draws.key(seed, epoch, -1), k) // self._per_mask
        return self.any(_draws.key(seed, epoch, k), _WEIGHED)

    def many(self, seed, epoch, k):
        """The same of an int64 array."""
        if self._sums is None:
            return self._order.apply_many(_draws.key(seed, epoch, -1), k) // self._per_mask
        drawn = _draws.below_many(_draws.key_many(seed, epoch, k), _WEIGHED, int(self._sums[-1]))
        return self._sums.searchsorted(drawn, "right")

    def any(self, key, n):
        """Any mask, each as likely as its weight."""
        if self._sums is None:
            return _draws.below(key, n, len(self.masks))
        return int(self._sums.searchsorted(_draws.below(key, n, int(self._sums[-1])), "right"))


def units(weights, masks):
    """Weights of masks in steps of 2^-20."""
    weights = np.asarray(weights, np.float64)
    if weights.shape != (len(masks),):
        raise ValueError(f"weights of shape {weights.shape} for {len(masks)} masks: each needs one")
    wrong = np.flatnonzero(~((weights >= 0) & (weights < 2.0**42)))
    if len(wrong):
        raise ValueError(f"mask {masks.index(int(wrong[0]))}: weight {weights[wrong[0]]}: expected 0 to 2^42")
    found = np.floor(weights * _ONE + 0.5).astype(np.int64)
    lost = np.flatnonzero((found == 0) & (weights > 0))
    if len(lost):
        raise ValueError(
            f"mask {masks.index(int(lost[0]))}: weight {weights[lost[0]]}: weights are counted in steps of 2^-20; "
            "give all of them times 1000"
        )
    total = int(found.sum()) if found.sum(dtype=np.float64) < 2.0**61 else sum(found.tolist())
    if not 1 <= total <= _MOST:
        what = "all masks have weight 0; one or more need a weight"
        raise ValueError(what if total == 0 else "the weights add up to more than 2^42; give smaller ones")
    return found
