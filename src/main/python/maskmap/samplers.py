"""Which patches: samplers, the same functions of a seed, an epoch and a number as `dev.maskmap.sample` has in Java.

Patch k of an epoch is found without those before it, so any worker, rank or later run can draw any of them, in any
order, and three numbers are enough to go on after a stop. docs/sampling.md has the method.

    sampler = samplers.foreground(store, 256, share=0.33, batch=64, per_mask=4)
    index, y, x = sampler.draw(seed, epoch, k)                  # one patch
    index, y, x = sampler.draw(seed, epoch, np.arange(0, 64))   # a batch
    patches = store.patches(index, y, x, sampler.size)

What all of them take: `masks`, a store or `maskmap.Masks` of one; `patch_size`, (height, width) or one number for both;
`per_mask`, how many patches of each mask an epoch has; `small`, what becomes of masks that are smaller than a patch:
"error", "pad" (the patch begins at their first row or column and has background behind their end: `pad=True` when
it is read) or "skip".
"""
from ._samplers import Sampler, area, at_least, classes, foreground, foreground_of_all, grid, uniform
from ._names import read_names, read_weights

__all__ = [
    "Sampler", "area", "at_least", "classes", "foreground", "foreground_of_all", "grid", "read_names", "read_weights",
    "uniform",
]
