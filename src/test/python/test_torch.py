"""Inside a user's own Dataset and DataLoader, in processes that are forked and that are spawned."""
import maskmap
import numpy as np
import pytest
from conftest import module, random_masks, shapes_on

torch = module("torch")
import user_data  # noqa: E402


@pytest.fixture(params=("bits", "runs"))
def path(request, tmp_path, rng):
    masks = [shapes_on(rng, 40 + i, 60 - i, 0.02) for i in range(6)]
    masks[0][3:9, 4:30] = True
    return maskmap.pack(masks, tmp_path / "a.masks", request.param)


@pytest.mark.parametrize("style", ("dict", "keywords"))
@pytest.mark.parametrize("start", ("fork", "spawn"))
def test_a_dataset_and_its_loader(path, rng, start, style):
    store, sampler = user_data.make(path)
    images = rng.random((6, 60, 70), dtype=np.float32)
    dataset = user_data.Crops(images, store, sampler, style)
    store[0].array()  # in use before the workers begin
    loader = torch.utils.data.DataLoader(dataset, batch_size=4, num_workers=2, multiprocessing_context=start)
    seen = 0
    for n, batch in enumerate(loader):
        assert batch["mask"].shape == (4, 1, 16, 24) and batch["mask"].dtype == torch.uint8
        for j in range(4):
            i, y, x = sampler.draw(7, 0, 4 * n + j)
            assert batch["index"][j] == i
            expected = store[i].array()[y : y + 16, x : x + 24][:, ::-1]
            assert np.array_equal(batch["mask"][j, 0].numpy(), expected)
            assert np.array_equal(batch["image"][j, 0].numpy(), images[i, y : y + 16, x : x + 24][:, ::-1])
            seen += 1
        assert batch["mask"][:2].flatten(1).any(dim=1).all()
    assert seen == len(sampler)


@pytest.mark.parametrize("start", ("fork", "spawn"))
def test_packed_batches_are_unpacked_where_they_are_used(path, start):
    store, sampler = user_data.make(path)
    dataset = user_data.Batches(store, sampler)
    loader = torch.utils.data.DataLoader(dataset, batch_size=None, num_workers=1, multiprocessing_context=start)
    for n, (rows, y) in enumerate(loader):
        found = maskmap.unpack(rows, y % 8, sampler.size, torch.float32)
        index, ys, xs = sampler.draw(7, 0, np.arange(4 * n, 4 * n + 4))
        assert np.array_equal(found.numpy(), store.patches(index, ys, xs, sampler.size))


def test_tensors_are_filled_in_place(path):
    store = maskmap.open(path)
    whole = store[2].array()
    out = torch.full((2, 10, 12), 9, dtype=torch.float32)
    assert store[2].patch(3, 4, 10, 12, out=out[1]).data_ptr() == out[1].data_ptr()
    assert np.array_equal(out[1].numpy(), whole[3:13, 4:16]) and bool((out[0] == 9).all())
    for dtype in (torch.uint8, torch.bool, torch.float16, torch.int64):
        batch = torch.empty((2, 10, 12), dtype=dtype)
        assert store.patches(torch.tensor([2, 2]), torch.tensor([3, 0]), [4, 5], (10, 12), out=batch) is batch
        assert np.array_equal(batch[0].numpy(), whole[3:13, 4:16])
        assert np.array_equal(batch[1].numpy(), whole[:10, 5:17])


def test_a_store_is_shared_with_a_forked_process(path):
    import os

    store = maskmap.open(path)
    expected = store[1].array()
    child = os.fork()
    if child == 0:
        same = np.array_equal(store[1].array(), expected)
        store.close()
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert np.array_equal(store[1].array(), expected)


def test_threads_read_side_by_side(tmp_path, rng):
    from concurrent.futures import ThreadPoolExecutor

    masks = random_masks(rng, 10, "ragged")
    store = maskmap.open(maskmap.pack(masks, tmp_path / "a.masks", "runs"))

    def read(i):
        return all(np.array_equal(store[i].array(), masks[i]) for _ in range(50))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, list(range(10)) * 2))
