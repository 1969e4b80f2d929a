"""From the bytes of a batch to what the caller gets."""
import numpy as np

from ._lazy_names import Names


class Shaper:
    """Makes dicts of tensors or arrays, which are views of a batch's memory."""

    def __init__(self, spec, torch, channel_dim, pin_memory, device):
        self._torch = torch
        self._store = spec.first
        self._pixels = spec.pixels
        self._bytes = spec.patch_bytes
        planes = (spec.count,) if spec.named and not spec.classes else ()
        if channel_dim and not planes:
            planes = (1,)
        self._shape = (*planes, *spec.pixels.shape(*spec.size))
        if torch is None and (pin_memory or device is not None):
            raise ValueError("pin_memory and device are for tensors, and torch is not installed")
        self._image = None
        self._device = None if device is None else torch.device(device)
        self._pin = bool(pin_memory) and torch.cuda.is_available()
        self._pinned = None

    def images(self, spec, facts):
        """Learns what crops of images are, of a backend that has some."""
        if "image_type" not in facts:
            return
        channels = (facts["image_channels"],)
        shape = channels + spec.size if spec.image_order == "chw" else spec.size + channels
        self._image = np.dtype(facts["image_type"]), shape, self._wider(np.dtype(facts["image_type"]))

    def _wider(self, dtype):
        """The type that torch has in place of one that it has not; None where it has it."""
        if self._torch is None:
            return None
        for wider in (None, np.dtype(f"i{2 * dtype.itemsize}") if dtype.itemsize < 8 else None):
            try:
                self._torch.from_numpy(np.empty(1, wider or dtype))
                return wider
            except TypeError:
                continue
        raise ValueError(f"images are {dtype}, which torch has not; convert them")

    def _crops(self, batch):
        dtype, shape, wider = self._image
        image = batch.image.view(dtype).reshape(batch.size, *shape)
        return image if wider is None else image.astype(wider)

    def mapped(self, feed):
        """Has the ring's memory locked, so that a GPU reads it itself. Not tested where there is no GPU."""
        if not self._pin:
            return
        first, end = feed.address()
        code = self._torch.cuda.cudart().cudaHostRegister(first, end - first, 0)
        if int(code) != 0:
            raise RuntimeError(f"the ring of {end - first:,} bytes cannot be pinned: CUDA error {int(code)}")
        self._pinned = feed
        feed.before_back(self._event)

    def _event(self):
        """What has to be done before a slot is filled again: copies to the GPU that are under way."""
        event = self._torch.cuda.Event()
        event.record()
        return event.query

    def dict_of(self, batch, copied):
        """The batch."""
        pixels = self._pixels
        mask = batch.memory.view(pixels.shown).reshape(batch.size, *self._shape)
        names = Names(self._store, batch.index)
        if self._torch is None:
            arrays = {
                "mask": mask, "index": batch.index, "name": names, "y": batch.y, "x": batch.x, "flip": batch.turn,
                "valid": batch.valid, "gave_up": batch.gave_up,
            }
            if self._image is not None:
                arrays["image"] = self._crops(batch)
            return arrays
        of = self._torch.from_numpy
        mask = of(mask)
        if pixels.key == "bfloat16":
            mask = mask.view(self._torch.bfloat16)
        tensors = {
            "mask": mask, "index": of(batch.index), "name": names, "y": of(batch.y), "x": of(batch.x),
            "flip": of(batch.turn), "valid": of(batch.valid), "gave_up": of(batch.gave_up),
        }
        if self._image is not None:
            tensors["image"] = of(self._crops(batch))
        if self._pin and (copied or self._pinned is None):
            for key in tensors.keys() & {"mask", "image"}:
                tensors[key] = tensors[key].pin_memory()
        if self._device is not None:
            for key, value in tensors.items():
                if key != "name":
                    tensors[key] = value.to(self._device, non_blocking=self._pin)
        return tensors
