"""Packed patches, expanded where they are used."""
import maskmap
import numpy as np
import pytest
from conftest import module


def packed_patches(rng, count, height, width):
    """Packed rows of masks, which patch begins at which bit, and the patches."""
    bits = rng.integers(0, 8, count)
    rows = rng.integers(0, 256, (count, (height + 14) // 8, width), dtype=np.uint8)
    pixels = np.unpackbits(rows, axis=1)
    return rows, bits, np.stack([one[bit : bit + height] for one, bit in zip(pixels, bits)])


@pytest.mark.parametrize("height", list(range(1, 20)) + [256])
def test_every_height_from_every_bit(rng, height):
    torch = module("torch")
    rows, bits, expected = packed_patches(rng, 40, height, 5)
    assert np.array_equal(maskmap.unpack(rows, bits, (height, 5)), expected)
    found = maskmap.unpack(torch.from_numpy(rows), torch.from_numpy(bits), (height, 5))
    assert found.dtype == torch.uint8 and found.is_contiguous() and np.array_equal(found.numpy(), expected)
    for row, bit, one in zip(rows, bits, expected):
        fewest = row[: (bit + height + 7) // 8]
        assert np.array_equal(maskmap.unpack(fewest, bit, (height, 5)), one)
        assert np.array_equal(maskmap.unpack(torch.from_numpy(fewest), int(bit), (height, 5)).numpy(), one)


def test_types_shapes_and_devices(rng):
    torch = module("torch")
    rows, bits, expected = packed_patches(rng, 6, 16, 16)
    for dtype in (np.float32, bool, np.int64):
        found = maskmap.unpack(rows, bits, 16, dtype)
        assert found.dtype == dtype and np.array_equal(found, expected)
    for dtype in (torch.float32, torch.float16, torch.bool, torch.int64):
        found = maskmap.unpack(torch.from_numpy(rows), bits, 16, dtype)
        assert found.dtype == dtype and np.array_equal(found.numpy(), expected)
    two = maskmap.unpack(rows.reshape(2, 3, *rows.shape[1:]), bits.reshape(2, 3), 16)
    assert np.array_equal(two.reshape(expected.shape), expected)
    assert np.array_equal(maskmap.unpack(rows[:, ::-1][:, ::-1], bits, 16), expected)
    if torch.cuda.is_available():
        found = maskmap.unpack(torch.from_numpy(rows).cuda(), torch.from_numpy(bits), 16)
        assert found.is_cuda and np.array_equal(found.cpu().numpy(), expected)


def test_what_is_no_packed_patch_is_refused(rng):
    torch = module("torch")
    rows, bits, _ = packed_patches(rng, 6, 16, 16)
    for kind in (lambda a: a, torch.from_numpy):
        for call, error, message in (
            (lambda: maskmap.unpack(kind(rows), 0, (16, 17)), ValueError, r"expected \(..., 3, 17\)"),
            (lambda: maskmap.unpack(kind(rows), 0, (25, 16)), ValueError, "expected"),
            (lambda: maskmap.unpack(kind(rows[0, 0]), 0, 16), ValueError, "expected"),
            (lambda: maskmap.unpack(kind(rows), 8, 16), ValueError, r"expected 0 to 7 \(y % 8\)"),
            (lambda: maskmap.unpack(kind(rows), -1, 16), ValueError, "0 to 7"),
            (lambda: maskmap.unpack(kind(rows), kind(bits[:5]), 16), ValueError, "one for each patch"),
            (lambda: maskmap.unpack(kind(rows.astype(np.int16)), 0, 16), TypeError, "expected (torch.)?uint8"),
        ):
            with pytest.raises(error, match=message):
                call()
    with pytest.raises(ValueError, match="2 packed rows: 16 pixel rows from bit 3 on are in 3"):
        maskmap.unpack(rows[:, :2], 3, 16)
