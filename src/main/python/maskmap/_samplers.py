"""The samplers, one class a kind."""
import math
from operator import index as as_index

import numpy as np

from . import _draws, _masks
from ._sampling import Sampling, share_of

# The numbers of a patch: 0 and 1 are its place, 2 its pixel or mask, those behind it other masks.
_PIXEL = 2

# Masks that are drawn in place of one without foreground, before one is taken that has it.
_OTHERS = 64
_MOST_ATTEMPTS = 10_000


class Sampler:
    """Chooses patches: patch k of an epoch is a function of the seed, the epoch and k.

    len(sampler): patches of an epoch. size: (height, width) of a patch. batch: patches over which what the sampler
    promises holds; batches are to have a multiple of it. May be used by several threads, and pickles with its store.
    """

    batch = 1

    def __init__(self, sampling, masks, count):
        self._sampling, self._masks, self._count = sampling, masks, count
        self.size = sampling.height, sampling.width

    def __len__(self):
        return self._count

    def draw(self, seed, epoch, k):
        """(index, y, x) of patch k: the mask's number in the store, and the patch's first row and column.

        seed, epoch: whole numbers of 64 bits. k: 0 to len(sampler) - 1, or an array of such numbers, for which the
        answer is three int64 arrays. Raises IndexError for a patch that the epoch does not have.
        """
        return self.draw_kept(seed, epoch, k)[:3]

    def draw_kept(self, seed, epoch, k):
        """As `draw`, and fourth whether the patch is as the sampler promises: False where `at_least` gave up."""
        seed, epoch = as_index(seed), as_index(epoch)
        if np.ndim(k) == 0:
            k = self._checked(as_index(k))
            mask, y, x, kept = self._one(seed, epoch, k, 0)
            return int(self._masks.index(mask)), y, x, kept
        k = np.asarray(k)
        if k.size == 0:
            none = np.empty(0, np.int64)
            return none, none, none, np.empty(0, bool)
        if k.ndim != 1 or k.dtype.kind not in "iu":
            raise TypeError(f"patches {k.dtype} of shape {k.shape}: expected whole numbers in one dimension")
        self._checked(int(k.min()))
        self._checked(int(k.max()))
        mask, y, x, kept = self._many(seed, epoch, k.astype(np.int64))
        return np.asarray(self._masks.index(mask), np.int64), y, x, kept

    def _checked(self, k):
        if not 0 <= k < self._count:
            raise IndexError(f"patch {k}: an epoch has {self._count}")
        return k

    def _one(self, seed, epoch, k, attempt):
        """(mask, y, x, kept), the mask by its number among those that are drawn from."""
        raise NotImplementedError

    def _many(self, seed, epoch, k):
        """The same of an array, at the first attempt."""
        found = [self._one(seed, epoch, one, 0) for one in k.tolist()]
        mask, y, x, kept = (np.array(numbers) for numbers in zip(*found))
        return mask.astype(np.int64), y.astype(np.int64), x.astype(np.int64), kept

    def describe(self):
        """One line, the same in Java: samplers of the same masks with the same line draw the same patches."""
        return self._sampling.describe(self._kind())

    def __repr__(self):
        return f"<sampler: {self.describe()}>"


class _Dealt(Sampler):
    """Masks are dealt, and places are uniform unless a subclass has another one."""

    def __init__(self, sampling):
        self._deal = sampling.deal()
        super().__init__(sampling, self._deal.masks, self._deal.size)

    def _kind(self):
        return "uniform"

    def _one(self, seed, epoch, k, attempt):
        key = _draws.key(seed, epoch, k, attempt)
        return (*self._sampling.anywhere(self._masks, self._deal.mask(seed, epoch, k), key), True)

    def _many(self, seed, epoch, k):
        keys = _draws.key_many(seed, epoch, k)
        dealt = self._deal.many(seed, epoch, k)
        mask, y, x = self._sampling.anywhere_many(self._masks, dealt, keys)
        return mask, y, x, np.ones(len(k), bool)


