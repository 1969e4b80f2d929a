"""docs/examples/train_lightning.py: with Lightning where it is installed, and with what stands in for it."""
import contextlib
import json
import subprocess
import sys
import types

import maskmap
import pytest
from conftest import ROOT, module

torch = module("torch")
import noted  # noqa: E402

import train_unet  # noqa: E402


@pytest.fixture
def shapes(tmp_path, monkeypatch):
    """The folder that the example reads: 12 images, 8 of them for training; so epochs have 8 batches."""
    (tmp_path / "unet-data").mkdir()
    train_unet.draw(tmp_path / "unet-data", count=12, side=160)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(maskmap, "Loader", noted.Noted)
    monkeypatch.setattr(noted.Noted, "made", [])
    monkeypatch.setattr(noted.Noted, "stop", None)
    return tmp_path


def trained():
    """The batches that loaders handed out for training since the last time."""
    made, noted.Noted.made = noted.Noted.made, []
    (loader,) = [loader for loader in made if loader._spec.sampler["kind"] == "foreground"]
    return loader.handed


def moved(value):
    """A batch as Lightning moves it to a device: collections are made anew, from what is in them."""
    if isinstance(value, torch.Tensor):
        return value.clone()
    if isinstance(value, dict):
        return type(value)({key: moved(each) for key, each in value.items()})
    return value if isinstance(value, str) else type(value)([moved(each) for each in value])


class Trainer:
    """Asks of a loader what Lightning's asks: its length, an iterator for each epoch, and its state in checkpoints."""

    def __init__(self, max_epochs, default_root_dir):
        self.max_epochs = max_epochs

    def fit(self, model, data, ckpt_path):
        loader, (optimizer,) = data.train_dataloader(), [model.configure_optimizers()]
        state = {"epoch": 0, "batch": 0}
        if ckpt_path:
            state = torch.load(ckpt_path)
            loader.load_state_dict(state["loader"])
        for epoch in range(state["epoch"], self.max_epochs):
            fetched = state["batch"] if epoch == state["epoch"] else 0
            batches = iter(loader)
            while fetched < len(loader):
                batch = moved(next(batches))
                assert batch["name"][0] == str(batch["index"][0].item())
                loss = model.training_step(batch, fetched)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                fetched += 1
                torch.save({"epoch": epoch, "batch": fetched, "loader": loader.state_dict()}, "stand-in.ckpt")
        for number, batch in enumerate(data.val_dataloader()):
            model.validation_step(moved(batch), number)


@pytest.fixture
def stand_in(monkeypatch):
    """What the example needs of Lightning."""
    lightning = types.ModuleType("lightning")
    lightning.LightningDataModule = object
    lightning.LightningModule = type("LightningModule", (torch.nn.Module,), {"log": lambda *args, **options: None})
    lightning.Trainer = Trainer
    monkeypatch.setitem(sys.modules, "lightning", lightning)
    monkeypatch.delitem(sys.modules, "train_lightning", raising=False)
    import train_lightning

    yield train_lightning
    sys.modules.pop("train_lightning", None)


def test_the_example_goes_on_in_the_middle_of_an_epoch(shapes, stand_in):
    stand_in.main(max_epochs=2)
    whole = trained()
    assert len(whole) == 16
    noted.Noted.stop = 11
    with pytest.raises(KeyboardInterrupt):
        stand_in.main(max_epochs=2)
    assert trained() == whole[:11]
    noted.Noted.stop = None
    stand_in.main("stand-in.ckpt", max_epochs=2)
    assert trained() == whole[11:]


def test_lightning_goes_on_in_the_middle_of_an_epoch(shapes):
    lightning = pytest.importorskip("lightning", reason="no Lightning: the test with its stand-in has run")
    import train_lightning

    saved = lightning.pytorch.callbacks.ModelCheckpoint("saved", every_n_train_steps=11, filename="at")
    common = {"enable_progress_bar": False, "limit_val_batches": 1, "logger": False}
    train_lightning.main(max_epochs=2, callbacks=[saved], **common)
    whole = trained()
    assert len(whole) == 16
    train_lightning.main("saved/at.ckpt", max_epochs=2, enable_checkpointing=False, **common)
    assert trained() == whole[11:]
