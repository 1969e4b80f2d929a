"""The same pixels as Java reads: of real masks, and of stores that were made at random."""
import maskmap
import numpy as np
import pytest
from conftest import SHARED, random_masks, require


def compare(java, path, rng, count):
    """Random patches, and those that touch the borders, of a store as both read them."""
    store = maskmap.open(path)
    places = []
    for _ in range(count):
        i = int(rng.integers(0, len(store)))
        height, width = store[i].shape
        h, w = int(rng.integers(1, min(height, 300) + 1)), int(rng.integers(1, min(width, 300) + 1))
        y, x = int(rng.integers(0, height - h + 1)), int(rng.integers(0, width - w + 1))
        border = int(rng.integers(0, 6))
        y = (y, 0, height - h)[border] if border < 3 else y
        x = (x, 0, width - w)[border % 3] if border > 2 else x
        places.append((i, y, x, h, w))
    for (i, y, x, h, w), (pixels, foreground) in zip(places, java.patches(path, places)):
        patch = store[i].patch(y, x, h, w)
        assert np.array_equal(patch, pixels), (path, i, y, x, h, w)
        assert store[i].count(y, x, h, w) == foreground == patch.sum()
    return store


@pytest.mark.parametrize("layout", ("bits", "runs"))
@pytest.mark.parametrize("folder", ("fullhd", "varied"))
def test_real_masks(tmp_path, java, rng, folder, layout):
    require((SHARED / folder).is_dir(), f"no folder {SHARED / folder} beside the checkout")
    # Some of the varied files are damaged, and listed at the end.
    options = ("--layout", layout, "--quiet", "--keep-going")
    java.maskmap("pack", SHARED / folder, "-o", tmp_path / "a.masks", *options, code=int(folder == "varied"))
    store = compare(java, tmp_path / "a.masks", rng, 300)
    lines = [line.split("\t") for line in java.maskmap("info", tmp_path / "a.masks", "--list").splitlines()]
    told = [(name, int(height), int(width), int(area)) for _, name, height, width, area, *_ in lines[1:]]
    assert told == [(mask.name, *mask.shape, mask.count()) for mask in store]
    assert [mask.array().sum() for mask in store] == [area for *_, area in told]
    maskmap.pack((mask.array() for mask in store), tmp_path / "b.masks", layout, store.names())
    assert maskmap.open(tmp_path / "b.masks").id == store.id
    assert "sound" in java.maskmap("verify", tmp_path / "b.masks")


@pytest.mark.parametrize("seed", range(6))
def test_random_stores(tmp_path, java, seed):
    rng = np.random.default_rng(seed)
    kind, layout = ("uniform", "ragged", "late")[seed % 3], ("bits", "runs")[seed // 3]
    masks = random_masks(rng, 20, kind)
    maskmap.pack(masks, tmp_path / "python", layout)
    compare(java, tmp_path / "python", rng, 200)
    np.savez(tmp_path / "a.npz", *masks)
    java.maskmap("pack", tmp_path / "a.npz", "-o", tmp_path / "java", "--layout", layout, "--quiet")
    store = compare(java, tmp_path / "java", rng, 200)
    assert all(np.array_equal(mask.array(), pixels) for mask, pixels in zip(store, masks))


def test_one_patch_through_the_crop_command(tmp_path, java, rng):
    masks = random_masks(rng, 3, "ragged")
    maskmap.pack(masks, tmp_path / "a.masks", "runs", ["a", "b", "c"])
    h, w = masks[1].shape
    java.maskmap("crop", tmp_path / "a.masks", "--mask", "b", "--at", "0,0", "--size", f"{h}x{w}", "-o", tmp_path / "b.npy")
    assert np.array_equal(np.load(tmp_path / "b.npy"), masks[1])


def test_a_bare_array(tmp_path, java, rng):
    masks = rng.random((3, 40, 70)) < 0.5
    np.save(tmp_path / "a.npy", np.packbits(masks, axis=1))
    compare(java, tmp_path / "a.npy", rng, 100)
