"""What a user has: a Dataset of their own, and transforms in the style of MONAI and of albumentations.

A module of its own, because processes that are spawned import it.
"""
import maskmap
import numpy as np
import torch
from maskmap import samplers


class FlipAll:
    """A callable on a dict, as MONAI's dictionary transforms are."""

    def __init__(self, keys):
        self.keys = keys

    def __call__(self, data):
        return {name: torch.flip(value, (-1,)) if name in self.keys else value for name, value in data.items()}


def flip_both(image, mask):
    """A callable that takes and gives keywords, as albumentations' transforms do: arrays (height, width[, channels])."""
    return {"image": np.ascontiguousarray(image[:, ::-1]), "mask": np.ascontiguousarray(mask[:, ::-1])}


class Crops(torch.utils.data.Dataset):
    def __init__(self, images, store, sampler, style):
        self.images, self.store, self.sampler, self.style = images, store, sampler, style

    def __len__(self):
        return len(self.sampler)

    def __getitem__(self, k):
        i, y, x = self.sampler.draw(7, 0, k)
        h, w = self.sampler.size
        image = self.images[i, y : y + h, x : x + w]
        mask = self.store[i].patch(y, x, h, w)
        if self.style == "dict":
            item = {"image": torch.from_numpy(image.copy())[None], "mask": torch.from_numpy(mask)[None], "index": i}
            return FlipAll(("image", "mask"))(item)
        item = flip_both(image=image, mask=mask)
        return {name: torch.from_numpy(value)[None] for name, value in item.items()} | {"index": i}


class Batches(torch.utils.data.Dataset):
    """A batch an item, as packed rows."""

    def __init__(self, store, sampler):
        self.store, self.sampler = store, sampler

    def __len__(self):
        return len(self.sampler) // self.sampler.batch

    def __getitem__(self, n):
        batch = self.sampler.batch
        index, y, x = self.sampler.draw(7, 0, np.arange(n * batch, (n + 1) * batch))
        return torch.from_numpy(self.store.patches(index, y, x, self.sampler.size, packed=True)), torch.from_numpy(y)


def make(path):
    store = maskmap.open(path)
    return store, samplers.foreground(store, (16, 24), 0.5, 4, per_mask=4)
