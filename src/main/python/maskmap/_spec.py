"""What a loader loads, checked and in one form for both backends."""
import os
from operator import index as as_index

import numpy as np

from . import _choice
from ._masks import Masks
from ._open import open as open_store
from ._pixels import Pixels
from ._plan import Plan
from ._store import Store, sides
from .turns import CODES


class Spec:
    """The options of a loader. `planes`: the stores by name; `stores`: these, and the one that says what counts."""

    def __init__(self, store, torch, *, patch_size, batch_size, dtype, sampler, seed, rank, world_size, num_workers,
                 prefetch, per_mask, small_masks, only, without, weights, turns, keep_last, uneven, classes, valid,
                 ignore, images, image_order, image_scaled, image_padding):
        self.size = self.height, self.width = sides(patch_size)
        self.batch = _number("batch_size", batch_size, 1)
        self.seed = as_index(seed)
        self.pixels = Pixels(dtype, torch)
        self.world = _number("world_size", world_size, 1)
        self.rank = _number("rank", rank, 0)
        if self.rank >= self.world:
            raise ValueError(f"rank {self.rank} of {self.world}: expected 0 to {self.world - 1}")
        self.workers = _number("num_workers", num_workers, 1)
        self.prefetch = _number("prefetch", prefetch, 0)
        self.per_mask = _number("per_mask", per_mask, 1)
        self.small = _one_of("small_masks", small_masks, ("error", "pad", "skip"))
        self.uneven = _one_of("uneven", uneven, Plan.RULES)
        self.turns = _one_of("turns", turns, CODES)
        if self.turns in ("quarters", "all") and self.height != self.width:
            raise ValueError(f"turns='{turns}' of patches of {self.height} x {self.width}: they have to be square")
        if self.turns != "none" and self.pixels.key == "packed":
            raise ValueError(
                f"turns='{turns}' of packed patches, whose bytes hold eight rows each: take uint8, or no turns"
            )
        self.images = None if images is None else os.path.abspath(os.fspath(images))
        self.image_order = _one_of("image_order", image_order, ("chw", "hwc"))
        self.image_padding = _one_of("image_padding", image_padding, ("zero", "reflect"))
        self.image_scaled = bool(image_scaled)
        self.keep_last, self.classes, self.ignore = bool(keep_last), bool(classes), as_index(ignore)
        self.weights = None if weights is None else np.asarray(weights, np.float64)
        self.sampler = _choice.parse(sampler, self.height, self.width)
        self._stores(store, valid, only, without)

    def _stores(self, store, valid, only, without):
        self.masks = None
        if isinstance(store, dict):
            if not store:
                raise ValueError("no stores; give one for each class")
            self.planes = {str(name): self._open(each) for name, each in store.items()}
        else:
            if isinstance(store, Masks):
                self.masks, store = store, store.store
            self.planes = {"": self._open(store)}
        self.named = isinstance(store, dict)
        self.first = next(iter(self.planes.values()))
        self.valid = None if valid is None else self._open(valid)
        self.stores = [*self.planes.values(), *([] if self.valid is None else [self.valid])]
        if self.classes and self.pixels.key not in ("uint8", "int64"):
            raise ValueError(f"classes as {self.pixels.key}: expected dtype uint8 or int64")
        if self.valid is not None and not self.classes:
            raise ValueError("valid= says which pixels of classes count; it goes with classes=True")
        for name in self.sampler.get("shares", ()):
            if name["name"] not in self.planes:
                raise ValueError(f"sampler: no class '{name['name']}'; there are {', '.join(map(repr, self.planes))}")
        for other in self.stores[1:]:
            _alike(self.first, other)
        self.masks = self.masks or Masks(self.first)
        if only is not None:
            self.masks = self.masks.only(only)
        if without is not None:
            self.masks = self.masks.without(without)
        if self.weights is not None and len(self.weights) != len(self.masks):
            raise ValueError(f"{len(self.weights)} weights for {len(self.masks)} masks: expected one for each")

    @staticmethod
    def _open(store):
        # What is opened here is closed by the collector: names of batches are looked up later.
        return store if isinstance(store, Store) else open_store(store)

    def plan(self, patches):
        """Which batches are this rank's, in epochs of so many patches; raises ValueError where there are none."""
        return Plan(patches, self.batch, self.keep_last, self.rank, self.world, self.uneven)

    @property
    def count(self):
        """Planes of a patch."""
        return 1 if self.classes else len(self.planes)

    @property
    def patch_bytes(self):
        """Bytes of a patch, of all its planes."""
        return self.count * self.pixels.bytes(*self.size)

    def message(self):
        """What the feed is asked, and the lists behind it."""
        members = {
            "message": "open",
            "stores": [{"name": name, **_where(store)} for name, store in self.planes.items()],
            "height": self.height, "width": self.width, "batch": self.batch, "type": self.pixels.name,
            "sampler": self.sampler, "per_mask": self.per_mask, "small": self.small, "seed": self.seed,
            "rank": self.rank, "world": self.world, "uneven": self.uneven, "keep_last": self.keep_last,
            "workers": self.workers, "in_flight": max(self.workers + self.prefetch + 2, 4), "classes": self.classes,
            "turns": self.turns,
        }
        if self.valid is not None:
            members.update(valid=_where(self.valid), ignore=self.ignore)
        if self.images is not None:
            members["images"] = {
                "path": self.images, "order": self.image_order, "scaled": self.image_scaled,
                "padding": self.image_padding,
            }
        arrays = {}
        chain, masks = [], self.masks
        while masks.of_store() is not masks:
            chain.append(masks)
            masks = masks._all
        for i, some in enumerate(reversed(chain)):
            arrays[f"{some._kind}{i}"] = some._listed
        if self.weights is not None:
            arrays["weights"] = self.weights
        return members, arrays


def _number(name, value, least):
    value = as_index(value)
    if value < least:
        raise ValueError(f"{name}={value}: expected {least} or more")
    return value


def _one_of(name, value, names):
    if value not in names:
        raise ValueError(f"{name}={value!r}: expected one of {', '.join(names)}")
    return value


def _where(store):
    if isinstance(store._where, list):
        return {"paths": store._where}
    members = {"path": store._where}
    if store._height is not None:
        members["height"] = store._height
    return members


def _alike(first, other):
    """Checks that two stores are of the same images, as far as that is said by sizes."""
    if len(first) != len(other):
        raise ValueError(
            f"{other.path} has {len(other)} masks, and {first.path} has {len(first)}; expected the same masks in both"
        )
    if first.shape and other.shape:
        differ = [] if first.shape == other.shape else [0]
    else:
        differ = np.flatnonzero((first.shapes() != other.shapes()).any(axis=1))
    if len(differ):
        i = int(differ[0])
        raise ValueError(
            f"mask {i} of {other.path} has {other[i].shape[0]} x {other[i].shape[1]} pixels (height x width), and that "
            f"of {first.path} {first[i].shape[0]} x {first[i].shape[1]}; expected the same masks in both, in one order"
        )
