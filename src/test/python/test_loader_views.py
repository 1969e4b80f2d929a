"""No view of a batch ever changes under its owner, and nothing is copied between Java and a tensor."""
import gc
import random
import sys
import threading
import warnings

import numpy as np
import pytest
from conftest import require

import maskmap
from maskmap import _java

torch = pytest.importorskip("torch", reason="no torch (Debian: apt-get install python3-torch)")

PATCH, BATCH = 32, 4


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    try:
        _java.find_java()
        _java.class_path()
    except maskmap.JavaError as e:
        require(False, str(e))
    rng = np.random.default_rng(5)
    path = tmp_path_factory.mktemp("stores") / "a.masks"
    maskmap.pack([rng.random((50, 60)) < 0.5 for _ in range(200)], path)
    return maskmap.open(path)


@pytest.fixture
def loader(store):
    with maskmap.Loader(store, PATCH, BATCH, backend="java", num_workers=2, prefetch=2) as loader:
        yield loader


def assert_is_of(store, batch, mask=None):
    """A batch still has the pixels of its places."""
    mask = batch["mask"] if mask is None else mask
    assert np.array_equal(np.asarray(mask), store.patches(batch["index"], batch["y"], batch["x"], PATCH))


def inside(loader, tensor):
    first, end = loader._backend.address()
    return first <= tensor.data_ptr() and tensor.data_ptr() + tensor.nelement() * tensor.element_size() <= end


def test_tensors_lie_where_java_wrote(loader, store):
    addresses = set()
    for batch in loader:
        assert inside(loader, batch["mask"])
        addresses.add(batch["mask"].data_ptr())
        assert_is_of(store, batch)
    # A ring: few places for many batches.
    assert 1 < len(addresses) <= 6 < len(loader)


def test_a_list_of_all_batches_equals_copies(store):
    with maskmap.Loader(store, PATCH, BATCH, backend="java") as loader:
        with pytest.warns(RuntimeWarning, match="private copies") as said:
            batches = list(loader)
        assert len(said) == 1
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # once is enough
            again = list(loader)
        for batch in batches + again:
            assert_is_of(store, batch)
        assert inside(loader, batches[0]["mask"]) and not inside(loader, batches[-1]["mask"])
    for batch in batches:  # also after the process has ended
        assert_is_of(store, batch)


@pytest.mark.filterwarnings("ignore:.*private copies")
@pytest.mark.parametrize(
    "view",
    [
        lambda mask: mask[1:3], lambda mask: mask.numpy(), lambda mask: mask.numpy()[2:].T, lambda mask: mask.view(-1)[::2],
        lambda mask: mask.unsqueeze(1).expand(-1, 3, -1, -1), lambda mask: mask.detach(), lambda mask: memoryview(mask.numpy()),
        lambda mask: torch.from_numpy(mask.numpy()), lambda mask: torch.utils.dlpack.from_dlpack(torch.utils.dlpack.to_dlpack(mask)),
        lambda mask: np.lib.stride_tricks.sliding_window_view(mask.numpy(), (2, 2), (1, 2)), lambda mask: mask.view(torch.int32),
        lambda mask: iter(mask), lambda mask: mask.storage(), lambda mask: np.frombuffer(mask.numpy(), np.uint8),
    ],
)
def test_any_view_keeps_its_slot(loader, view):
    kept, before = [], []
    bytes_of = lambda v: b"".join(
        np.asarray(part).tobytes() for part in (v if isinstance(v, (list, tuple)) else [v])
    )
    for i, batch in enumerate(loader):
        if i % 3 == 0 and len(kept) < 3:
            mask = batch.pop("mask")
            seen = view(mask)
            kept.append(seen)
            held = loader._backend._ring.held()
            before.append(None if not isinstance(seen, (torch.Tensor, np.ndarray, memoryview)) else bytes_of(seen))
            del mask
            gc.collect()
            assert loader._backend._ring.held() == held, "the view does not keep the slot"
    for seen, then in zip(kept, before):
        if then is not None:
            assert bytes_of(seen) == then
    del kept, seen, batch
    gc.collect()
    assert loader._backend._ring.held() == 0


