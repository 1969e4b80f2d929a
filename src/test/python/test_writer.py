"""Writing stores, and that Java takes them for its own."""
import os
import subprocess
import sys
import threading

import maskmap
import numpy as np
import pytest
from conftest import module, random_masks, shapes_on


@pytest.mark.parametrize("layout", ("bits", "runs"))
@pytest.mark.parametrize("kind", ("uniform", "ragged", "late"))
def test_java_writes_the_same_bytes_and_verifies_them(tmp_path, rng, java, kind, layout):
    masks = random_masks(rng, 10, kind)
    names = [f"n{i}" for i in range(10)]
    np.savez(tmp_path / "a.npz", **dict(zip(names, masks)))
    java.maskmap("pack", tmp_path / "a.npz", "-o", tmp_path / "java", "--layout", layout, "--quiet")
    maskmap.pack(iter(masks), tmp_path / "python", layout, names)
    files = {name: (tmp_path / "java" / name).read_bytes() for name in os.listdir(tmp_path / "java")}
    assert {name: (tmp_path / "python" / name).read_bytes() for name in os.listdir(tmp_path / "python")} == files
    assert "sound: 10 masks" in java.maskmap("verify", tmp_path / "python")


@pytest.mark.parametrize("layout", ("bits", "runs"))
def test_java_verifies_wide_masks_and_odd_names(tmp_path, rng, java, layout):
    masks = [np.repeat(rng.random((9, 700)) < 0.5, 100, axis=1), rng.random((5, 66_000)) < 0.5, np.zeros((1, 1))]
    masks += [np.ones((8, 65_535)), np.ones((8, 65_536))]
    names = ["a/b \u00e9\U0001f600 \"\\", " ", "\u2028", "x" * 4096, "\ufeff"]
    maskmap.pack(masks, tmp_path / "a.masks", layout, names)
    assert "sound: 5 masks" in java.maskmap("verify", tmp_path / "a.masks")
    for mask, pixels in zip(maskmap.open(tmp_path / "a.masks"), masks):
        assert np.array_equal(mask.array(), pixels)
        assert np.array_equal(mask.patch(0, 0, *mask.shape), pixels)


def test_masks_of_any_type_and_order_are_taken(tmp_path):
    torch = module("torch")
    plain = np.arange(77).reshape(7, 11) % 3
    kinds = [plain != 0, plain.astype(np.float32) / 7, -plain, np.asfortranarray(plain), plain.astype(">u2")]
    kinds += [torch.from_numpy(plain), np.pad(plain, 2)[2:-2, 2:-2], plain.tolist()]
    maskmap.pack(kinds, tmp_path / "a.masks")
    maskmap.pack(np.stack([plain] * 2), tmp_path / "b.masks")
    for store in maskmap.open(tmp_path / "a.masks"), maskmap.open(tmp_path / "b.masks"):
        assert all(np.array_equal(mask.array(), plain != 0) for mask in store)
        assert [mask.name for mask in store] == [str(i) for i in range(len(store))]


@pytest.mark.parametrize(
    "arrays, names, message",
    [
        ([], None, "no masks"),
        ([np.ones(3)], None, r"mask 0 \('0'\) has the shape \(3,\)"),
        ([np.ones((3, 0))], None, "both at least 1"),
        ([np.array([["a"]])], None, "elements of type"),
        ([np.ones((1, 1))] * 2, ["a"], "mask 1 has no name"),
        ([np.ones((1, 1))], ["a", "b"], "more names than the 1 masks"),
        ([np.ones((1, 1))] * 2, ["a", "a"], "twice"),
        ([np.ones((1, 1))], [""], "0 bytes of UTF-8"),
        ([np.ones((1, 1))], ["x" * 4097], "4097 bytes"),
        ([np.ones((1, 1))], ["a\nb"], r"U\+000A"),
        ([np.ones((1, 1))], ["a\x85"], r"U\+0085"),
        ([np.ones((1, 1))], ["\ud800"], "surrogate"),
        ([np.ones((1, 1))], [7], "a name is text"),
    ],
)
def test_what_no_store_holds_is_refused_and_nothing_is_left(tmp_path, arrays, names, message):
    with pytest.raises((ValueError, TypeError), match=message):
        maskmap.pack(arrays, tmp_path / "a.masks", names=names)
    assert os.listdir(tmp_path) == []


