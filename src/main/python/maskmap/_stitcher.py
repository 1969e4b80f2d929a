"""Predictions of patches, put together again to one of a whole mask."""
import sys

import numpy as np

from ._store import sides

# Of a Gaussian, as a part of the patch. Its corners weigh 1e-7 of its middle: little, but in float32 not nothing.
_DEVIATION = 1 / 8


class Stitcher:
    """Adds up patches of one mask, by weight where they overlap.

        stitcher = maskmap.Stitcher(store[i].shape)
        stitcher.add(predictions, y, x)
        whole = stitcher.result()

    shape: (height, width) of the mask. channels: of each prediction, None where it has no such dimension.
    weights: "mean", where all pixels of a patch weigh the same; "gaussian", where those in its middle weigh more; or an
        array of the patch's size, 0 or more.

    Patches are numpy arrays, or torch tensors on any device, where sums are then kept: of type float32, or what the
    first patches have if that is float64. What lies outside of the mask is cut off. Not for several threads at a time.
    """

    def __init__(self, shape, weights="mean", channels=None):
        self._shape = sides(shape)
        if isinstance(weights, str) and weights not in ("mean", "gaussian"):
            raise ValueError(f"weights {weights!r}: expected 'mean', 'gaussian' or an array of the patch's size")
        self._kind, self._channels = weights, channels
        self._sum = self._weight = self._torch = None
        self._weights = {}

    def add(self, patches, y, x):
        """Adds patches whose first rows and columns are y and x.

        patches: (patches, height, width), with channels (patches, channels, height, width); or one patch without the
            first dimension, of which y and x are numbers. y, x: also negative, or further than the mask.
        """
        own = 2 if self._channels is None else 3
        y, x = np.asarray(y), np.asarray(x)
        if y.ndim == 0 and x.ndim == 0 and patches.ndim == own:
            patches, y, x = patches[None], y[None], x[None]
        if patches.ndim != own + 1 or (own == 3 and patches.shape[1] != self._channels):
            ending = "height, width" if own == 2 else f"{self._channels}, height, width"
            raise ValueError(f"patches of shape {tuple(patches.shape)}: expected (patches, {ending})")
        if not y.shape == x.shape == (len(patches),):
            raise ValueError(f"{len(patches)} patches, {y.size} rows and {x.size} columns: expected as many of each")
        self._begin(patches)
        weights = self._weights_of(tuple(patches.shape[-2:]))
        for patch, row, column in zip(patches, y.tolist(), x.tolist()):
            self._add(patch, weights, row, column)

    def _begin(self, patches):
        if self._sum is not None:
            return
        torch = sys.modules.get("torch")
        shape = self._shape if self._channels is None else (self._channels, *self._shape)
        if torch is not None and isinstance(patches, torch.Tensor):
            self._torch = torch
            kind = torch.float64 if patches.dtype == torch.float64 else torch.float32
            make = lambda shape: torch.zeros(shape, dtype=kind, device=patches.device)
        else:
            kind = np.float64 if patches.dtype == np.float64 else np.float32
            make = lambda shape: np.zeros(shape, kind)
        self._sum, self._weight = make(shape), make(self._shape)

    def _weights_of(self, size):
        if size not in self._weights:
            if not isinstance(self._kind, str):
                found = np.asarray(self._kind, np.float64)
                if found.shape != size or not (found >= 0).all():
                    raise ValueError(f"weights of shape {found.shape}: expected {size}, the patch's, all 0 or more")
            elif self._kind == "mean":
                found = np.ones(size)
            else:
                found = np.outer(*map(_bell, size))
            if self._torch is not None:
                found = self._torch.as_tensor(found, dtype=self._sum.dtype, device=self._sum.device)
            else:
                found = found.astype(self._sum.dtype)
            self._weights[size] = found
        return self._weights[size]

    def _add(self, patch, weights, y, x):
        height, width = weights.shape
        top, left = max(-y, 0), max(-x, 0)
        bottom, right = min(height, self._shape[0] - y), min(width, self._shape[1] - x)
        if top >= bottom or left >= right:
            return
        weights = weights[top:bottom, left:right]
        there = (slice(y + top, y + bottom), slice(x + left, x + right))
        self._sum[(..., *there)] += patch[..., top:bottom, left:right] * weights
        self._weight[there] += weights

    def covered(self):
        """Which pixels have a weight above 0: an array or a tensor of booleans."""
        if self._weight is None:
            return np.zeros(self._shape, bool)
        return self._weight > 0

    def result(self, fill=None):
        """The whole: (height, width) or (channels, height, width), new, of the type and the device of the sums.

        fill: what pixels get that no patch covers; without it they are an error.
        """
        covered = self.covered()
        left = int((~covered).sum())
        if self._sum is None or (left and fill is None):
            hint = "add more patches" if self._sum is None else "add more patches, or give fill"
            raise ValueError(
                f"{left} of {self._shape[0]} x {self._shape[1]} pixels have no patch over them; {hint}"
            )
        if not left:
            return self._sum / self._weight
        where = self._torch.where if self._torch is not None else np.where
        one = self._weight.new_ones(()) if self._torch is not None else self._weight.dtype.type(1)
        fill = one * fill
        return where(covered, self._sum / where(covered, self._weight, one), fill)


def _bell(length):
    """A Gaussian over so many pixels, 1 in the middle."""
    at = (np.arange(length) - (length - 1) / 2) / (length * _DEVIATION)
    return np.exp(-(at**2) / 2)
