"""Reading stores: patches, batches, counts and names, of all layouts."""
import os
import pickle
import shutil

import maskmap
import numpy as np
import pytest
from conftest import random_masks

KINDS = ("uniform", "ragged", "late")
LAYOUTS = ("bits", "runs")


@pytest.fixture(params=[(kind, layout) for kind in KINDS for layout in LAYOUTS], ids="-".join)
def packed(request, rng, tmp_path):
    """A store and the masks that are in it."""
    kind, layout = request.param
    masks = random_masks(rng, 12, kind)
    maskmap.pack(masks, tmp_path / "a.masks", layout, [f"mask é{i}" for i in range(12)])
    with maskmap.open(tmp_path / "a.masks") as store:
        yield store, masks


def places(rng, masks, count):
    for _ in range(count):
        i = int(rng.integers(0, len(masks)))
        height, width = masks[i].shape
        y, x = int(rng.integers(0, height)), int(rng.integers(0, width))
        yield i, y, x, int(rng.integers(1, height - y + 1)), int(rng.integers(1, width - x + 1))


def test_any_patch_is_the_slice_of_the_mask(packed, rng):
    store, masks = packed
    for i, y, x, h, w in places(rng, masks, 400):
        expected = masks[i][y : y + h, x : x + w]
        patch = store[i].patch(y, x, h, w)
        assert patch.dtype == np.uint8 and patch.flags.writeable
        assert np.array_equal(patch, expected)
        assert store[i].count(y, x, h, w) == expected.sum()
        rows = store[i].packed(y, x, h, w)
        assert rows.shape == ((y % 8 + h + 7) // 8, w)
        assert np.array_equal(maskmap.unpack(rows, y % 8, (h, w)), expected)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_patch_of_a_small_mask(tmp_path, rng, layout):
    mask = rng.random((18, 5)) < 0.5
    maskmap.pack([mask], tmp_path / "a.masks", layout)
    view = maskmap.open(tmp_path / "a.masks")[0]
    for y in range(18):
        for h in range(1, 19 - y):
            for x in range(5):
                for w in range(1, 6 - x):
                    assert np.array_equal(view.patch(y, x, h, w), mask[y : y + h, x : x + w])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", [(700, 900), (3, 140_001), (40_000, 7)])
def test_large_masks_are_expanded_in_blocks(tmp_path, rng, layout, shape):
    mask = np.repeat(rng.random((shape[0], -(-shape[1] // 9))) < 0.5, 9, axis=1)[:, : shape[1]]
    maskmap.pack([mask], tmp_path / "a.masks", layout)
    view = maskmap.open(tmp_path / "a.masks")[0]
    assert np.array_equal(view.array(), mask)
    h, w = shape[0] - 2, shape[1] - 3
    for y in range(3):
        for dtype in (np.uint8, bool, np.float32):
            out = np.full((h, w), 7, dtype)
            assert view.patch(y, 1, h, w, out=out) is out
            assert np.array_equal(out, mask[y : y + h, 1 : w + 1])


def test_out_is_filled_and_nothing_beside_it(packed, rng):
    store, masks = packed
    for dtype in (np.uint8, np.int8, bool, np.float32, np.float16, np.int64):
        for i, y, x, h, w in places(rng, masks, 20):
            around = np.full((h + 2, w + 2), 1 if dtype is bool else 5, dtype)
            expected = around.copy()
            expected[1:-1, 1:-1] = masks[i][y : y + h, x : x + w]
            store[i].patch(y, x, h, w, out=around[1:-1, 1:-1])
            assert np.array_equal(around, expected)


def test_a_padded_patch_has_background_behind_the_masks_end(packed, rng):
    store, masks = packed
    for i, y, x, _, _ in places(rng, masks, 60):
        h, w = int(rng.integers(1, 90)), int(rng.integers(1, 120))
        expected = np.zeros((h, w), np.uint8)
        inside = masks[i][y : y + h, x : x + w]
        expected[: inside.shape[0], : inside.shape[1]] = inside
        assert np.array_equal(store[i].patch(y, x, h, w, pad=True), expected)
        out = np.full((h, w), 3, np.float32)
        assert np.array_equal(store[i].patch(y, x, h, w, out=out, pad=True), expected)
        rows = store[i].packed(y, x, h, w, pad=True)
        assert np.array_equal(maskmap.unpack(rows, y % 8, (h, w)), expected)
        assert np.array_equal(store.patches([i], [y], [x], (h, w), pad=True)[0], expected)
        rows = store.patches([i], [y], [x], (h, w), packed=True, pad=True)
        assert np.array_equal(maskmap.unpack(rows, y % 8, (h, w))[0], expected)


def test_a_batch_is_its_patches(packed, rng):
    store, masks = packed
    small = tuple(np.min([mask.shape for mask in masks], axis=0))
    i = rng.integers(0, len(masks), 30)
    y = [int(rng.integers(0, masks[j].shape[0] - small[0] + 1)) for j in i]
    x = [int(rng.integers(0, masks[j].shape[1] - small[1] + 1)) for j in i]
    expected = np.stack([masks[a][b : b + small[0], c : c + small[1]] for a, b, c in zip(i, y, x)])
    assert np.array_equal(store.patches(i, y, x, small), expected)
    out = np.full(expected.shape, 9, np.float32)
    assert store.patches(i, y, x, small, out=out) is out and np.array_equal(out, expected)
    rows = store.patches(i, y, x, small, packed=True)
    assert rows.shape == (30, (small[0] + 14) // 8, small[1])
    assert np.array_equal(maskmap.unpack(rows, np.array(y) % 8, small), expected)
    dirty = np.full(rows.shape, 255, np.uint8)
    store.patches(i, y, x, small, packed=True, out=dirty)
    assert np.array_equal(dirty, rows)
    assert np.array_equal(store.patches(3, 0, 0, small)[0], masks[3][: small[0], : small[1]])


def test_a_store_is_a_sequence_of_masks(packed):
    store, masks = packed
    assert len(store) == 12 and [m.shape for m in store] == [m.shape for m in masks]
    assert [m.name for m in store] == [f"mask é{i}" for i in range(12)]
    assert [m.count() for m in store] == [m.sum() for m in masks]
    assert all(np.array_equal(m.array(), pixels) for m, pixels in zip(store, masks))
    assert store[-1].index == 11 and store[np.int64(4)].index == 4
    assert [store.index(m.name) for m in store] == list(range(12))
    assert "mask é7" in store and "é7" not in store and "mask é1" in store and "mask é" not in store
    assert np.array_equal(store.shapes(), [m.shape for m in masks])
    assert np.array_equal(store.shapes([5, 2]), [masks[5].shape, masks[2].shape])
    assert (store.shape is None) == (len({m.shape for m in masks}) > 1)


def test_a_name_that_is_part_of_another_is_not_taken_for_it(tmp_path):
    names = ["b\u00e9", "ab\u00e9", "\u00e9"] + ["x" * 4000 + str(i) for i in range(600)]
    maskmap.pack([np.ones((1, 1))] * len(names), tmp_path / "a.masks", names=names)
    store = maskmap.open(tmp_path / "a.masks")
    assert [store.index(name) for name in names] == list(range(len(names)))
    for other in ("", "x", "b", "\u00e9\n", "ab\u00e9\nx", "\ud800"):
        with pytest.raises(KeyError, match="no mask is named"):
            store.index(other)


def test_a_data_set_is_its_parts(tmp_path, rng, java):
    everything, files = [], []
    for part, (kind, layout) in enumerate([("uniform", "bits"), ("ragged", "runs"), ("uniform", "runs")]):
        masks = random_masks(rng, 5, kind)
        np.savez(tmp_path / f"p{part}.npz", **{f"n{part}{i}": m for i, m in enumerate(masks)})
        java.maskmap("pack", tmp_path / f"p{part}.npz", "-o", tmp_path / "all", "--append", "--layout", layout, "--quiet")
        everything += masks
        files += [f"n{part}{i}" for i in range(5)]
    store = maskmap.open(tmp_path / "all")
    assert len(store) == 15
    assert store.id == maskmap.open([tmp_path / "all" / f"part-0000{part}.masks" for part in range(3)]).id
    assert np.array_equal(store.shapes(), [m.shape for m in everything])
    for i, (mask, pixels) in enumerate(zip(store, everything)):
        assert np.array_equal(mask.array(), pixels) and mask.count() == pixels.sum() and mask.index == i
        assert store.index(mask.name) == i
    assert np.array_equal(store.patches([14, 0, 7], [0] * 3, [0] * 3, 1)[:, 0, 0], [everything[i][0, 0] for i in (14, 0, 7)])


def test_several_stores_open_as_one(tmp_path, rng):
    masks = [random_masks(rng, 4, kind) for kind in KINDS]
    paths = [maskmap.pack(some, tmp_path / f"{i}.masks", LAYOUTS[i % 2]) for i, some in enumerate(masks)]
    store = maskmap.open(paths)
    everything = sum(masks, [])
    assert len(store) == 12 and store.path == paths[0] and store.index("0") == 0
    assert all(np.array_equal(mask.array(), pixels) for mask, pixels in zip(store, everything))
    assert np.array_equal(store.shapes(), [pixels.shape for pixels in everything])
    assert store.id != maskmap.open(paths[::-1]).id and maskmap.open(paths[:1]).id == maskmap.open(paths[0]).id
    other = pickle.loads(pickle.dumps(store))
    assert other.id == store.id and np.array_equal(other[11].array(), everything[11])
    np.save(tmp_path / "a.npy", np.full((2, 3), 7, np.uint8))
    with pytest.raises(maskmap.FormatError, match="a.npy: a bare array"):
        maskmap.open([*paths, tmp_path / "a.npy"])
    with pytest.raises(FileNotFoundError, match="no such file"):
        maskmap.open([*paths, tmp_path / "gone"])
    with pytest.raises(ValueError, match="no stores"):
        maskmap.open([])


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_a_bare_array_opens_without_a_store(tmp_path, rng, version):
    masks = rng.random((3, 37, 70)) < 0.5
    array = np.packbits(masks, axis=1)
    array[:, -1] |= 0x07  # bits past the height: anything
    with open(tmp_path / "a.npy", "wb") as file:
        np.lib.format.write_array(file, array, version)
    store = maskmap.open(tmp_path / "a.npy", height=37)
    assert len(store) == 3 and not store.has_names and store[2].name == "2" and store.id == ""
    assert maskmap.open(tmp_path / "a.npy").shape == (40, 70)
    for mask, pixels in zip(store, masks):
        assert np.array_equal(mask.array(), pixels) and mask.count() == pixels.sum()
        rows = mask.packed(30, 1, 20, 69, pad=True)
        assert np.array_equal(maskmap.unpack(rows, 6, (20, 69))[:7], pixels[30:, 1:])
        assert not maskmap.unpack(rows, 6, (20, 69))[7:].any()
    np.save(tmp_path / "one.npy", array[0])
    assert np.array_equal(maskmap.open(tmp_path / "one.npy", height=37)[0].array(), masks[0])
    with pytest.raises(KeyError):
        store.index("2")


def test_a_closed_store_says_so(packed):
    store, _ = packed
    mask, kept = store[0], store[0].array()
    store.close()
    store.close()
    for use in (
        lambda: store[0], lambda: mask.patch(0, 0, 1, 1), lambda: mask.count(), lambda: mask.name, lambda: mask.array(),
        lambda: mask.packed(0, 0, 1, 1), lambda: store.patches([0], [0], [0], 1), lambda: store.index("a"),
        lambda: store.shapes(), lambda: pickle.dumps(store), lambda: list(store),
    ):
        with pytest.raises(ValueError, match="a.masks: the store is closed"):
            use()
    assert len(store) == 12 and store.closed and "closed" in repr(store)
    assert kept.shape == mask.shape


def test_places_outside_of_a_mask_are_errors_that_name_them(tmp_path):
    maskmap.pack([np.ones((20, 30))], tmp_path / "a.masks", names=["cat"])
    store = maskmap.open(tmp_path / "a.masks")
    mask = store[0]
    for y, x, h, w in ((-1, 0, 1, 1), (0, -1, 1, 1), (20, 0, 1, 1), (0, 30, 1, 1), (10, 0, 11, 1), (0, 0, 1, 31)):
        for use in (mask.patch, mask.packed, mask.count, lambda *p: store.patches([0], [p[0]], [p[1]], p[2:])):
            with pytest.raises(IndexError, match=r"leaves mask 0 \('cat'\) of 20 x 30"):
                use(y, x, h, w)
    for y, x in ((-1, 0), (20, 0), (0, 30)):
        with pytest.raises(IndexError, match="leaves mask"):
            mask.patch(y, x, 40, 40, pad=True)
    for h, w in ((0, 1), (1, 0), (-3, 1)):
        with pytest.raises(ValueError, match="expected 1 or more"):
            mask.patch(0, 0, h, w)
        with pytest.raises(ValueError, match="expected 1 or more"):
            store.patches([0], [0], [0], (h, w))
    for i in (1, -2, 10**30):
        with pytest.raises(IndexError, match="it has 1"):
            store[i]
    with pytest.raises(TypeError, match="store.index"):
        store["cat"]
    with pytest.raises(TypeError):
        mask.patch(0.0, 0, 1, 1)
    with pytest.raises(TypeError):
        store.patches([0], [0.5], [0], 1)
    with pytest.raises(ValueError, match="as many of each"):
        store.patches([0, 0], [0], [0], 1)
    with pytest.raises(ValueError, match=r"shape \(2, 2\); expected \(3, 2\)"):
        mask.patch(0, 0, 3, 2, out=np.empty((2, 2)))
    with pytest.raises(TypeError, match="expected an array"):
        mask.patch(0, 0, 1, 1, out=[[0]])


def test_a_store_pickles_as_its_path(tmp_path, rng, monkeypatch):
    masks = random_masks(rng, 3, "ragged")
    maskmap.pack(masks, tmp_path / "a.masks")
    monkeypatch.chdir(tmp_path)
    text = pickle.dumps(maskmap.open("a.masks"))
    assert len(text) < 1000
    monkeypatch.chdir("/")
    assert np.array_equal(pickle.loads(text)[2].array(), masks[2])
    maskmap.pack(masks[:2], tmp_path / "a.masks", overwrite=True)
    with pytest.raises(maskmap.FormatError, match="was replaced by another store"):
        pickle.loads(text)
    shutil.rmtree(tmp_path / "a.masks")
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        pickle.loads(text)
    np.save(tmp_path / "b.npy", np.packbits(masks[0], axis=0))
    bare = pickle.loads(pickle.dumps(maskmap.open(tmp_path / "b.npy", height=masks[0].shape[0])))
    assert np.array_equal(bare[0].array(), masks[0])


def test_a_store_that_is_replaced_while_it_is_opened(tmp_path, monkeypatch):
    from maskmap import _part

    maskmap.pack([np.ones((3, 3))], tmp_path / "a.masks")
    open_part, sizes = _part.open_part, [5, 4]

    def slow(store, manifest):
        part = open_part(store, manifest)
        if sizes:  # the files so far are those of the old one
            maskmap.pack([np.ones((sizes[-1], 7))], tmp_path / "a.masks", overwrite=True)
            sizes.pop()
        return part

    monkeypatch.setattr(_part, "open_part", slow)
    assert maskmap.open(tmp_path / "a.masks").shape == (5, 7)
    sizes.extend(range(1, 20))
    with pytest.raises(maskmap.FormatError, match="is being replaced over and over"):
        maskmap.open(tmp_path / "a.masks")


def test_a_replaced_store_is_read_on(tmp_path, rng):
    old = rng.random((300, 400)) < 0.5
    maskmap.pack([old], tmp_path / "a.masks")
    store = maskmap.open(tmp_path / "a.masks")
    maskmap.pack([~old], tmp_path / "a.masks", overwrite=True)
    assert np.array_equal(store[0].array(), old)
    assert np.array_equal(maskmap.open(tmp_path / "a.masks")[0].array(), ~old)
    assert sorted(os.listdir(tmp_path)) == ["a.masks"]
