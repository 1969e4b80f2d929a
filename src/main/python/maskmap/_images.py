"""Images beside masks, as the numpy backend reads them; docs/format.md has the format."""
import json
import os
import zlib

import numpy as np

from ._errors import FormatError

_MANIFEST = "maskmap-images.json"


class Images:
    """Crops of a `.npy` file of images, or of a folder that `maskmap pack-images` makes."""

    def __init__(self, path, order, scaled, padding, size):
        self.path, self._order, self._scaled, self._padding, self._size = path, order, scaled, padding, size
        if os.path.isdir(path):
            self._folder()
        else:
            self._file()
        self.channels = self._channels
        if scaled and self._type != np.uint8:
            raise ValueError(f"{path}: samples are {self._type}, and only uint8 is scaled to 0 to 1")
        self.dtype = np.dtype(np.float32 if scaled else self._type.newbyteorder("="))

    def _file(self):
        with open(self.path, "rb") as file:
            try:
                version = np.lib.format.read_magic(file)
                read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
                shape, fortran, dtype = read(file)
            except ValueError as e:
                raise FormatError(f"{self.path}: no NPY file of images: {e}") from None
            header = file.tell()
            file.seek(0)
            crc = zlib.crc32(file.read(header))
        if fortran or len(shape) not in (3, 4) or dtype.kind not in "biuf":
            raise FormatError(
                f"{self.path}: an array {dtype} of shape {shape}: expected (images, height, width), perhaps with "
                "channels behind, in C order"
            )
        self._pixels = np.load(self.path, mmap_mode="r")
        self._type, self._channels = dtype, shape[3] if len(shape) == 4 else 1
        self._shapes = np.broadcast_to(np.array(shape[1:3]), (shape[0], 2))
        self._offsets = None
        self.fingerprint = f"npy {dtype.str} {'x'.join(map(str, shape))} {os.path.getsize(self.path)} {crc:08x}"

    def _folder(self):
        try:
            with open(os.path.join(self.path, _MANIFEST), encoding="utf-8") as file:
                manifest = json.load(file)
        except FileNotFoundError:
            raise FormatError(f"{self.path}: not a store of images: it has no {_MANIFEST}") from None
        load = lambda name: np.load(os.path.join(self.path, name), mmap_mode="r")
        self._pixels, self._shapes, self._offsets = load("pixels.npy"), load("shapes.npy"), load("offsets.npy")
        self._type, self._channels, self.fingerprint = np.dtype(manifest["type"]), manifest["channels"], manifest["id"]

    def check(self, store):
        """Raises ValueError where these are not the images of a store's masks, as far as numbers and sizes tell."""
        if len(self._shapes) != len(store):
            raise ValueError(
                f"{self.path} has {len(self._shapes)} images, and {store.path} has {len(store)} masks; image i is "
                "that of mask i"
            )
        if self._offsets is None and store.shape:
            differ = [] if tuple(self._shapes[0]) == store.shape else [0]
        else:
            differ = np.flatnonzero((self._shapes != store.shapes()).any(axis=1))
        if len(differ):
            i = int(differ[0])
            raise ValueError(
                f"image {i} of {self.path} has {self._shapes[i][0]} x {self._shapes[i][1]} pixels (height x "
                "width), and mask "
                f"'{store[i].name}' of {store.path} has {store[i].shape[0]} x {store[i].shape[1]}; image i is that "
                "of mask i"
            )

        if store.has_names and self._offsets is not None:
            self._check_names(store)

    def _check_names(self, store):
        """Images may be named by another rule, but one that has the name of a mask is that of the mask."""
        with open(os.path.join(self.path, "names.txt"), encoding="utf-8", newline="") as file:
            names = {name: i for i, name in enumerate(file.read().split("\n")[:-1])}
        for i, (mine, image) in enumerate(zip(store.names(), names)):
            if mine != image and mine in names:
                raise ValueError(
                    f"image {i} of {self.path} is '{image}', and mask {i} of {store.path} is '{mine}', as image "
                    f"{names[mine]} is named; `maskmap pack-images --match` writes images in the order of masks"
                )

    def crops(self, index, y, x, valid, turned, codes):
        """Crops as the feed gives them: padded, then turned.

        turned: what turns an array of rows and columns by a code.
        """
        result = []
        height, width = self._size
        for i, row, column, (rows, columns), code in zip(index, y, x, valid.tolist(), codes):
            image = self._image(i)[row : row + rows, column : column + columns]
            if (rows, columns) != self._size:
                missing = ((0, height - rows), (0, width - columns), (0, 0))
                image = np.pad(image, missing, mode="constant" if self._padding == "zero" else "reflect")
            image = turned(image, code, (0, 1)) if code else image
            result.append(image.transpose(2, 0, 1) if self._order == "chw" else image)
        crops = np.stack(result)
        return crops.astype(np.float32) / np.float32(255) if self._scaled else crops.astype(self.dtype, copy=False)

    def _image(self, i):
        if self._offsets is None:
            image = self._pixels[i]
            return image if image.ndim == 3 else image[:, :, None]
        height, width = self._shapes[i].tolist()
        begin = int(self._offsets[i])
        return self._pixels[begin : begin + height * width * self._channels].reshape(height, width, self._channels)
