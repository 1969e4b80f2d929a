"""Files that are not what they should be: one line that names the file, what was found, and what mends it."""
import json
import os
import shutil
import zlib

import maskmap
import numpy as np
import pytest
from conftest import random_masks


@pytest.fixture
def store(tmp_path, rng):
    maskmap.pack(random_masks(rng, 4, "ragged"), tmp_path / "a.masks", "runs")
    return tmp_path / "a.masks"


def seal(members):
    text = json.dumps({k: v for k, v in members.items() if k != "crc32"})[:-1] + ", "
    return text + '"crc32": %d}' % zlib.crc32(text.encode())


def edit(folder, **changes):
    file = folder / "maskmap.json"
    members = json.loads(file.read_text())
    members.update(changes)
    file.write_text(seal({name: value for name, value in members.items() if value is not None}))


def refused(path, message):
    with pytest.raises(maskmap.FormatError, match=message) as error:
        maskmap.open(path)
    assert str(path) in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"format": 2}, "format 2, and this version of maskmap reads format 1: use a newer"),
        ({"format": 0}, "format is 0"),
        ({"format": True}, "format is True"),
        ({"features": ["zip"]}, r"features this version does not know: \[zip\]"),
        ({"layout": "tiles"}, "layout is tiles, and this version of maskmap reads bits or runs"),
        ({"planes": 2}, "planes is 2"),
        ({"packing": {"axis": -1, "bitorder": "big"}}, "packing.axis is -1"),
        ({"packing": {"axis": -2, "bitorder": "little"}}, "packing.bitorder is little"),
        ({"masks": 0}, "masks is 0"),
        ({"masks": 1.0}, "masks is 1.0"),
        ({"masks": None}, "masks is missing"),
        ({"masks": 5}, "makes it <i8"),
        ({"height": 3}, "width is missing"),
        ({"files": {}}, "does not list runs.npy"),
        ({"layout": "bits"}, "does not list masks.npy"),
    ],
)
def test_a_manifest_of_another_kind(store, changes, message):
    edit(store, **changes)
    refused(store, message)


@pytest.mark.parametrize(
    "text, message",
    [
        (b"", "no JSON of ours"),
        (b"\xff{}", "no JSON of ours"),
        (b"[1]", "expected a JSON object"),
        (b'{"format": 1, "format": 1}', "a member is there twice"),
        (b'{"format": NaN}', "NaN is no number"),
        (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "at most 32 levels"),
        (b"[" * 100_000, "no JSON of ours"),
        (b" " * ((1 << 20) + 1), "more than 1 MiB"),
        (b'{"format": 1, "features": [], "crc32": 5}', "the CRC-32 of its first 30 bytes is"),
        (b'{"format": 1, "features": [], "crc32": 5, "a": 1}', "crc32 is not the last member"),
    ],
)
def test_a_damaged_manifest(store, text, message):
    (store / "maskmap.json").write_bytes(text)
    refused(store, message)


def test_one_changed_byte_of_the_manifest_is_seen(store):
    good = (store / "maskmap.json").read_bytes()
    for at in range(0, len(good) - 12, 7):
        (store / "maskmap.json").write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        refused(store, "")


def test_members_that_nobody_knows_are_ignored(store):
    edit(store, colour="blue")
    assert len(maskmap.open(store)) == 4


def test_missing_and_cut_files(store):
    for name in sorted(os.listdir(store)):
        if name == "maskmap.json":
            continue
        data = (store / name).read_bytes()
        (store / name).write_bytes(data[:-1])
        refused(store, f"{name}: {len(data) - 1} bytes, and maskmap.json says {len(data)}")
        os.remove(store / name)
        refused(store, f"{name}: missing; copy the store again")
        (store / name).write_bytes(data)
    assert len(maskmap.open(store)) == 4


def test_arrays_of_another_type(store):
    data = (store / "areas.npy").read_bytes()
    for old, new in (b"<i8", b"<u8"), (b"False", b" True"), (b"(5,)", b"(4,)"), (b"NUMPY", b"NUMPI"), (b"{'d", b"{'e"):
        (store / "areas.npy").write_bytes(data.replace(old, new, 1))
        refused(store, "areas.npy: ")


def test_what_is_no_store(tmp_path):
    refused(tmp_path, "not a store: it has no maskmap.json .*maskmap pack")
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        maskmap.open(tmp_path / "none")
    (tmp_path / "text.npy").write_text("hello")
    refused(tmp_path / "text.npy", "no NPY file")
    with pytest.raises(ValueError, match="is for .npy files"):
        maskmap.pack([np.ones((1, 1))], tmp_path / "a")
        maskmap.open(tmp_path / "a", height=1)


