"""docs/examples/train_unet.py: it learns, on real images too, and goes on where it was stopped, batch by batch."""
import subprocess
import sys

import maskmap
import numpy as np
import pytest
from conftest import SHARED, module

torch = module("torch")
from noted import EXAMPLES, Noted  # noqa: E402  (finds the examples)

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


def test_the_loss_falls(tmp_path, write_images, capsys):
    args = ["--work", tmp_path, "--steps", 220]
    if (SHARED / "pairs").is_dir():
        images, masks = zip(*pairs())
        write_images(images, tmp_path / "a.images")
        maskmap.pack(masks, tmp_path / "a.masks", names=PAIRS)
        args += ["--images", tmp_path / "a.images", "--masks", tmp_path / "a.masks"]
    else:
        with capsys.disabled():
            print(f"\nno folder {SHARED / 'pairs'} of real images and masks: training on drawn shapes")
    losses, _ = train_unet.main([*map(str, args), *SMALL])
    first, last = sum(losses[:20]) / 20, sum(losses[-20:]) / 20
    assert len(losses) == 220 and last < 0.7 * first, (first, last)


@pytest.fixture
def noted(monkeypatch):
    """Runs the example and returns its losses and the batches it was trained with; epochs have 8 batches."""
    monkeypatch.setattr(maskmap, "Loader", Noted)
    monkeypatch.setattr(train_unet, "PER_MASK", 4)
    monkeypatch.setattr(train_unet, "REPORT", 5)
    draw = train_unet.draw
    monkeypatch.setattr(train_unet, "draw", lambda work: draw(work, count=10, side=200))

    def run(*args, stop=None):
        Noted.made, Noted.stop = [], stop
        if stop:
            with pytest.raises(KeyboardInterrupt):
                train_unet.main([*map(str, args), *SMALL])
            return None, Noted.made[0].handed
        losses, (dice, iou) = train_unet.main([*map(str, args), *SMALL])
        assert 0 <= iou <= dice <= 1
        return losses, Noted.made[0].handed

    return run


def test_a_training_goes_on_with_the_batches_that_it_would_have_had(tmp_path, noted):
    args = ["--work", tmp_path, "--steps", 18]
    whole_losses, whole = noted(*args)
    assert len(whole) == 18 and len(set(map(str, whole))) == 18
    checkpoint = tmp_path / "unet.pt"
    _, before = noted(*args, "--checkpoint", checkpoint, stop=12)
    assert before == whole[:12] and torch.load(checkpoint)["step"] == 10  # in the second epoch
    losses, after = noted(*args, "--checkpoint", checkpoint, "--resume")
    assert after == whole[10:]
    assert losses == pytest.approx(whole_losses[10:], rel=1e-4)
    assert torch.load(checkpoint)["step"] == 18


def test_the_script_runs_with_and_without_maskmap(tmp_path):
    for option in ([], ["--baseline"]):
        line = [sys.executable, EXAMPLES / "train_unet.py", "--work", tmp_path, "--steps", "2", *option]
        done = subprocess.run([*map(str, line), *SMALL], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        step, validation = done.stdout.splitlines()
        assert step.startswith("step 2: loss ") and step.endswith(" % of the time waiting for data")
        assert validation.startswith("validation: Dice 0.")
        assert validation.endswith("of 4 whole images that were held out")


def test_the_baseline_has_the_same_pixels(tmp_path, write_images, rng):
    import recipe

    images = [rng.integers(0, 256, (*size, 3), np.uint8) for size in ((50, 70), (20, 90))]
    write_images(images, tmp_path / "a.images")
    masks = [image[..., 0] > 200 for image in images]
    store = maskmap.open(maskmap.pack(masks, tmp_path / "a.masks"))
    assert all(map(np.array_equal, recipe.mapped(tmp_path / "a.images"), images))
    crops = recipe.Crops(recipe.mapped(tmp_path / "a.images"), store, [1, 0], tmp_path / "recipe", 40, 5)
    for n in range(len(crops)):
        image, mask = crops[n]["image"], crops[n]["mask"]
        assert image.shape == (3, 40, 40) and mask.shape == (1, 40, 40) and image.dtype == mask.dtype == np.float32
    torch.manual_seed(0)
    crop = crops[9]
    assert np.array_equal(crop["image"][0] * np.float32(255) > 200.5, crop["mask"][0] == 1)


def test_folders_of_files_are_packed_once(tmp_path, rng, capfd):
    save = lambda pixels, folder, name: module("PIL.Image").fromarray(pixels).save(tmp_path / folder / f"{name}.png")
    for folder in ("photos", "labels"):
        (tmp_path / folder).mkdir()
    for i in range(3):
        image = rng.integers(0, 256, (150 - i, 140 + i, 3), np.uint8)
        save(image, "photos", f"scan{i}")
        save(255 * (image[..., 0] > 99).astype(np.uint8), "labels", f"scan{i}")
    save(image, "photos", "of-no-mask")
    args = ["--images", tmp_path / "photos", "--masks", tmp_path / "labels"]
    args += ["--work", tmp_path / "work", "--steps", "1"]
    train_unet.main([*map(str, args), *SMALL])
    assert "labels.masks: 3 masks" in capfd.readouterr().out
    stores = {path: path.stat().st_mtime_ns for path in (tmp_path / "work").rglob("*")}
    assert {path.name for path in (tmp_path / "work").iterdir()} == {"labels.masks", "photos.images"}
    train_unet.main([*map(str, args), *SMALL])
    assert stores == {path: path.stat().st_mtime_ns for path in stores}
