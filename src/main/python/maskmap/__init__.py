"""Binary masks at one bit a pixel: stores, samplers and a stitcher in numpy, with torch where it is there.

    store = maskmap.open("train.masks")
    patch = store[3].patch(555, 777, 256, 256)

docs/python.md is the guide; docs/format.md says what a store is on disk.
"""
from . import samplers, turns
from ._errors import FormatError
from ._feed import LoadError
from ._java import JavaError
from ._loader import Loader
from ._mask import Mask
from ._masks import Masks
from ._open import open
from ._stitcher import Stitcher
from ._store import Store
from ._unpack import unpack
from ._version import __version__
from ._writer import pack

__all__ = [
    "FormatError", "JavaError", "LoadError", "Loader", "Mask", "Masks", "Stitcher", "Store", "open", "pack", "samplers",
    "turns", "unpack",
]
