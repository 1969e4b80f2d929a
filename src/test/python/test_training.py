"""docs/examples/train_unet.py: it learns, on real images too, and goes on where it was stopped, batch by batch."""
import subprocess
import sys
import zlib

import maskmap
import numpy as np
import pytest
from conftest import ROOT, SHARED, module, require

torch = module("torch")
EXAMPLES = ROOT / "docs/examples"
sys.path.insert(0, str(EXAMPLES))
import train_unet  # noqa: E402

SMALL = ["--crop", "128", "--batch", "4", "--width", "8"]
PAIRS = ["22_kvasir", "24_kvasir", "25_kvasir", "26_kvasir", "39_isic"]
FACTOR = 4


@pytest.fixture(autouse=True)
def one_thread():
    """Threads of torch that wait for each other in turns are slow on a machine that has other work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def pairs():
    """Real images and their masks, made smaller, so that a crop of 128 shows what is around."""
    open_image = module("PIL.Image").open
    for name in PAIRS:
        image, mask = (open_image(next((SHARED / "pairs").glob(f"{name}_{kind}.*"))) for kind in ("image", "mask"))
        # Masks that were written as JPEG have other values than 0 and 255.
        yield np.asarray(image.convert("RGB").reduce(FACTOR)), np.asarray(mask.convert("L").reduce(FACTOR)) > 127


def first_and_last(losses):
    """Means of the first and of the last 20."""
    return sum(losses[:20]) / 20, sum(losses[-20:]) / 20


def test_the_loss_falls_on_real_images(tmp_path, write_images):
    require((SHARED / "pairs").is_dir(), f"no folder {SHARED / 'pairs'} of real images and masks")
    images, masks = zip(*pairs())
    write_images(images, tmp_path / "a.images")
    maskmap.pack(masks, tmp_path / "a.masks", names=PAIRS)
    args = ["--images", tmp_path / "a.images", "--masks", tmp_path / "a.masks", "--work", tmp_path, "--steps", 200]
    losses, _ = train_unet.main([*map(str, args), *SMALL])
    first, last = first_and_last(losses)
    assert len(losses) == 200 and last < 0.7 * first, (first, last)