class _Special(_Dealt):
    """The first patches of each batch are special, and the others uniform."""

    _special = 0

    def _one(self, seed, epoch, k, attempt):
        if k % self.batch >= self._special:
            return super()._one(seed, epoch, k, attempt)
        key = _draws.key(seed, epoch, k, attempt)
        return (*self._place(key, k % self.batch, lambda: self._deal.mask(seed, epoch, k)), True)

    def _many(self, seed, epoch, k):
        mask, y, x, kept = super()._many(seed, epoch, k)
        dealt = mask.copy()
        for i in np.flatnonzero(k % self.batch < self._special).tolist():
            one = int(k[i])
            key = _draws.key(seed, epoch, one)
            mask[i], y[i], x[i] = self._place(key, one % self.batch, lambda: int(dealt[i]))
        return mask, y, x, kept


class _Foreground(_Special):
    def __init__(self, sampling, share, batch, of_all):
        self.batch = as_index(batch)
        self._special = share_of("a share", share, self.batch)
        self._of_all = of_all
        super().__init__(sampling)
        if self._special and self._masks.total() == 0:
            raise ValueError("no mask has foreground, so no patch can contain any; draw uniformly")

    def _kind(self):
        return f"foreground{'-of-all' if self._of_all else ''}={self._special}/{self.batch}"

    def _place(self, key, number, dealt):
        if self._of_all:
            return over_any(self._sampling, self._masks, key)
        mask = self._with_foreground(dealt(), key)
        n = _draws.below(key, _PIXEL, self._masks.area(mask))
        return self._sampling.around(self._masks, mask, n, key)

    def _with_foreground(self, mask, key):
        """The mask itself, or another one where it is empty."""
        other = 1
        while self._masks.area(mask) == 0:
            if other <= _OTHERS:
                mask = self._deal.any(key, _PIXEL + other)
            else:
                mask = self._masks.mask_of(_draws.below(key, _PIXEL + other, self._masks.total()))
            other += 1
        return mask


class _Classes(_Special):
    def __init__(self, sampling, planes, shares, batch):
        self.batch = as_index(batch)
        self._planes = planes
        self._patches = [share_of(f"class {c}: a share", share, self.batch) for c, share in enumerate(shares)]
        self._ends = np.cumsum(self._patches).tolist()
        self._special = self._ends[-1]
        if self._special > self.batch:
            raise ValueError(
                f"the classes' shares are {self._special} patches of a batch of {self.batch}; give smaller ones"
            )
        super().__init__(sampling)
        for c, (plane, patches) in enumerate(zip(planes, self._patches)):
            if patches and plane.total() == 0:
                raise ValueError(f"class {c}: no mask has foreground, so no patch can contain any")

    def _kind(self):
        return f"classes={','.join(map(str, self._patches))}/{self.batch}"

    def _place(self, key, number, dealt):
        plane = next(plane for plane, end in zip(self._planes, self._ends) if number < end)
        return over_any(self._sampling, plane, key)


def over_any(sampling, masks, key):
    """A place around a pixel drawn from the foreground of all masks."""
    n = _draws.below(key, _PIXEL, masks.total())
    mask = masks.mask_of(n)
    return sampling.around(masks, mask, n - masks.before(mask), key)


class _Summed(Sampler):
    """Masks have numbers of patches, one after the other."""

    def __init__(self, sampling, numbers, count=None):
        masks = sampling.masks
        self._sums = None
        if masks.shape is not None:
            self._each = int(numbers([masks.shape])[0])
            self._total = len(masks) * self._each
        else:
            each = numbers(masks.sizes())
            self._total = int(each.sum()) if each.sum(dtype=np.float64) < 2.0**62 else sum(each.tolist())
            self._sums = np.cumsum(each, dtype=np.int64)
        if self._total >= 1 << 63:
            raise ValueError("all masks together have 2^63 patches and more")
        super().__init__(sampling, masks, self._total if count is None else count)

    def _holder(self, n):
        """The mask, or the masks, that hold a number, and the rest of it."""
        if self._sums is None:
            return n // self._each, n % self._each
        mask = self._sums.searchsorted(n, "right")
        if np.ndim(n) == 0:
            mask = int(mask)
            return mask, n - (int(self._sums[mask - 1]) if mask else 0)
        return mask, n - np.concatenate([[0], self._sums])[mask]