@pytest.mark.filterwarnings("ignore:.*private copies")
def test_batches_may_be_dropped_in_any_order(loader, store):
    choice = random.Random(3)
    held = []
    for _ in range(4):
        for batch in loader:
            held.append(batch)
            while len(held) > choice.randrange(7):
                held.pop(choice.randrange(len(held)))
            for each in held:
                assert_is_of(store, each)


@pytest.mark.filterwarnings("ignore:.*private copies")
def test_batches_may_be_dropped_by_other_threads(loader, store):
    failed, queue, done = [], [], threading.Event()

    def consume():
        while not done.is_set() or queue:
            try:
                batch = queue.pop(random.randrange(len(queue)) if queue else 0)
            except (IndexError, ValueError):
                continue
            try:
                assert_is_of(store, batch)
            except AssertionError as e:
                failed.append(e)
            del batch

    threads = [threading.Thread(target=consume) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        for batch in loader:
            queue.append(batch)
    done.set()
    for thread in threads:
        thread.join(60)
    assert failed == []


@pytest.mark.filterwarnings("ignore:.*private copies")
def test_batches_in_cycles_are_given_back_by_the_collector(loader, store):
    for _ in range(5):
        for batch in loader:
            batch["self"] = batch
            assert_is_of(store, batch)
    del batch
    gc.collect()
    assert loader._backend._ring.held() == 0


def test_a_view_outlives_epoch_and_loader(store):
    loader = maskmap.Loader(store, PATCH, BATCH, backend="java")
    batch = next(iter(loader))
    mask = batch["mask"][2]
    expected = mask.clone()
    for _ in range(3):
        for other in loader:
            pass
    assert torch.equal(mask, expected)
    del loader, other
    gc.collect()
    assert torch.equal(mask, expected)


def test_writing_into_a_batch_harms_no_later_one(loader, store):
    for _ in range(3):
        for batch in loader:
            assert_is_of(store, batch)
            batch["mask"].fill_(77)
            batch["index"].fill_(0)


@pytest.mark.filterwarnings("ignore:.*private copies")
def test_a_slot_waits_for_what_reads_it_in_the_background(loader, store):
    """As copies to a GPU do that do not wait."""
    ready = []

    class Event:
        done = False

        def query(self):
            return self.done

    def event():
        ready.append(Event())
        return ready[-1].query

    loader._backend.before_back(event)
    for i, batch in enumerate(loader):
        assert_is_of(store, batch)
        if i == 10:
            for each in ready:
                each.done = True
    assert len(ready) > 4
    held = loader._backend._ring.held()
    for each in ready:
        each.done = True
    loader._backend._ring.settle()
    assert loader._backend._ring.held() < held


@pytest.mark.filterwarnings("ignore:.*private copies")
def test_slots_that_wait_are_not_lent_out_in_the_meantime(loader, store):
    """Views that end while a batch is awaited leave Java two slots: or both would wait for each other."""
    loader._backend.before_back(lambda: lambda: False)
    ring, receive, kept = loader._backend._ring, loader._backend._frames.receive, []

    def while_views_end():
        kept.clear()
        return receive()

    batches = iter(loader)
    loader._backend._frames.receive = while_views_end
    for _ in range(30):
        batch = next(batches)
        assert_is_of(store, batch)
        kept.append(batch)
        del batch
        assert len(ring._lent) + len(ring._waiting) <= loader._backend._most_held


def test_no_python_code_runs_where_a_view_ends(loader):
    """Python drops an interrupt that meets it there."""
    batch, called = next(iter(loader)), []
    sys.setprofile(lambda frame, event, _: called.append((event, frame.f_code.co_name)))
    del batch
    sys.setprofile(None)
    assert [name for event, name in called if event == "call"] == []
    assert loader._backend._ring.held() == 0
