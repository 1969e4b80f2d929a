"""Trains a small U-Net on crops of images and their masks, and tries it on whole images.

    python train_unet.py                                  # shapes drawn on noise
    python train_unet.py --images photos --masks labels   # your own: folders of files, or stores
    python train_unet.py --checkpoint unet.pt --resume    # goes on where it was stopped, batch by batch
    python train_unet.py --baseline                       # the same with a Dataset and a DataLoader

It needs maskmap and torch, 1.13 or newer, and uses a GPU where there is one. Folders of files are packed once, which
needs Java.
"""
import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import maskmap
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
REPORT = 50  # steps between two lines
MANIFESTS = ("maskmap.json", "dataset.json", "maskmap-images.json")  # what makes a folder a store
PER_MASK = 32  # crops of each mask in an epoch


# The network, and what it is trained for.


def block(inputs, outputs):
    """Two convolutions."""
    layers = []
    for channels in (inputs, outputs):
        layers += [nn.Conv2d(channels, outputs, 3, padding=1), nn.GroupNorm(4, outputs), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    """From images (batch, channels, height, width) to logits (batch, 1, height, width); both sides multiples of 8."""

    def __init__(self, channels, width):
        super().__init__()
        widths = [width, 2 * width, 4 * width, 8 * width]
        self.down = nn.ModuleList(block(a, b) for a, b in zip([channels, *widths], widths))
        self.up = nn.ModuleList(block(a + b, a) for a, b in reversed(list(zip(widths, widths[1:]))))
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x):
        levels = []
        for down in self.down:
            x = down(F.max_pool2d(x, 2) if levels else x)
            levels.append(x)
        x = levels.pop()
        for up in self.up:
            x = up(torch.cat([F.interpolate(x, scale_factor=2), levels.pop()], 1))
        return self.head(x)


def loss_of(logits, mask):
    """Cross-entropy of the pixels, and what the batch lacks of a Dice of 1."""
    found = torch.sigmoid(logits)
    dice = (2 * (found * mask).sum() + 1) / (found.sum() + mask.sum() + 1)
    return F.binary_cross_entropy_with_logits(logits, mask) + 1 - dice


# The data: a store of masks, and the images that belong to them.


def draw(work, count=20, side=512):
    """Draws bright discs on noise, which are the masks, and bars as bright, which are none."""
    rng = np.random.default_rng(1)
    rows, columns = np.mgrid[:side, :side]
    images = rng.normal(90, 40, (count, side, side))
    masks = np.zeros(images.shape, bool)
    for image, mask in zip(images, masks):
        for _ in range(6):
            y, x = rng.integers(side, size=2)
            image[y : y + 12, x : x + 120] += 70
        for _ in range(4):
            (y, x), radius = rng.integers(side, size=2), rng.integers(12, 48)
            mask |= np.hypot(rows - y, columns - x) < radius
        image += 70 * mask
    np.save(work / "shapes.npy", np.clip(images, 0, 255).astype(np.uint8))
    maskmap.pack(masks, work / "shapes.masks", layout="runs", overwrite=True)
    return work / "shapes.npy", work / "shapes.masks"


def packed(source, store, command, *options):
    """A store as it is, or the one that a folder of files is packed into, the first time."""
    if source.suffix == ".npy" or any((source / name).exists() for name in MANIFESTS):
        return source
    if not store.exists():
        subprocess.run([sys.executable, "-m", "maskmap", command, source, "-o", store, *options], check=True)
    return store


def prepare(args):
    """Paths of images and masks."""
    args.work.mkdir(parents=True, exist_ok=True)
    if args.masks is None:
        return draw(args.work)
    masks = packed(args.masks, args.work / f"{args.masks.name}.masks", "pack")
    images = args.work / f"{args.images.name}.images"
    return packed(args.images, images, "pack-images", "--match", masks, "--as", "rgb"), masks


def loader_of(args, images, masks, **options):
    """Batches of crops and their masks, both float32 from 0 to 1, on the device of the model."""
    return maskmap.Loader(
        masks, args.crop, args.batch, "float32", seed=args.seed, channel_dim=True, small_masks="pad",
        images=images, image_scaled=True, device=DEVICE, pin_memory=DEVICE.type == "cuda", **options,
    )


def endless(loader):
    """Its batches, epoch after epoch."""
    while True:
        yield from loader


# Training and validation.


