"""The same batches without Java: samplers and reader in numpy, on threads."""
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from . import _choice, turns
from ._feed import LoadError
from ._images import Images
from ._raw import RawBatch


class InNumpy:
    """Loads batches as the feed does. For one thread at a time."""

    usable = True

    def __init__(self, spec):
        self._spec = spec
        self._sampler = _choice.make(
            spec.sampler, spec.masks, spec.planes, spec.size, spec.batch, spec.per_mask, spec.small, spec.weights
        )
        if spec.batch % self._sampler.batch:
            raise ValueError(
                f"a batch of {spec.batch}: the sampler's share holds over {self._sampler.batch} patches; give a "
                "multiple"
            )
        self.facts = {
            "patches": len(self._sampler),
            "sampler": self._sampler.describe(),
            "stores": [store.id for store in spec.stores],
        }
        self._images = None
        if spec.images is not None:
            self._images = Images(spec.images, spec.image_order, spec.image_scaled, spec.image_padding, spec.size)
            self._images.check(spec.first)
            self.facts.update(
                images=self._images.fingerprint, image_type=self._images.dtype.str, image_channels=self._images.channels
            )
        self._pool = ThreadPoolExecutor(spec.workers, "maskmap-loader")
        self._ahead = deque()
        self._tasks = iter(())

    def epoch(self, epoch, next):
        """Begins an epoch at a patch; one that is under way ends. Returns its number of batches."""
        plan = self._spec.plan(len(self._sampler))
        first = next // self._spec.batch
        numbers = (plan.number(first, i) for i in range(plan.batches(first)))
        self._begin((self._drawn, epoch, number, plan.size(number)) for number in numbers)
        return plan.batches(first)

    def read(self, index, y, x):
        """Begins an epoch of places."""
        places = [np.asarray(numbers, np.int64) for numbers in (index, y, x)]
        count, batch = len(places[0]), self._spec.batch
        if count == 0 or any(len(numbers) != count for numbers in places):
            raise ValueError(
                f"{count} masks, {len(places[1])} rows and {len(places[2])} columns: expected as many of each, 1 or "
                "more"
            )
        self._check(*places)
        batches = -(-count // batch)
        self._begin((self._listed, n, [p[n * batch : (n + 1) * batch] for p in places]) for n in range(batches))
        return batches

    def _check(self, index, y, x):
        masks, (height, width) = len(self._spec.first), self._spec.size
        outside = np.flatnonzero((index < 0) | (index >= masks))
        if len(outside):
            raise ValueError(f"place {outside[0]} is in mask {index[outside[0]]}: there are {masks}, from 0 on")
        most = np.maximum(self._spec.first.shapes(index) - (height, width), 0)
        outside = np.flatnonzero((y < 0) | (x < 0) | (y > most[:, 0]) | (x > most[:, 1]))
        if len(outside):
            k = outside[0]
            raise ValueError(
                f"place {k}, y {y[k]}, x {x[k]} of mask {index[k]}: a patch of {height} x {width} begins at 0 to "
                f"{most[k, 0]}, 0 to {most[k, 1]} there"
            )

    def _begin(self, tasks):
        for ahead in self._ahead:
            ahead.cancel()
        self._ahead.clear()
        self._tasks = tasks
        for _ in range(self._spec.workers + self._spec.prefetch):
            self._submit()

    def _submit(self):
        for task, *args in self._tasks:
            self._ahead.append(self._pool.submit(task, *args))
            return

    def next(self):
        """The next batch of the epoch; each has memory of its own."""
        ahead = self._ahead.popleft()
        self._submit()
        return ahead.result(), False

    def _drawn(self, epoch, number, size):
        k = np.arange(number * self._spec.batch, number * self._spec.batch + size)
        index, y, x, kept = self._sampler.draw_kept(self._spec.seed, epoch, k)
        turn = turns.code(self._spec.turns, self._spec.seed, epoch, k).astype(np.uint8)
        return self._loaded(number, index, y, x, turn, ~np.asarray(kept, bool))

    def _listed(self, number, places):
        size = len(places[0])
        return self._loaded(number, *places, np.zeros(size, np.uint8), np.zeros(size, bool))

    def _loaded(self, number, index, y, x, turn, gave_up):
        spec = self._spec
        batch = RawBatch.__new__(RawBatch)
        batch.number, batch.size, batch.index, batch.turn, batch.gave_up = number, len(index), index, turn, gave_up
        batch.y, batch.x = y.astype(np.int32), x.astype(np.int32)
        ends = spec.first.shapes(index) - np.stack([y, x], axis=1)
        batch.valid = np.minimum(ends, spec.size).astype(np.int32)
        try:
            planes = [store.patches(index, y, x, spec.size, pad=True) for store in spec.planes.values()]
            pixels = self._classes(planes, index, y, x) if spec.classes else np.stack(planes, axis=1)
        except (OSError, ValueError) as e:
            raise LoadError(f"{spec.first.path}: batch {number} cannot be read: {e}") from e
        if turn.any():
            pixels = np.stack([turns.turned(patch, code) for patch, code in zip(pixels, turn.tolist())])
        # One number a pixel is that number in every type.
        made = pixels.astype(spec.pixels.memory, copy=False) if spec.classes else spec.pixels.of(pixels)
        batch.image = None
        if self._images is not None:
            crops = self._images.crops(index, y, x, batch.valid, turns.turned, turn.tolist())
            batch.image = np.ascontiguousarray(crops).reshape(-1).view(np.uint8)
        batch.memory = np.ascontiguousarray(made).reshape(-1).view(np.uint8)
        return batch

    def _classes(self, planes, index, y, x):
        """One number a pixel, 0 for none; pixels that do not count have another, and may be of two classes."""
        spec = self._spec
        counts = None if spec.valid is None else spec.valid.patches(index, y, x, spec.size, pad=True) != 0
        classes = np.zeros(planes[0].shape, np.int64)
        for number, plane in enumerate(planes, 1):
            taken = classes != 0
            both = (plane != 0) & taken
            if counts is not None:
                both &= counts
            if both.any():
                patch, row, column = np.argwhere(both)[0]
                names = list(spec.planes)
                raise ValueError(
                    f"mask '{spec.first[int(index[patch])].name}': pixel y {y[patch] + row}, x {x[patch] + column} is "
                    f"foreground of '{names[classes[patch, row, column] - 1]}' and of '{names[number - 1]}', and a "
                    "pixel has one class; mend the masks, or take them as planes"
                )
            classes[(plane != 0) & ~taken] = number
        if counts is not None:
            classes[~counts] = spec.ignore
        return classes[:, None]

    def close(self):
        """Ends the threads."""
        self._begin(iter(()))
        self._pool.shutdown(wait=False)