@pytest.mark.parametrize(
    "array, height, message",
    [
        (np.zeros((4, 4), bool), None, r"holds booleans \(\|b1\), so it is taken for unpacked"),
        (np.ones((4, 4), np.uint8), None, "only the values 0 and 1"),
        (np.ones((4, 4), np.float32), None, "elements of type <f4"),
        (np.full((4, 5), 9, np.uint8, order="F"), None, "in Fortran order"),
        (np.full(4, 9, np.uint8), None, r"shape \(4,\)"),
        (np.full((4, 0), 9, np.uint8), None, "at least one mask"),
        (np.full((4, 5), 9, np.uint8), 24, "hold 25 to 32 pixel rows, and the height given is 24"),
        (np.full((4, 5), 9, np.uint8), 33, "hold 25 to 32 pixel rows"),
    ],
)
def test_bare_arrays_of_another_kind(tmp_path, array, height, message):
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(maskmap.FormatError, match=message):
        maskmap.open(tmp_path / "a.npy", height)


def test_a_bare_array_that_was_cut(tmp_path):
    np.save(tmp_path / "a.npy", np.full((4, 5), 9, np.uint8))
    data = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(data + b"more")
    assert maskmap.open(tmp_path / "a.npy").shape == (32, 5)
    (tmp_path / "a.npy").write_bytes(data[:-1])
    refused(tmp_path / "a.npy", "147 bytes, and its array of shape .* ends at byte 148")
    (tmp_path / "a.npy").write_bytes(data[:50])
    refused(tmp_path / "a.npy", "ends in its header")


@pytest.mark.parametrize("layout", ("bits", "runs"))
def test_damaged_indexes_are_errors_where_they_are_used(tmp_path, rng, layout):
    """Every number of every index in turn: the right pixels, or an error that says damaged; never anything else."""
    masks = random_masks(rng, 3, "ragged")
    maskmap.pack(masks, tmp_path / "a", layout, ["one", "two", "three"])
    for name in sorted(os.listdir(tmp_path / "a")):
        if name in ("maskmap.json", "masks.npy", "crc32.npy"):
            continue
        data = (tmp_path / "a" / name).read_bytes()
        for at in range(0 if name == "names.txt" else 128, len(data), 4):
            for byte in (0xFF, 0x80, 0x00):
                (tmp_path / "a" / name).write_bytes(data[:at] + bytes([byte]) * 4 + data[at + 4 :][: len(data) - at - 4])
                if os.path.getsize(tmp_path / "a" / name) != len(data):
                    (tmp_path / "a" / name).write_bytes(data[:at] + bytes([byte]) * (len(data) - at))
                try:
                    store = maskmap.open(tmp_path / "a")
                    for i in range(3):
                        assert len(store[i].name) > 0
                        store[i].count()
                        h, w = store[i].shape
                        store[i].patch(0, w // 2, h, w - w // 2)
                        if store[i]._store._parts[0].area(i) > 0:
                            store._parts[0].select(i, 0)
                except maskmap.FormatError as e:
                    assert "copy the store again" in str(e)
                except MemoryError:
                    assert name == "shapes.npy"
        (tmp_path / "a" / name).write_bytes(data)


def test_runs_that_do_not_rise_to_the_width_are_damaged(tmp_path):
    mask = np.zeros((8, 20), bool)
    mask[:, 5:] = True
    maskmap.pack([mask], tmp_path / "a", "runs")
    data = (tmp_path / "a" / "runs.npy").read_bytes()
    for ends in ((5, 19), (5, 21), (20, 20), (21, 20), (0, 20)):
        (tmp_path / "a" / "runs.npy").write_bytes(data[:128] + np.array(ends, "<u2").tobytes() + data[132:])
        view = maskmap.open(tmp_path / "a")[0]
        if ends[0] <= 20 == ends[1]:  # a run without columns: read as the run behind it
            assert np.array_equal(view.array(), np.broadcast_to(np.arange(20) >= ends[0], (8, 20)))
            continue
        with pytest.raises(maskmap.FormatError, match="runs.npy: the runs of mask 0 do not rise to its 20 columns"):
            view.array()


def test_a_data_set_of_another_kind(tmp_path, rng, java):
    for part in range(2):
        np.savez(tmp_path / "a.npz", **{f"{part}{i}": m for i, m in enumerate(random_masks(rng, 3, "uniform"))})
        java.maskmap("pack", tmp_path / "a.npz", "-o", tmp_path / "all", "--append", "--quiet")
    file = tmp_path / "all" / "dataset.json"
    good = json.loads(file.read_text())
    for change, message in (
        (lambda d: d.update(masks=7), "7 masks and id"),
        (lambda d: d.update(id="0" * 32), "make it 6 and"),
        (lambda d: d.update(parts=[]), "its 0 parts"),
        (lambda d: d["parts"].append(d["parts"][0]), "2 of them different"),
        (lambda d: d["parts"][0].update(store="../part-00000.masks"), "a part '../part-00000.masks'"),
        (lambda d: d.update(parts=[3]), "expected an object"),
    ):
        members = json.loads(json.dumps(good))
        change(members)
        file.write_text(seal(members))
        refused(tmp_path / "all", message)
    file.write_text(seal(good))
    shutil.rmtree(tmp_path / "all" / "part-00001.masks")
    refused(tmp_path / "all", "part-00001.masks: missing; copy the store again")
    shutil.copytree(tmp_path / "all" / "part-00000.masks", tmp_path / "all" / "part-00001.masks")
    refused(tmp_path / "all", "and dataset.json says 3 and")
