"""Batches for a training loop."""
import os
import sys
import threading
import warnings

from ._feed import Feed
from ._in_numpy import InNumpy
from ._java import JavaError
from ._setup import cores, distributed, find_torch
from ._shape import Shaper
from ._spec import Spec
from ._state import check, state_of


class Loader:
    """Batches of patches that a sampler draws, read ahead into memory that is used again and again.

        loader = maskmap.Loader("train.masks", patch_size=256, batch_size=64, sampler="foreground=0.33")
        for epoch in range(10):
            for batch in loader:
                train(batch["mask"])

    A batch is a dict of tensors, or of arrays where there is no torch: `mask` (batch, height, width), `index` (the
    masks' numbers), `y`, `x`, `valid` (rows and columns of each patch that lie in its mask), `flip` (how it was
    turned), `gave_up` (patches that are not as the sampler promises), and `name`. They belong to whoever has them:
    memory is filled again only when the last tensor or array that views it is gone.

    store: a path, a `Store`, `Masks` of one, or a dict of stores by the names of their classes, which become planes
        (batch, planes, height, width), or with classes=True one number a pixel: 0 for none, 1 for the first class.
    patch_size: (height, width), or one number for both. batch_size: patches of a batch.
    dtype: of a pixel, 0 or 1: "bool", "uint8", "uint8_255" (0 or 255), "float16", "bfloat16" (torch), "float32",
        "int64"; or "packed", (batch, ceil(height / 8), width), as `numpy.packbits(mask, axis=0)` packs. Types of
        torch and numpy go by their names.
    sampler: "uniform", "area", "foreground=SHARE", "foreground-of-all=SHARE", "grid", "grid=STRIDE",
        "at-least=PIXELS"; or a dict of the share of each class. docs/python.md has them all.
    seed: with the epoch and the sampler it is all that batches depend on, beside the rank: not on threads.
    rank, world_size: batch n goes to rank n % world_size; of `torch.distributed` where it is initialised, else 0
        and 1.
    num_workers: threads that read; cores / LOCAL_WORLD_SIZE by default. prefetch: batches that wait to be taken.
    backend: "java", which writes batches into memory that both processes have mapped; "numpy", the same batches
        without Java, slower; "auto", Java where there is one.
    per_mask: patches of each mask in an epoch. small_masks: what becomes of masks smaller than a patch: "error",
        "pad", "skip". only, without: lists of masks. weights: one for each mask. turns: "none", "mirror", "flips",
        "quarters", "all". keep_last: whether the last batch counts where it is not full.
    uneven: what becomes of batches that do not split evenly over the ranks: "drop", "wrap", "exact".
    valid, ignore: with classes=True, a store whose foreground says which pixels count, and the number of the others.
    images: a `.npy` file (images, height, width) or (images, height, width, channels), or a folder that `maskmap
        pack-images` makes: image i is that of mask i. `image` in a batch are crops at the same places, turned alike:
        image_order "chw" or "hwc", image_scaled for float32 of 0 to 1, image_padding "zero" or "reflect".
    channel_dim: gives (batch, 1, height, width). pin_memory: for copies to a GPU that do not wait. device: where
        tensors are to be. allow_changes: whether a state of another sampler or store may be loaded.

    For one thread at a time, and for the process that made it. A context manager; `close` ends the Java process, and
    so does the end of the loader or of the interpreter.
    """

    def __init__(self, store, patch_size=256, batch_size=64, dtype="uint8", images=None, sampler="uniform", seed=0,
                 rank=None, world_size=None, num_workers=None, prefetch=2, backend="auto", *, per_mask=1,
                 small_masks="error", only=None, without=None, weights=None, turns="none", keep_last=False,
                 uneven="drop", classes=False, valid=None, ignore=255, image_order="chw", image_scaled=False,
                 image_padding="zero", channel_dim=False, pin_memory=False, device=None, allow_changes=False):
        torch = find_torch()
        if backend not in ("auto", "java", "numpy"):
            raise ValueError(f"backend={backend!r}: expected auto, java or numpy")
        ranks = distributed(torch) if rank is None or world_size is None else (rank, world_size)
        self._spec = Spec(
            store, torch, patch_size=patch_size, batch_size=batch_size, dtype=dtype, sampler=sampler, seed=seed,
            rank=ranks[0] if rank is None else rank, world_size=ranks[1] if world_size is None else world_size,
            num_workers=cores() if num_workers is None else num_workers, prefetch=prefetch, per_mask=per_mask,
            small_masks=small_masks, only=only, without=without, weights=weights, turns=turns, keep_last=keep_last,
            uneven=uneven, classes=classes, valid=valid, ignore=ignore, images=images,
            image_order=image_order, image_scaled=image_scaled, image_padding=image_padding,
        )
        self._pid, self._lock, self._closed = os.getpid(), threading.Lock(), False
        self._backend = None
        self._warned = False
        self._allow_changes = allow_changes
        try:
            self._shaper = Shaper(self._spec, torch, channel_dim, pin_memory, device)
            self.backend = self._first(backend)
            self._shaper.images(self._spec, self._backend.facts)
            self._plan = self._spec.plan(self._backend.facts["patches"])
        except BaseException:
            self.close()
            raise
        self._at, self._fixed, self._current = (0, 0), False, None

    def _first(self, backend):
        """Starts a backend and says which."""
        if backend != "numpy":
            try:
                self._start("java")
                return "java"
            except JavaError as e:
                if backend == "java":
                    raise
                print(f"maskmap: loading with numpy, slower than with Java: {e}", file=sys.stderr)
        self._start("numpy")
        return "numpy"

    def _start(self, backend):
        if self._backend is not None:
            self._backend.close()
        if backend == "java":
            self._backend = Feed(self._spec)
            self._shaper.mapped(self._backend)
        else:
            self._backend = InNumpy(self._spec)

    def __len__(self):
        """Batches that this rank has of an epoch."""
        return self._plan.batches(0)

    @property
    def patches(self):
        """Patches of an epoch, of all ranks."""
        return self._plan.patches

    def __iter__(self):
        """Begins an epoch: the next one, or what `set_epoch` or `load_state_dict` said. It ends one under way."""
        with self._lock:
            self._check()
            epoch, next = self._at
            if next and not self._fixed and self._plan.batches(next // self._spec.batch) == 0:
                epoch, next = epoch + 1, 0
            self._fixed = False
            return self._begin(epoch, next, lambda: self._backend.epoch(epoch, next))

    def read(self, index, y, x):
        """Batches of places that the caller chose, in order: patch j is of mask index[j], at row y[j], column x[j].

        It ends an epoch that is under way, and is none itself. Returns an iterator.
        """
        with self._lock:
            self._check()
            return self._begin(None, 0, lambda: self._backend.read(index, y, x))

    def _begin(self, epoch, next, begin):
        for store in self._spec.stores:
            for path in store._where if isinstance(store._where, list) else [store._where]:
                if not os.path.exists(path):
                    raise FileNotFoundError(f"{path}: the store has been removed while it was in use; put it back")
        if not self._backend.usable:
            self._start(self.backend)
        self._current = None
        self._current = _Batches(self, epoch, next, begin())
        return self._current

    def _check(self):
        if self._closed:
            raise ValueError("the loader is closed")
        if os.getpid() != self._pid:
            raise RuntimeError(
                f"the loader was made by process {self._pid}, and this is {os.getpid()}, forked from it: both "
                "would take batches from one stream; make the loader after the fork, in the process that uses it"
            )

    def _next(self, batches):
        """The next batch of an iterator."""
        with self._lock:
            self._check()
            if self._current is not batches:
                raise RuntimeError("this iterator has ended, as another one of its loader began")
            batch, copied = self._backend.next()
            batches._handed += 1
            if batches._epoch is not None:
                self._at = (batches._epoch + 1, 0)
        if copied and not self._warned:
            self._warned = True
            warnings.warn(
                "the batches that are still in use fill the loader's ring, so the next ones are private copies, "
                "which is slower; use batches up one by one, or give a larger prefetch",
                RuntimeWarning, stacklevel=3,
            )
        return self._shaper.dict_of(batch, copied)

    def set_epoch(self, epoch):
        """Says which epoch the next iterator is of. One that a loaded state is in the middle of goes on there."""
        with self._lock:
            if self._at[0] != epoch:
                self._at = (int(epoch), 0)
            self._fixed = True

    def state_dict(self):
        """Where the loader is, as plain values: after the batches handed out so far, whatever was read ahead.

        `json.dumps` of it is a state that Java's loader reads, and what that writes can be loaded here.
        """
        with self._lock:
            now, at = self._current, self._at
            if now is not None and now._epoch is not None and 0 < now._handed and not now._ended:
                at = now._epoch, self._plan.next(now._first, now._handed)
            return state_of(self._spec, self._backend.facts, at)

    def load_state_dict(self, state):
        """Goes on where a loader was: the next iterator is the rest of that epoch.

        The number of ranks may be another now. Raises ValueError where the state is of another seed, another size of
        batches, or of another sampler or store and `allow_changes` does not say that they may be.
        """
        with self._lock:
            self._at = check(state, self._spec, self._backend.facts, self._plan, self._allow_changes)
            self._current, self._fixed = None, False

    def close(self):
        """Ends the process or the threads. Batches stay as they are."""
        self._closed = True
        if self._backend is not None and os.getpid() == self._pid:
            self._backend.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __reduce__(self):
        raise TypeError("a loader has a process of its own and does not pickle; make one in each process that loads")

    def __repr__(self):
        return f"<maskmap loader of {self._spec.first.path}: {len(self)} batches of {self._spec.batch}, {self.backend}>"


class _Batches:
    """One pass over batches."""

    def __init__(self, loader, epoch, next, count):
        self._loader, self._epoch, self._count = loader, epoch, count
        self._first = next // loader._spec.batch
        self._handed, self._ended = 0, False

    def __iter__(self):
        return self

    def __len__(self):
        """Batches that are left."""
        return self._count - self._handed

    def __next__(self):
        if self._handed == self._count:
            self._ended = True
            raise StopIteration
        try:
            return self._loader._next(self)
        except Exception:
            # No batch comes behind one that failed, and nobody is to wait for one.
            self._count = self._handed
            raise
