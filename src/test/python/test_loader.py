"""Batches of a loader: the same in Java and in numpy, bit for bit, and where a loader goes on."""
import json

import numpy as np
import pytest
from conftest import random_masks, require

import maskmap
from maskmap import _java

torch = pytest.importorskip("torch", reason="no torch (Debian: apt-get install python3-torch)")

DTYPES = ["bool", "uint8", "uint8_255", "float16", "bfloat16", "float32", "int64", "packed"]
PATCH = (24, 20)


@pytest.fixture(scope="module", autouse=True)
def has_java():
    try:
        _java.find_java()
        _java.class_path()
    except maskmap.JavaError as e:
        require(False, str(e))


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """A store of each layout, of masks of one size and of many, some smaller than the patch."""
    rng = np.random.default_rng(4)
    folder = tmp_path_factory.mktemp("stores")
    made = {}
    for kind in ("uniform", "ragged"):
        masks = random_masks(rng, 13, kind)
        if kind == "uniform":
            masks = [rng.random((40, 57)) < 0.2 for _ in masks]
        for layout in ("bits", "runs"):
            path = folder / f"{kind}-{layout}.masks"
            maskmap.pack(masks, path, layout=layout)
            made[kind, layout] = path
    return made


def both(store, **options):
    """The batches of one epoch, of Java and of numpy, kept; both loaders are closed."""
    result = []
    for backend in ("java", "numpy"):
        with maskmap.Loader(store, backend=backend, prefetch=80, **options) as loader:
            result.append(list(loader))
    return result


def assert_same(a, b):
    assert len(a) == len(b) > 0
    for one, other in zip(a, b):
        assert list(one) == list(other)
        for key, value in one.items():
            if key == "name":
                assert value == other[key] and len(value) == len(one["index"])
            else:
                assert value.dtype == other[key].dtype, key
                assert value.shape == other[key].shape, key
                assert torch.equal(value, other[key]), key


