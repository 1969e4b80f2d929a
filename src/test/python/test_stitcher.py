"""Predictions of patches become one of the mask."""
import maskmap
import numpy as np
import pytest
from conftest import module, random_masks
from maskmap import Masks, Stitcher, samplers

KINDS = ("mean", "gaussian")


def as_torch(array):
    return module("torch").from_numpy(np.ascontiguousarray(array))


@pytest.mark.parametrize("weights", KINDS)
@pytest.mark.parametrize("kind", (np.asarray, as_torch), ids=("numpy", "torch"))
def test_the_patches_of_a_grid_are_the_mask_again(tmp_path, rng, kind, weights):
    """Exactly, edges included, also of masks that are smaller than a patch."""
    masks = random_masks(rng, 8, "ragged")
    store = maskmap.open(maskmap.pack(masks, tmp_path / "a.masks"))
    for overlap in (0, 3):
        for i, mask in enumerate(masks):
            sampler = samplers.grid(Masks(store).only([i]), (16, 12), overlap=overlap, small="pad")
            index, y, x = sampler.draw(0, 0, np.arange(len(sampler)))
            stitcher = Stitcher(store[i].shape, weights)
            for k in range(0, len(sampler), 5):
                batch = slice(k, k + 5)
                patches = store.patches(index[batch], y[batch], x[batch], sampler.size, pad=True)
                stitcher.add(kind(patches.astype(np.float32)), y[batch], x[batch])
            assert np.array_equal(np.asarray(stitcher.result()), mask)


@pytest.mark.parametrize("channels", (None, 3))
@pytest.mark.parametrize("kind", (np.asarray, as_torch), ids=("numpy", "torch"))
def test_what_overlaps_is_the_weighted_mean(rng, kind, channels):
    weights = rng.random((5, 7))
    stitcher = Stitcher((20, 30), weights, channels)
    total = np.zeros((channels or 1, 20 + 10, 30 + 14))
    weight = np.zeros(total.shape[1:])
    for size in (1, 4, 9):
        shape = (size, 5, 7) if channels is None else (size, channels, 5, 7)
        patches = rng.random(shape)
        y, x = rng.integers(-5, 21, size), rng.integers(-7, 31, size)
        stitcher.add(kind(patches), y, x)
        for patch, row, column in zip(patches, y, x):
            total[:, row + 5 : row + 10, column + 7 : column + 14] += patch * weights
            weight[row + 5 : row + 10, column + 7 : column + 14] += weights
    total, weight = total[:, 5:25, 7:37], weight[5:25, 7:37]
    covered = weight > 0
    assert np.array_equal(np.asarray(stitcher.covered()), covered) and not covered.all()
    with pytest.raises(ValueError, match=f"{(~covered).sum()} of 20 x 30 pixels have no patch over them"):
        stitcher.result()
    found = np.asarray(stitcher.result(fill=-4))
    expected = np.where(covered, total / np.where(covered, weight, 1), -4)
    assert found.dtype == np.float64 and found.shape == ((20, 30) if channels is None else (3, 20, 30))
    assert np.allclose(found, expected, rtol=1e-12)
    stitcher.add(kind(np.zeros((1, 20, 30) if channels is None else (1, 3, 20, 30))[..., :5, :7]), [0], [0])


def test_one_patch_alone_and_half_precision():
    torch = module("torch")
    stitcher = Stitcher((4, 4))
    stitcher.add(torch.ones(2, 4).half(), 0, 0)
    stitcher.add(torch.ones(2, 4), torch.tensor(2), 0)
    assert stitcher.result().dtype == torch.float32 and bool((stitcher.result() == 1).all())
    stitcher = Stitcher(4, channels=2)
    stitcher.add(np.ones((2, 4, 4), np.uint8), 0, 0)
    assert stitcher.result().shape == (2, 4, 4) and stitcher.result().dtype == np.float32


def test_a_gaussian_weighs_the_middle_more_and_every_pixel_something():
    stitcher = Stitcher((1, 64), "gaussian")
    left, right = np.zeros((1, 1, 40)), np.ones((1, 1, 40))
    stitcher.add(left, [0], [0])
    stitcher.add(right, [0], [24])
    found = stitcher.result()[0]
    assert (np.diff(found) >= 0).all() and found[24] < 0.1 and found[39] > 0.9
    assert np.allclose(found[24:40], 1 - found[24:40][::-1])
    big = Stitcher((512, 512), "gaussian")
    big.add(np.ones((1, 512, 512), np.float32), [0], [0])
    assert (big.result() == 1).all()


def test_what_does_not_fit_is_refused():
    stitcher = Stitcher((8, 8))
    for call, message in (
        (lambda: Stitcher((0, 8)), "expected 1 or more"),
        (lambda: Stitcher((8, 8), "max"), "expected 'mean', 'gaussian'"),
        (lambda: stitcher.result(), "64 of 8 x 8 pixels have no patch over them; add more patches$"),
        (lambda: stitcher.add(np.ones((2, 1, 4, 4)), [0, 0], [0, 0]), r"expected \(patches, height, width\)"),
        (lambda: stitcher.add(np.ones((2, 4, 4)), [0], [0, 0]), "2 patches, 1 rows and 2 columns"),
        (lambda: Stitcher((8, 8), channels=3).add(np.ones((2, 2, 4, 4)), [0, 0], [0, 0]), r"expected \(patches, 3, height"),
        (lambda: Stitcher((8, 8), np.ones((3, 3))).add(np.ones((4, 4)), 0, 0), r"expected \(4, 4\), the patch's"),
        (lambda: Stitcher((8, 8), -np.ones((4, 4))).add(np.ones((4, 4)), 0, 0), "all 0 or more"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