def train(args, model, optimizer, loader, first):
    """Steps until there are as many as asked for; returns their losses."""
    losses, batches = [], endless(loader)
    begin, waited = time.perf_counter(), 0.0
    for step in range(first + 1, args.steps + 1):
        asked = time.perf_counter()
        batch = next(batches)
        waited += time.perf_counter() - asked
        loss = loss_of(model(batch["image"].to(DEVICE)), batch["mask"].to(DEVICE))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if step % REPORT == 0 or step == args.steps:
            recent, seconds = losses[-REPORT:], time.perf_counter() - begin
            print(
                f"step {step}: loss {sum(recent) / len(recent):.4f}, {len(losses) / seconds:.2f} steps/s, "
                f"{100 * waited / seconds:.1f} % of the time waiting for data", flush=True,
            )
            save(args.checkpoint, step, model, optimizer, loader)
    return losses


def save(path, step, model, optimizer, loader):
    """Writes a checkpoint that is there as a whole or not at all."""
    if path is None:
        return
    part = path.with_name(path.name + ".part")
    parts = {"model": model, "optimizer": optimizer, "loader": loader}
    torch.save({"step": step, **{name: each.state_dict() for name, each in parts.items()}}, part)
    os.replace(part, path)


@torch.no_grad()
def validate(model, loader, store):
    """(Dice, IoU) over all pixels of whole masks, put together from the patches of a grid."""
    wholes = {}
    for batch in loader:
        found = torch.sigmoid(model(batch["image"]))[:, 0]
        for patch, i, y, x in zip(found, *(batch[key].tolist() for key in ("index", "y", "x"))):
            if i not in wholes:
                wholes[i] = maskmap.Stitcher(store[i].shape, weights="gaussian")
            wholes[i].add(patch, y, x)
    both = either = 0
    for i, whole in wholes.items():
        found, truth = whole.result().cpu().numpy() > 0.5, store[i].array() > 0
        both += (found & truth).sum()
        either += (found | truth).sum()
    iou = both / max(either, 1)
    return 2 * iou / (1 + iou), iou


def parse(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=Path, help="folder of images, .npy or store of images; default: drawn shapes")
    parser.add_argument("--masks", type=Path, help="folder of masks under the names of the images, or a store")
    parser.add_argument("--work", type=Path, default=Path("unet-data"), help="folder for what is packed and drawn")
    parser.add_argument("--steps", type=int, default=300, help="steps in all")
    parser.add_argument("--crop", type=int, default=256, help="pixels of a side, a multiple of 8")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--width", type=int, default=8, help="channels of the first level, a multiple of 4")
    parser.add_argument("--rate", type=float, default=3e-3, help="learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--checkpoint", type=Path, help=f"file to write, every {REPORT} steps and at the end")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    parser.add_argument("--baseline", action="store_true", help="a Dataset and a DataLoader in place of maskmap's")
    args = parser.parse_args(argv)
    if (args.images is None) != (args.masks is None):
        parser.error("--images and --masks go together")
    if args.resume and args.checkpoint is None:
        parser.error("--resume needs --checkpoint")
    if args.baseline and args.checkpoint:
        parser.error("--baseline has no checkpoints: a DataLoader does not know where it was")
    return args


def main(argv=None):
    """Trains and validates; returns the losses of the steps, and (Dice, IoU)."""
    args = parse(argv)
    images, masks = prepare(args)
    store = maskmap.open(masks)
    held_out = range(0, len(store), 5)
    if args.baseline:
        import recipe

        loader = recipe.loader_of(args, images, store, [i for i in range(len(store)) if i not in held_out], PER_MASK)
        channels = loader.dataset[0]["image"].shape[0]
    else:
        options = {"sampler": "foreground=0.5", "turns": "flips", "per_mask": PER_MASK}
        loader = loader_of(args, images, masks, without=held_out, **options)
        channels = next(loader.read([0], [0], [0]))["image"].shape[1]
    torch.manual_seed(args.seed)
    model = UNet(channels, args.width).to(DEVICE)
    optimizer = torch.optim.Adam(model.parameters(), args.rate)
    step = 0
    if args.resume:
        state = torch.load(args.checkpoint, map_location=DEVICE)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        loader.load_state_dict(state["loader"])
        step = state["step"]
    losses = train(args, model, optimizer, loader, step)
    with loader_of(args, images, masks, only=held_out, sampler=f"grid={args.crop // 2}", keep_last=True) as whole:
        scores = validate(model, whole, store)
    print(f"validation: Dice {scores[0]:.3f}, IoU {scores[1]:.3f} of {len(held_out)} whole images that were held out")
    return losses, scores


if __name__ == "__main__":
    main()
