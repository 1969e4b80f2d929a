"""The baseline of train_unet.py: crops as they are read without maskmap.

Each mask is a file of its own, packed down the columns with np.packbits. It is mapped; of the rows of a crop
np.unpackbits makes pixels, in a Dataset, and a DataLoader has two processes do it.
"""
import json

import numpy as np
import torch


def mapped(path):
    """The images as arrays (height, width, channels) that are mapped, not read."""
    if path.suffix == ".npy":
        images = np.load(path, mmap_mode="r")
        return images if images.ndim == 4 else images[..., None]
    channels = json.loads((path / "maskmap-images.json").read_text(encoding="utf-8"))["channels"]
    pixels, shapes, offsets = (np.load(path / f"{name}.npy", mmap_mode="r") for name in ("pixels", "shapes", "offsets"))
    places = zip(offsets.tolist(), shapes.tolist())
    return [pixels[at : at + h * w * channels].reshape(h, w, channels) for at, (h, w) in places]


class Crops(torch.utils.data.Dataset):
    """Crops of chosen masks and their images."""

    def __init__(self, images, store, chosen, folder, crop, per_mask):
        folder.mkdir(exist_ok=True)
        self.crop, self.per_mask, self.images, self.masks = crop, per_mask, [images[i] for i in chosen], []
        for i in chosen:
            file = folder / f"{i}.npy"
            np.save(file, np.packbits(store[i].array(), axis=0))
            self.masks.append(np.load(file, mmap_mode="r"))

    def __len__(self):
        return len(self.masks) * self.per_mask

    def __getitem__(self, n):
        i, size = n // self.per_mask, self.crop
        height, width = self.images[i].shape[:2]
        for _ in range(10):
            y = torch.randint(max(height - size, 0) + 1, ()).item()
            x = torch.randint(max(width - size, 0) + 1, ()).item()
            rows = np.unpackbits(self.masks[i][y // 8 : (y + size + 7) // 8, x : x + size], axis=0)
            mask = rows[y % 8 : y % 8 + size][: height - y, :, None]
            if n % 2 or mask.any():  # every second crop is to have foreground
                break
        axes = [axis for axis in (0, 1) if torch.rand(()) < 0.5]
        image, mask = (self.finished(a, axes) for a in (self.images[i][y : y + size, x : x + size], mask))
        return {"image": image / np.float32(255), "mask": mask}

    def finished(self, crop, axes):
        missing = [(0, self.crop - side) for side in crop.shape[:2]]
        crop = np.flip(np.pad(crop, [*missing, (0, 0)]), axes)
        return np.ascontiguousarray(crop.transpose(2, 0, 1), np.float32)


def loader_of(args, images, store, chosen, per_mask):
    """Batches with what train_unet.py needs of them."""
    crops = Crops(mapped(images), store, chosen, args.work / "recipe", args.crop, per_mask)
    return torch.utils.data.DataLoader(
        crops, args.batch, shuffle=True, drop_last=True, num_workers=2, persistent_workers=True
    )