def test_places_that_cannot_be_written_are_errors(tmp_path):
    one = [np.ones((1, 1))]
    with pytest.raises(ValueError, match="expected 'bits' or 'runs'"):
        maskmap.pack(one, tmp_path / "a.masks", "bytes")
    with pytest.raises(FileNotFoundError, match="create it first"):
        maskmap.pack(one, tmp_path / "no" / "a.masks")
    maskmap.pack(one, tmp_path / "a.masks")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        maskmap.pack(one, tmp_path / "a.masks")
    (tmp_path / "b").mkdir()
    (tmp_path / "a.masks" / "more").mkdir()
    for name, message in ("b", "no single store"), ("a.masks", "holds the folder more"):
        with pytest.raises(FileExistsError, match=message):
            maskmap.pack(one, tmp_path / name, overwrite=True)
    assert sorted(os.listdir(tmp_path)) == ["a.masks", "b"]


def test_an_error_under_way_leaves_the_old_store(tmp_path):
    def failing():
        yield np.ones((3, 3))
        raise KeyboardInterrupt

    maskmap.pack([np.ones((2, 2))], tmp_path / "a.masks")
    with pytest.raises(KeyboardInterrupt):
        maskmap.pack(failing(), tmp_path / "a.masks", overwrite=True)
    assert maskmap.open(tmp_path / "a.masks").shape == (2, 2)
    assert os.listdir(tmp_path) == ["a.masks"]


def test_two_writers_do_not_meet(tmp_path):
    begun, finish = threading.Event(), threading.Event()

    def slow():
        yield np.ones((3, 3))
        begun.set()
        assert finish.wait(60)

    first = threading.Thread(target=maskmap.pack, args=(slow(), tmp_path / "a.masks"))
    first.start()
    begun.wait(60)
    try:
        with pytest.raises(OSError, match="another writer is at work"):
            maskmap.pack([np.ones((1, 1))], tmp_path / "a.masks")
        other = "import sys, maskmap; maskmap.pack([[[1]]], sys.argv[1])"
        done = subprocess.run([sys.executable, "-c", other, tmp_path / "a.masks"], capture_output=True, text=True)
        assert "another writer is at work" in done.stderr
    finally:
        finish.set()
        first.join()
    assert maskmap.open(tmp_path / "a.masks").shape == (3, 3)
    assert os.listdir(tmp_path) == ["a.masks"]


def test_what_a_dead_writer_left_is_mended(tmp_path, java):
    for name in (".a.masks.tmp-0a1b", ".a.masks.tmp-else", ".b.masks.tmp-00"):
        (tmp_path / name).mkdir()
    maskmap.pack([np.ones((2, 2))], tmp_path / "a.masks")
    os.rename(tmp_path / "a.masks", tmp_path / ".a.masks.old-00ff")
    with pytest.raises(maskmap.FormatError, match="the old store is whole: rename"):
        maskmap.open(tmp_path / "a.masks")
    with pytest.raises(FileExistsError):
        maskmap.pack([np.ones((1, 1))], tmp_path / "a.masks")
    assert maskmap.open(tmp_path / "a.masks").shape == (2, 2)
    assert sorted(os.listdir(tmp_path)) == [".a.masks.tmp-else", ".b.masks.tmp-00", "a.masks"]


@pytest.mark.parametrize("in_one_step", (True, False))
def test_a_store_is_replaced_whole(tmp_path, monkeypatch, in_one_step):
    if not in_one_step:
        monkeypatch.setattr("maskmap._target._exchange", lambda a, b: False)
    for side in (3, 4, 5):
        maskmap.pack([np.ones((side, side))], tmp_path / "a.masks", overwrite=True)
        assert maskmap.open(tmp_path / "a.masks").shape == (side, side)
        assert os.listdir(tmp_path) == ["a.masks"]


def test_masks_move_when_the_second_size_comes(tmp_path, rng, monkeypatch, java):
    monkeypatch.setattr("maskmap._writer._COPY", 100)
    masks = [shapes_on(rng, 40, 77, 0.3) for _ in range(9)] + [np.ones((3, 3), bool)]
    maskmap.pack(masks, tmp_path / "a.masks")
    assert "sound" in java.maskmap("verify", tmp_path / "a.masks")
    assert all(np.array_equal(mask.array(), pixels) for mask, pixels in zip(maskmap.open(tmp_path / "a.masks"), masks))