@pytest.mark.parametrize("layout", ["bits", "runs"])
@pytest.mark.parametrize("kind", ["uniform", "ragged"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_java_and_numpy_give_the_same_batches(stores, dtype, kind, layout):
    java, numpy = both(
        stores[kind, layout], patch_size=PATCH, batch_size=5, dtype=dtype, per_mask=2, small_masks="pad", keep_last=True,
        num_workers=2,
    )
    assert_same(java, numpy)
    assert sum(len(batch["index"]) for batch in java) == 26


@pytest.mark.parametrize(
    "sampler", ["uniform", "area", "foreground=0.4", "foreground-of-all=0.4", "grid=9x11", "area,at-least=3%,attempts=5",
                "foreground=0.8,at-least=40"],
)
def test_every_sampler_draws_the_same_in_both(stores, sampler):
    java, numpy = both(
        stores["ragged", "bits"], patch_size=PATCH, batch_size=5, sampler=sampler, per_mask=3, small_masks="skip", seed=-3,
    )
    assert_same(java, numpy)


@pytest.mark.parametrize("uneven", ["drop", "wrap", "exact"])
def test_ranks_share_an_epoch(stores, uneven):
    options = dict(patch_size=PATCH, batch_size=4, per_mask=2, seed=9, keep_last=True)
    whole, _ = both(stores["uniform", "bits"], **options)
    parts = [both(stores["uniform", "bits"], rank=rank, world_size=3, uneven=uneven, **options) for rank in range(3)]
    for java, numpy in parts:
        assert_same(java, numpy)
    counts = [len(java) for java, _ in parts]
    assert counts == {"drop": [2, 2, 2], "wrap": [3, 3, 3], "exact": [3, 2, 2]}[uneven]
    dealt = [parts[n % 3][0][n // 3] for n in range(sum(counts))]
    assert_same(dealt, [whole[n % len(whole)] for n in range(sum(counts))])


@pytest.mark.parametrize("dtype", ["uint8", "float32", "packed"])
def test_stores_by_name_are_planes(stores, tmp_path, rng, dtype):
    maskmap.pack([rng.random((40, 57)) < 0.5 for _ in range(13)], tmp_path / "b.masks")
    planes = {"road": stores["uniform", "bits"], "car": tmp_path / "b.masks"}
    java, numpy = both(planes, patch_size=PATCH, batch_size=5, dtype=dtype)
    assert_same(java, numpy)
    assert java[0]["mask"].shape == (5, 2, 3 if dtype == "packed" else 24, 20)


@pytest.mark.parametrize("dtype", ["uint8", "int64"])
def test_classes_are_one_number_a_pixel(tmp_path, rng, dtype):
    labels = [rng.integers(0, 4, (30 + i, 30)) for i in range(6)]
    for c in (1, 2):
        maskmap.pack([label == c for label in labels], tmp_path / f"{c}.masks")
    maskmap.pack([label != 3 for label in labels], tmp_path / "valid.masks")
    java, numpy = both(
        {"a": tmp_path / "1.masks", "b": tmp_path / "2.masks"}, patch_size=(32, 28), batch_size=3, dtype=dtype, classes=True,
        valid=tmp_path / "valid.masks", ignore=200, small_masks="pad",
    )
    assert_same(java, numpy)
    for batch in java:
        for mask, index, y, x, (height, width) in zip(*(batch[key] for key in ("mask", "index", "y", "x", "valid"))):
            label = labels[index][y : y + 32, x : x + 28]
            assert label.shape == (height, width)
            assert np.array_equal(mask[:height, :width].numpy(), np.where(label == 3, 200, label))
            assert (mask[height:] == 200).all()


def test_a_pixel_of_two_classes_is_an_error(tmp_path):
    for name in ("a", "b"):
        maskmap.pack([np.ones((8, 8), bool)], tmp_path / f"{name}.masks")
    for backend in ("java", "numpy"):
        with maskmap.Loader(
            {name: tmp_path / f"{name}.masks" for name in ("a", "b")}, patch_size=8, batch_size=1, classes=True, backend=backend
        ) as loader:
            with pytest.raises(maskmap.LoadError, match="foreground of 'a' and of 'b'"):
                list(loader)
            batches = iter(loader)
            with pytest.raises(maskmap.LoadError, match="foreground of 'a' and of 'b'"):
                next(batches)
            assert list(batches) == []  # and no wait for a batch that does not come


def test_some_of_the_masks(stores):
    masks = maskmap.Masks(maskmap.open(stores["uniform", "bits"])).without([3, 1]).only([0, 10, 4])
    java, numpy = both(masks, patch_size=PATCH, batch_size=4, per_mask=8)
    assert_same(java, numpy)
    assert {int(i) for batch in java for i in batch["index"]} == {0, 12, 6}
    java, numpy = both(stores["ragged", "runs"], patch_size=3, batch_size=4, only=[5, 2, 7, 8], without=[1], per_mask=4,
                       small_masks="pad")
    assert_same(java, numpy)
    assert {int(i) for batch in java for i in batch["index"]} == {5, 7, 8}


def test_the_patches_are_those_of_the_store(stores):
    store = maskmap.open(stores["uniform", "runs"])
    with maskmap.Loader(store, PATCH, 4, "bool", channel_dim=True) as loader:
        for batch in loader:
            assert batch["mask"].shape == (4, 1, *PATCH)
            assert batch["mask"].dtype == torch.bool
            for mask, i, y, x, name in zip(*(batch[key] for key in ("mask", "index", "y", "x", "name"))):
                assert np.array_equal(mask[0].numpy(), store[int(i)].patch(int(y), int(x), *PATCH))
                assert name == store[int(i)].name


@pytest.mark.parametrize("backend", ["java", "numpy"])
def test_places_of_the_caller(stores, backend):
    store = maskmap.open(stores["uniform", "bits"])
    index, y, x = [3, 3, 0, 12, 5], [0, 16, 7, 1, 2], [37, 0, 5, 6, 1]
    with maskmap.Loader(store, PATCH, 2, backend=backend, prefetch=9) as loader:
        batches = loader.read(index, y, x)
        assert len(batches) == 3
        got = torch.cat([batch["mask"].clone() for batch in batches]).numpy()
        assert np.array_equal(got, store.patches(index, y, x, PATCH))
        assert loader.state_dict()["epoch"] == 0
        for wrong in ([13], [0], [0]), ([0], [17], [0]), ([0], [0], [-1]), ([], [], []), ([0, 1], [0], [0]):
            with pytest.raises(ValueError):
                loader.read(*wrong)
        # The loader goes on all the same.
        assert len(list(loader)) == len(loader)


@pytest.mark.parametrize("backend", ["java", "numpy"])
def test_epochs_go_on_by_themselves(stores, backend):
    options = dict(patch_size=PATCH, batch_size=5, per_mask=2, seed=3, backend=backend)
    with maskmap.Loader(stores["uniform", "bits"], **options) as loader:
        plain = [[batch["index"].tolist() for batch in loader] for _ in range(4)]
        assert len({str(epoch) for epoch in plain}) == 4
        loader.set_epoch(1)
        assert [batch["index"].tolist() for batch in loader] == plain[1]
        loader.set_epoch(0)
        for batch in loader:  # abandoned
            break
        assert [batch["index"].tolist() for batch in loader] == plain[1]
        iter(loader)  # no batch was taken, so this was no epoch
        assert [batch["index"].tolist() for batch in loader] == plain[2]
        old = iter(loader)
        next(old)
        loader.set_epoch(3)
        new = iter(loader)
        with pytest.raises(RuntimeError, match="another one"):
            next(old)
        assert [batch["index"].tolist() for batch in new] == plain[3]


@pytest.mark.parametrize("writer", ["java", "numpy"])
@pytest.mark.parametrize("reader", ["java", "numpy"])
def test_a_state_goes_on_in_either_backend(stores, writer, reader):
    options = dict(patch_size=PATCH, batch_size=5, per_mask=2, seed=3)
    with maskmap.Loader(stores["uniform", "bits"], backend=writer, **options) as loader:
        whole = [[batch["index"].tolist() for batch in loader] for _ in range(3)]
        loader.set_epoch(1)
        batches = iter(loader)
        next(batches), next(batches)
        state = json.loads(json.dumps(loader.state_dict()))
        assert state["epoch"] == 1 and state["next"] == 10
        list(batches)
        after = loader.state_dict()
        assert after["epoch"] == 2 and after["next"] == 0
    with maskmap.Loader(stores["uniform", "bits"], backend=reader, allow_changes=True, **options) as loader:
        loader.load_state_dict(state)
        assert loader.state_dict()["next"] == 10
        assert [batch["index"].tolist() for batch in loader] == whole[1][2:]
        assert [batch["index"].tolist() for batch in loader] == whole[2]
        loader.load_state_dict(state)
        loader.set_epoch(1)  # as loops do that begin with the epoch of their checkpoint
        assert [batch["index"].tolist() for batch in loader] == whole[1][2:]


def test_a_state_taken_at_the_last_batch_begins_the_next_epoch(stores):
    with maskmap.Loader(stores["uniform", "bits"], PATCH, 5, backend="numpy") as loader:
        for batch in loader:
            state = loader.state_dict()
        assert state["next"] == 10
        second = [batch["index"].tolist() for batch in loader]
        loader.load_state_dict(state)
        assert [batch["index"].tolist() for batch in loader] == second
        loader.load_state_dict(state)
        loader.set_epoch(0)
        assert list(loader) == []


def test_a_state_is_dealt_out_to_other_ranks(stores):
    options = dict(patch_size=PATCH, batch_size=2, per_mask=2, uneven="exact")
    path = stores["uniform", "bits"]
    with maskmap.Loader(path, rank=0, world_size=2, backend="numpy", **options) as loader:
        batches = iter(loader)
        next(batches), next(batches)
        state = loader.state_dict()
    assert state["next"] == 8
    with maskmap.Loader(path, backend="numpy", **options) as loader:
        whole = [batch["index"].tolist() for batch in loader]
    rest = []
    for rank in range(3):
        with maskmap.Loader(path, rank=rank, world_size=3, backend="java", allow_changes=True, **options) as loader:
            loader.load_state_dict(state)
            rest.append([batch["index"].tolist() for batch in loader])
    assert [rest[n % 3][n // 3] for n in range(9)] == whole[4:]


@pytest.mark.parametrize(
    "change, words",
    [({"seed": 8}, "seed 8"), ({"next": 3}, "multiple of 5"), ({"next": 15}, "up to 10"), ({"sampler": "area"}, "'area'"),
     ({"stores": ["0" * 32]}, "has changed"), ({"stores": []}, "0 stores"), ({"maskmap_loader": 2}, "version 2")],
)
def test_a_state_of_something_else_is_refused(stores, change, words):
    with maskmap.Loader(stores["uniform", "bits"], PATCH, 5, backend="numpy") as loader:
        state = loader.state_dict()
        with pytest.raises(ValueError, match=words):
            loader.load_state_dict({**state, **change})
        del state["turns"]
        with pytest.raises(ValueError, match="turns"):
            loader.load_state_dict(state)


@pytest.mark.parametrize(
    "options, words",
    [
        (dict(batch_size=0), "batch_size=0"), (dict(dtype="int8"), "dtype int8"), (dict(sampler="forground=1"), "sampler="),
        (dict(sampler="foreground=2"), "sampler="),
        (dict(sampler="grid,at-least=3"), "sampler="), (dict(sampler="attempts=3"), "sampler="), (dict(sampler={}), "sampler="),
        (dict(sampler="area,uniform"), "sampler="), (dict(sampler="at-least=x"), "sampler="), (dict(sampler="grid=0"), "sampler="), (dict(rank=2, world_size=2), "rank 2 of 2"), (dict(backend="c"), "backend"),
        (dict(patch_size=0), "patch"), (dict(turns="some"), "turns"), (dict(turns="all"), "square"),
        (dict(small_masks="no"), "small_masks"), (dict(num_workers=0), "num_workers"), (dict(prefetch=-1), "prefetch"),
        (dict(batch_size=50), "keep_last"), (dict(patch_size=100), "fewer than the patch"), (dict(weights=[1.0]), "1 weights"),
        (dict(dtype="float32", classes=True), "classes"), (dict(world_size=90), "uneven"), (dict(uneven="no"), "uneven"),
        (dict(only=[99]), "99"), (dict(only=[1, 1]), "twice"),
    ],
)
@pytest.mark.parametrize("backend", ["java", "numpy"])
def test_what_makes_no_sense_is_refused_in_one_line(stores, options, words, backend):
    with pytest.raises((ValueError, IndexError)) as e:
        maskmap.Loader(stores["uniform", "bits"], **{"patch_size": PATCH, "batch_size": 5, "backend": backend, **options})
    assert words in str(e.value) and "\n" not in str(e.value)


def test_torch_types_and_numpy_types_are_names_too(stores):
    for dtype in (torch.float16, np.float16, "float16"):
        with maskmap.Loader(stores["uniform", "bits"], PATCH, 5, dtype, backend="numpy") as loader:
            assert next(iter(loader))["mask"].dtype == torch.float16


def test_without_torch_there_are_arrays(stores, monkeypatch):
    from maskmap import _loader

    monkeypatch.setattr(_loader, "find_torch", lambda: None)
    for backend in ("java", "numpy"):
        with maskmap.Loader(stores["uniform", "bits"], PATCH, 5, "bool", backend=backend) as loader:
            batch = next(iter(loader))
            assert isinstance(batch["mask"], np.ndarray) and batch["mask"].dtype == bool
            assert batch["index"].dtype == np.int64
    with pytest.raises(ValueError, match="torch"):
        maskmap.Loader(stores["uniform", "bits"], PATCH, 5, "bfloat16")
    with pytest.raises(ValueError, match="torch"):
        maskmap.Loader(stores["uniform", "bits"], PATCH, 5, device="cuda")


def test_ranks_and_threads_come_from_the_job(stores, monkeypatch):
    from maskmap import _setup

    monkeypatch.setenv("LOCAL_WORLD_SIZE", "1")
    alone = _setup.cores()
    monkeypatch.setenv("LOCAL_WORLD_SIZE", str(alone))
    assert _setup.cores() == 1
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "100000")
    assert _setup.cores() == 1
    if not torch.distributed.is_available():
        pytest.skip("this torch has no torch.distributed")
    torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)
    try:
        assert _setup.distributed(torch) == (0, 1)
    finally:
        torch.distributed.destroy_process_group()


def test_names_are_a_sequence_that_libraries_can_rebuild(stores):
    with maskmap.Loader(stores["uniform", "bits"], PATCH, 5, backend="numpy") as loader:
        names = next(iter(loader))["name"]
    with maskmap.open(stores["uniform", "bits"]) as store:
        names._store = store
        assert names[1:3] == [names[1], names[2]] and names[-1] == list(names)[-1]
        assert type(names)(list(names)) == names
        assert "'" in repr(names)


@pytest.fixture(scope="module")
def images(stores, tmp_path_factory):
    """Images of the masks of the store of one size."""
    rng = np.random.default_rng(6)
    folder = tmp_path_factory.mktemp("images")
    made = {"plain": rng.integers(0, 256, (13, 40, 57), np.uint8), "rgb": rng.integers(0, 256, (13, 40, 57, 3), np.uint8),
            "big": rng.integers(0, 60000, (13, 40, 57, 2)).astype(">u2"), "float": rng.random((13, 40, 57, 2), np.float32)}
    for name, array in made.items():
        np.save(folder / f"{name}.npy", array)
    return folder, made


@pytest.mark.parametrize("turns", ["none", "flips", "all"])
@pytest.mark.parametrize(
    "name, options", [("plain", {}), ("rgb", dict(image_scaled=True)), ("rgb", dict(image_order="hwc")), ("big", {}), ("float", {})]
)
def test_images_lie_beside_the_masks(stores, images, name, options, turns):
    folder, made = images
    java, numpy = both(stores["uniform", "bits"], patch_size=24, batch_size=4, images=folder / f"{name}.npy", turns=turns,
                       per_mask=3, **options)
    assert_same(java, numpy)
    assert turns == "none" or len({int(code) for batch in java for code in batch["flip"]}) == (4 if turns == "flips" else 8)
    store = maskmap.open(stores["uniform", "bits"])
    for batch in java:
        for mask, image, i, y, x, code in zip(*(batch[key] for key in ("mask", "image", "index", "y", "x", "flip"))):
            expected = made[name][int(i), y : y + 24, x : x + 24]
            expected = expected if expected.ndim == 3 else expected[:, :, None]
            turn = lambda a: np.rot90(np.fliplr(a) if code & 4 else a, int(code) & 3)
            expected = turn(expected)
            assert np.array_equal(mask, turn(store[int(i)].patch(int(y), int(x), 24, 24)))
            if options.get("image_order") != "hwc":
                expected = expected.transpose(2, 0, 1)
            if options.get("image_scaled"):
                expected = expected / np.float32(255)
            assert np.array_equal(image.numpy(), expected)


@pytest.mark.parametrize("padding", ["zero", "reflect"])
def test_images_of_many_sizes_are_padded(tmp_path, rng, padding, write_images):
    sizes = [(rng.integers(1, 50), rng.integers(1, 50)) for _ in range(9)]
    maskmap.pack([rng.random(size) < 0.5 for size in sizes], tmp_path / "a.masks")
    write_images([rng.integers(0, 256, (*size, 3), np.uint8) for size in sizes], tmp_path / "a.images")
    java, numpy = both(tmp_path / "a.masks", patch_size=30, batch_size=3, small_masks="pad", images=tmp_path / "a.images",
                       image_padding=padding, turns="all", per_mask=4)
    assert_same(java, numpy)


def test_images_of_something_else_are_refused(stores, images, tmp_path):
    np.save(tmp_path / "few.npy", np.zeros((12, 40, 57), np.uint8))
    np.save(tmp_path / "low.npy", np.zeros((13, 39, 57), np.uint8))
    np.save(tmp_path / "wide.npy", np.zeros((13, 40, 57), np.float64))
    for backend in ("java", "numpy"):
        for name, words in ("few", "12 images"), ("low", "39 x 57"):
            with pytest.raises(ValueError, match=words):
                maskmap.Loader(stores["uniform", "bits"], PATCH, 4, images=tmp_path / f"{name}.npy", backend=backend)
        with pytest.raises(ValueError, match="scaled to 0 to 1"):
            maskmap.Loader(stores["uniform", "bits"], PATCH, 4, images=tmp_path / "wide.npy", image_scaled=True, backend=backend)
        with pytest.raises((FileNotFoundError, ValueError), match="nothing.npy"):
            maskmap.Loader(stores["uniform", "bits"], PATCH, 4, images=tmp_path / "nothing.npy", backend=backend)


def test_images_in_another_order_are_refused(tmp_path, rng, write_images):
    maskmap.pack([rng.random((9, 9)) < 0.5 for _ in range(3)], tmp_path / "a.masks", names=["a", "b", "c"])
    write_images([np.zeros((9, 9, 3), np.uint8)] * 3, tmp_path / "a.images", ["b", "a", "c"])
    write_images([np.zeros((9, 9, 3), np.uint8)] * 3, tmp_path / "b.images", ["a", "b", "c"])
    write_images([np.zeros((9, 9, 3), np.uint8)] * 3, tmp_path / "c.images", ["b", "c", "d"])
    for backend in ("java", "numpy"):
        with pytest.raises(ValueError, match="is 'b', and mask 0 of .* is 'a', as image 1"):
            maskmap.Loader(tmp_path / "a.masks", 8, 1, images=tmp_path / "a.images", backend=backend)
        # The image of the first mask is missing, and another one is too many.
        with pytest.raises(ValueError, match="is 'c', and mask 1 of .* is 'b', as image 0"):
            maskmap.Loader(tmp_path / "a.masks", 8, 1, images=tmp_path / "c.images", backend=backend)
        maskmap.Loader(tmp_path / "a.masks", 8, 1, images=tmp_path / "b.images", backend=backend).close()


def test_a_state_knows_its_images(stores, images):
    folder, _ = images
    options = dict(patch_size=PATCH, batch_size=4)
    states = []
    for backend in ("java", "numpy"):
        with maskmap.Loader(stores["uniform", "bits"], backend=backend, images=folder / "rgb.npy", **options) as loader:
            states.append(loader.state_dict())
            assert states[-1]["images"].startswith("npy |u1 13x40x57x3 ")
        with maskmap.Loader(stores["uniform", "bits"], backend=backend, images=folder / "plain.npy", **options) as loader:
            with pytest.raises(ValueError, match="images"):
                loader.load_state_dict(states[-1])
    assert states[0] == states[1]


def test_weights_and_shares_of_classes(stores, tmp_path, rng):
    path = stores["uniform", "bits"]
    weights = [0, 2, 0.5, *[0] * 9, 1]
    java, numpy = both(path, patch_size=PATCH, batch_size=4, weights=weights, per_mask=9, sampler="foreground=0.5")
    assert_same(java, numpy)
    assert {int(i) for batch in java for i in batch["index"]} == {1, 2, 12}
    maskmap.pack([rng.random((40, 57)) < 0.01 for _ in range(13)], tmp_path / "rare.masks")
    planes = {"common": path, "rare": tmp_path / "rare.masks"}
    java, numpy = both(planes, patch_size=PATCH, batch_size=4, per_mask=9, sampler={"rare": 0.5, "common": 0.25}, without=[3, 4])
    assert_same(java, numpy)
    for batch in java:
        assert batch["mask"][:2, 1].flatten(1).any(1).all() and batch["mask"][2, 0].any()


def test_java_reads_the_state(stores, tmp_path):
    """Both describe what they draw from with the same words, so that either takes the other's state."""
    path = stores["ragged", "runs"]
    for options in (
        dict(), dict(sampler="area"), dict(sampler="foreground=0.3", weights=[1, 2, *[0.25] * 11]), dict(sampler="grid=5x7"),
        dict(sampler="at-least=10%,foreground-of-all=0.5"), dict(only=[4, 3, 9], without=[1]), dict(turns="flips"),
    ):
        states = []
        for backend in ("java", "numpy"):
            with maskmap.Loader(path, (8, 7), 4, backend=backend, small_masks="skip", per_mask=4, **options) as loader:
                states.append(json.dumps(loader.state_dict()))
        assert states[0] == states[1]


def test_several_stores_as_one(stores, tmp_path, rng):
    for i in range(3):
        maskmap.pack([rng.random((40 + i, 57)) < 0.5 for _ in range(4)], tmp_path / f"{i}.masks")
    store = maskmap.open([tmp_path / f"{i}.masks" for i in (2, 0, 1)])
    java, numpy = both(store, patch_size=PATCH, batch_size=4, sampler="foreground=0.5", per_mask=2)
    assert_same(java, numpy)
    with maskmap.Loader(store, PATCH, 4, backend="numpy") as one, maskmap.Loader(store, PATCH, 4, backend="java") as other:
        assert one.state_dict() == other.state_dict()
