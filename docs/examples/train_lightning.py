"""Trains the U-Net of train_unet.py with Lightning, which takes a loader as it takes any iterable of batches.

    python train_unet.py --steps 1        # draws the shapes, once
    python train_lightning.py

With one process `trainer.fit(module, loader)` does as well. With several, `train_dataloader` is the place to make the
loader, because Lightning calls it when rank and world size are known. Lightning keeps the state of the loader in its
checkpoints: a training goes on in the middle of an epoch, behind the batches that it has had.
"""
from pathlib import Path

import lightning
import maskmap
import torch

from train_unet import UNet, loss_of

WORK = Path("unet-data")


class Crops(lightning.LightningDataModule):
    """Crops of the shapes: batches for training, and a grid that covers whole images."""

    def loader(self, **options):
        return maskmap.Loader(
            WORK / "shapes.masks", 128, 4, "float32", channel_dim=True, images=WORK / "shapes.npy", image_scaled=True,
            **options,
        )

    def train_dataloader(self):
        return self.loader(sampler="foreground=0.5", turns="flips", per_mask=4, without=range(4))

    def val_dataloader(self):
        return self.loader(sampler="grid", only=range(4))


class Segmentation(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.model = UNet(1, 8)

    def training_step(self, batch, number):
        loss = loss_of(self.model(batch["image"]), batch["mask"])
        self.log("loss", loss, prog_bar=True)
        return loss

    def validation_step(self, batch, number):
        self.log("val_loss", loss_of(self.model(batch["image"]), batch["mask"]), prog_bar=True, sync_dist=True)

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), 3e-3)


def main(checkpoint=None, **options):
    """Trains; goes on from a checkpoint of Lightning's where there is one. Further options are the trainer's."""
    trainer = lightning.Trainer(**{"max_epochs": 2, "default_root_dir": WORK, **options})
    trainer.fit(Segmentation(), Crops(), ckpt_path=checkpoint)
    return trainer


if __name__ == "__main__":
    main()
