"""Packed patches to pixels, where they are used: numpy, or torch on any device."""
import numpy as np

from ._expand import PLACES
from ._store import sides


def unpack(packed, first_row_bit, size, dtype=None):
    """Pixels 0 and 1 of packed patches, as `Mask.packed` and `Store.patches(packed=True)` give them.

    packed: uint8 (..., packed rows, width), an array or a torch tensor on any device.
    first_row_bit: which pixel of the first packed row is the patch's first, 0 to 7: y % 8. One number, or one for each
        patch of shape (...).
    size: (height, width) of a patch, or one number for both.
    dtype: of the answer; uint8 without it.

    Returns (..., height, width), an array or a tensor on the same device.
    """
    height, width = sides(size)
    shape = tuple(packed.shape)
    if len(shape) < 2 or shape[-1] != width or shape[-2] < (height + 7) // 8:
        raise ValueError(
            f"packed rows of shape {shape}: expected (..., {(height + 14) // 8}, {width}) for {height} x {width} pixels"
        )
    if not isinstance(packed, np.ndarray):
        return _unpack_torch(packed, first_row_bit, height, dtype)
    if packed.dtype != np.uint8:
        raise TypeError(f"packed rows are {packed.dtype}; expected uint8")
    bit = _checked(np.asarray(first_row_bit), shape, height)[..., None, None].astype(np.uint8)
    rows, following = _two(packed, (height + 7) // 8, np.concatenate, np.zeros_like)
    # Shifted so that the first row is a top bit: a packed row and the one below it are joined.
    rows = rows << bit | following >> np.uint8(1) >> (7 - bit)
    pixels = (rows[..., None, :] & PLACES[:, None]).astype(bool)
    pixels = pixels.reshape(shape[:-2] + (-1, width))[..., :height, :]
    return np.ascontiguousarray(pixels).view(np.uint8) if dtype is None else pixels.astype(dtype)


def _unpack_torch(packed, first_row_bit, height, dtype):
    import torch

    if packed.dtype != torch.uint8:
        raise TypeError(f"packed rows are {packed.dtype}; expected torch.uint8")
    bit = torch.as_tensor(first_row_bit)
    bit = _checked(bit, tuple(packed.shape), height)[..., None, None].to(packed.device, torch.uint8)
    rows, following = _two(packed, (height + 7) // 8, torch.cat, torch.zeros_like)
    rows = rows << bit | following >> 1 >> 7 - bit
    places = torch.as_tensor(PLACES, device=packed.device)[:, None]
    pixels = (rows[..., None, :] & places) != 0
    pixels = pixels.reshape(packed.shape[:-2] + (-1, packed.shape[-1]))[..., :height, :].contiguous()
    return pixels.view(torch.uint8) if dtype is None else pixels.to(dtype)


def _checked(bit, shape, height):
    if tuple(bit.shape) not in ((), shape[:-2]) or bool(((bit < 0) | (bit > 7)).any()):
        raise ValueError(
            f"first_row_bit of shape {tuple(bit.shape)}: expected 0 to 7 (y % 8), one number or one for each patch"
        )
    most = int(bit.max()) if 0 not in bit.shape else 0
    if (most + height + 7) // 8 > shape[-2]:
        raise ValueError(
            f"{shape[-2]} packed rows: {height} pixel rows from bit {most} on are in {(most + height + 7) // 8}"
        )
    return bit


def _two(packed, rows, join, zeros):
    """So many packed rows, and those below them; below the last there may be none."""
    following = packed[..., 1 : rows + 1, :]
    if packed.shape[-2] == rows:
        following = join((following, zeros(packed[..., :1, :])), -2)
    return packed[..., :rows, :], following