class _Area(_Summed):
    def __init__(self, sampling):
        rows = lambda sizes: np.prod(np.maximum(np.subtract(sizes, (sampling.height, sampling.width)), 0) + 1, axis=1)
        super().__init__(sampling, rows, len(sampling.masks) * sampling.per_mask)

    def _kind(self):
        return "area"

    def _one(self, seed, epoch, k, attempt):
        key = _draws.key(seed, epoch, k, attempt)
        mask, _ = self._holder(_draws.below(key, _PIXEL, self._total))
        return (*self._sampling.anywhere(self._masks, mask, key), True)

    def _many(self, seed, epoch, k):
        keys = _draws.key_many(seed, epoch, k)
        mask, _ = self._holder(_draws.below_many(keys, _PIXEL, self._total))
        return (*self._sampling.anywhere_many(self._masks, mask, keys), np.ones(len(k), bool))


class _Grid(_Summed):
    def __init__(self, sampling, stride):
        self._stride = np.array(stride, np.int64)
        self._patch = np.array([sampling.height, sampling.width], np.int64)
        super().__init__(sampling, lambda sizes: np.prod(self._steps(sizes), axis=1))

    def _steps(self, sizes):
        return -(-np.maximum(np.asarray(sizes, np.int64) - self._patch, 0) // self._stride) + 1

    def describe(self):
        return self._sampling.describe("grid=%dx%d" % tuple(self._stride), repeats=False)

    def _one(self, seed, epoch, k, attempt):
        mask, y, x, _ = self._many(seed, epoch, np.array([k]))
        return int(mask[0]), int(y[0]), int(x[0]), True

    def _many(self, seed, epoch, k):
        mask, left = self._holder(k)
        sizes = self._masks.sizes(mask)
        steps = np.stack(np.divmod(left, self._steps(sizes)[:, 1]), axis=1)
        at = np.minimum(steps * self._stride, np.maximum(sizes - self._patch, 0))
        return mask, at[:, 0], at[:, 1], np.ones(len(k), bool)


class _AtLeast(Sampler):
    def __init__(self, sampler, pixels, attempts):
        super().__init__(sampler._sampling, sampler._masks, len(sampler))
        self.batch = sampler.batch
        self._from, self._pixels, self._attempts = sampler, pixels, attempts

    def describe(self):
        return f"at-least={self._pixels}*{self._attempts} {self._from.describe()}"

    def _one(self, seed, epoch, k, attempt):
        for i in range(self._attempts):
            mask, y, x, _ = self._from._one(seed, epoch, k, attempt * self._attempts + i)
            height, width = self._masks.size(mask)
            inside = min(self.size[0], height - y), min(self.size[1], width - x)
            if self._masks.count(mask, y, x, *inside) >= self._pixels:
                return mask, y, x, True
        return mask, y, x, False


def uniform(masks, patch_size, per_mask=1, small="error", weights=None):
    """Every mask equally often, in shuffled order, and in it every place equally likely.

    weights: one for each mask: 2 comes twice as often as 1, and 0 never; masks are drawn then, and no longer dealt.
    """
    return _Dealt(Sampling(masks, patch_size, per_mask, small, weights))


def area(masks, patch_size, per_mask=1, small="error"):
    """Every place of all masks equally likely, so that large masks come more often."""
    return _Area(Sampling(masks, patch_size, per_mask, small))


def foreground(masks, patch_size, share, batch, per_mask=1, small="error", weights=None):
    """The first round(share * batch) patches of each batch contain a foreground pixel, the others are uniform.

    The pixel is drawn from the foreground of the mask whose turn it is, and then a place around it; in the place of a
    mask without foreground another one is drawn. Patch k is number k % batch of its batch. weights: as for `uniform`.
    """
    return _Foreground(Sampling(masks, patch_size, per_mask, small, weights), share, batch, False)


def foreground_of_all(masks, patch_size, share, batch, per_mask=1, small="error"):
    """As `foreground`, with the pixel drawn from the foreground of all masks: those with much of it come more often."""
    return _Foreground(Sampling(masks, patch_size, per_mask, small), share, batch, True)


def classes(masks, patch_size, shares, batch, per_mask=1, small="error"):
    """The first patches of each batch contain a pixel of the first class, the next of the second; others are uniform.

    shares: a dict, in order, from the store (or Masks) of a class to the share of the batch that it has: masks of the
        same sizes in the same order, such as `pack --split-labels` makes. A pixel is drawn from all foreground of its
        class. Where `masks` are some of a store's, the same ones are taken of a store.
    """
    sampling = Sampling(masks, patch_size, per_mask, small)
    pairs = list(shares.items() if hasattr(shares, "items") else shares)
    if not pairs:
        raise ValueError("no class is given; classes needs one or more")
    planes = [sampling.left(_plane(sampling.all, plane, c)) for c, (plane, _) in enumerate(pairs)]
    return _Classes(sampling, planes, [share for _, share in pairs], batch)


def _plane(masks, plane, c):
    plane = _masks.of(plane)
    if plane.of_store() is plane and len(plane) == len(masks.of_store()):
        plane = _masks.alike(masks, plane)
    if len(plane) != len(masks):
        raise ValueError(f"class {c} has {len(plane)} masks, and the others {len(masks)}")
    if plane.describe() != masks.describe():
        raise ValueError(
            f"class {c} has other masks of its store ({plane.describe()}) than are drawn from ({masks.describe()}); "
            "take the same of both"
        )
    if plane.shape is None or plane.shape != masks.shape:
        ours, theirs = masks.sizes(), plane.sizes()
        differ = np.flatnonzero((ours != theirs).any(axis=1))
        if len(differ):
            i = int(differ[0])
            raise ValueError(
                f"mask {masks.index(i)} has {theirs[i][0]} x {theirs[i][1]} pixels (height x width) in class {c}, and "
                f"{ours[i][0]} x {ours[i][1]} in the others"
            )
    return plane


def at_least(sampler, pixels=None, part=None, attempts=16):
    """What another sampler draws, drawn again until a patch has foreground enough; `draw_kept` says where it gave up.

    sampler: any but `grid`. pixels: of foreground, at least; or part: of the patch's pixels, 0.0 to 1.0.
    attempts: after which it gives up and leaves the last, 1 to 10,000.
    """
    if isinstance(sampler, (_Grid, _AtLeast)) or not isinstance(sampler, Sampler):
        raise ValueError("at_least draws again what uniform, area, foreground or classes drew")
    every = sampler.size[0] * sampler.size[1]
    if (pixels is None) == (part is None):
        raise ValueError("at_least takes pixels or part, one of the two")
    if part is not None:
        if not 0 <= part <= 1:
            raise ValueError(f"at least {part} of a patch's pixels: expected 0.0 to 1.0")
        pixels = math.ceil(part * every)
        # The product may have been rounded up across a whole number.
        pixels -= pixels > 0 and (pixels - 1) / every >= part
    if not 0 <= as_index(pixels) <= every:
        raise ValueError(f"at least {pixels} pixels of foreground: a patch has 0 to {every}")
    if not 1 <= as_index(attempts) <= _MOST_ATTEMPTS:
        raise ValueError(f"{attempts} attempts: expected 1 to {_MOST_ATTEMPTS}")
    return _AtLeast(sampler, as_index(pixels), as_index(attempts))


def grid(masks, patch_size, stride=None, overlap=None, small="error"):
    """Every mask from top left to bottom right, for validation; the last patches end at the mask's edge.

    stride: pixels between the first ones of two patches, (rows, columns) or one number; the patch's size without it.
    overlap: in its place, the pixels that neighbours share. `maskmap.Stitcher` puts what was predicted together again.
    """
    sampling = Sampling(masks, patch_size, 1, small)
    size = np.array([sampling.height, sampling.width])
    if stride is not None and overlap is not None:
        raise ValueError("grid takes stride or overlap, not both")
    steps = size if stride is None else np.broadcast_to(np.asarray(stride), (2,))
    if overlap is not None:
        steps = size - np.broadcast_to(np.asarray(overlap), (2,))
        if (steps > size).any() or (steps < 1).any():
            raise ValueError(f"patches that overlap by {overlap} pixels: expected 0 to {int(size.min()) - 1}")
    if steps.dtype.kind not in "iu" or (steps < 1).any():
        raise ValueError(f"a stride of {stride} pixels: expected whole numbers, 1 or more")
    return _Grid(sampling, steps.tolist())
