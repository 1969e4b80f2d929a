"""Trains the U-Net of train_unet.py with several processes, on one machine or on several.

    python train_unet.py --steps 1                  # draws the shapes, once
    torchrun --nproc_per_node 2 train_ddp.py        # or python -m torch.distributed.run

Each process makes a loader of its own, after `init_process_group`: the loader takes rank and world size from there, and
of the batches of an epoch each process has its share. All have as many, so that none waits for one that has ended.
What is in a batch does not depend on how many processes there are, and a state of one is the state of all: what two
processes saved, four can go on from.
"""
import os
from pathlib import Path

import maskmap
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from train_unet import UNet, loss_of

WORK = Path("unet-data")
CHECKPOINT = WORK / "ddp.pt"


def main(epochs=2, crop=128, batch=4):
    on_gpu = torch.cuda.is_available()
    dist.init_process_group("nccl" if on_gpu else "gloo")
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if on_gpu else torch.device("cpu")
    if on_gpu:
        torch.cuda.set_device(device)
    loader = maskmap.Loader(
        WORK / "shapes.masks", crop, batch, "float32", sampler="foreground=0.5", turns="flips", per_mask=4,
        channel_dim=True, images=WORK / "shapes.npy", image_scaled=True, device=device, pin_memory=on_gpu,
    )
    model = DistributedDataParallel(UNet(1, 8).to(device))
    optimizer = torch.optim.Adam(model.parameters(), 3e-3)
    if CHECKPOINT.exists():
        state = torch.load(CHECKPOINT, map_location=device)
        model.module.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        loader.load_state_dict(state["loader"])
    for _ in range(epochs):
        for images_and_masks in loader:
            loss = loss_of(model(images_and_masks["image"]), images_and_masks["mask"])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        who = f"rank {dist.get_rank()} of {dist.get_world_size()}"
        print(f"{who}: {len(loader)} batches, loss {loss.item():.4f}", flush=True)
        if dist.get_rank() == 0:
            parts = {"model": model.module, "optimizer": optimizer, "loader": loader}
            torch.save({name: part.state_dict() for name, part in parts.items()}, CHECKPOINT)
    loader.close()
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
