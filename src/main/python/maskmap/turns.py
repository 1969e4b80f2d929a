"""How patches are turned: which of the eight ways to lay a square on itself, drawn for each patch.

A turn has a code, 0 to 7: `code & 4` mirrors the patch left to right first; then it is turned `code & 3` quarters
counter-clockwise. A patch that is padded is padded first, and then turned.
"""
import sys

import numpy as np

from . import _draws

CODES = {"none": (0,), "mirror": (0, 4), "flips": (0, 4, 2, 6), "quarters": (0, 1, 2, 3), "all": tuple(range(8))}
_TURN = -1


def code(kind, seed, epoch, k):
    """The turn of patch k, or of each of an array of patches: a function of the three numbers, as the patch itself is.

    kind: "none", "mirror", "flips" (left to right, top to bottom, both or not at all), "quarters" or "all". The last
    two change height and width, so that patches have to be square.
    """
    if kind not in CODES:
        raise ValueError(f"turns {kind!r}: expected one of {', '.join(CODES)}")
    codes = CODES[kind]
    if np.ndim(k) == 0:
        return codes[_draws.below(_draws.key(seed, epoch, int(k)), _TURN, len(codes))]
    keys = _draws.key_many(seed, epoch, np.asarray(k, np.int64))
    return np.array(codes)[_draws.below_many(keys, _TURN, len(codes))]


def turned(patch, code, axes=(-2, -1)):
    """A patch, or patches that all have this code, mirrored and turned: an array or a tensor, possibly a view.

    axes: of its rows and its columns; (0, 1) for an image of shape (height, width, channels).
    """
    if not 0 <= code <= 7:
        raise ValueError(f"turn {code}: expected 0 to 7")
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(patch, torch.Tensor):
        patch = torch.flip(patch, axes[1:]) if code & 4 else patch
        return torch.rot90(patch, int(code) & 3, axes) if code & 3 else patch
    return np.rot90(np.flip(patch, axes[1]) if code & 4 else patch, code & 3, axes)
