"""docs/examples/train_ddp.py: two processes share the batches of an epoch."""
import json
import os
import socket
import subprocess
import sys

import maskmap
import pytest
from conftest import module

torch = module("torch")
import noted  # noqa: E402

import train_unet  # noqa: E402

OPTIONS = {"epochs": 2, "crop": 64, "batch": 2}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def run(folder, world):
    """Runs the example as torchrun would, and returns what each rank said, and the batches that it had."""
    port, ranks = str(free_port()), []
    for rank in map(str, range(world)):
        env = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
        env.update(WORLD_SIZE=str(world), LOCAL_WORLD_SIZE=str(world))
        line = [sys.executable, noted.__file__, "train_ddp", f"{world}-{rank}.json", json.dumps(OPTIONS)]
        ranks.append(subprocess.Popen(
            line, cwd=folder, env={**os.environ, **env, "RANK": rank, "LOCAL_RANK": rank, "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ))
    try:
        ended = [rank.communicate(timeout=240) for rank in ranks]
    finally:
        for rank in ranks:
            rank.kill()
    for rank, (_, error) in zip(ranks, ended):
        assert rank.returncode == 0, error
    handed = [json.loads((folder / f"{world}-{rank}.json").read_text())[0] for rank in range(world)]
    return [out for out, _ in ended], handed


def test_ranks_share_the_batches_and_another_number_goes_on(tmp_path):
    work = tmp_path / "unet-data"
    work.mkdir()
    train_unet.draw(work, count=5, side=96)
    said, (even, odd) = run(tmp_path, 2)
    assert [out.splitlines()[0].partition(", loss")[0] for out in said] == [f"rank {r} of 2: 5 batches" for r in (0, 1)]
    assert len(even) == len(odd) == 10 and not {str(batch) for batch in even} & {str(batch) for batch in odd}
    state = torch.load(work / "ddp.pt")["loader"]
    assert (state["epoch"], state["next"]) == (2, 0)

    _, (rest,) = run(tmp_path, 1)  # from the checkpoint of two
    assert len(rest) == 20
    (work / "ddp.pt").unlink()
    _, (alone,) = run(tmp_path, 1)
    assert [batch for pair in zip(even, odd) for batch in pair] == alone
    assert not {str(batch) for batch in rest} & {str(batch) for batch in alone}


def test_a_loader_that_is_made_too_early_says_so(tmp_path, monkeypatch):
    store = maskmap.pack(torch.ones(8, 16, 16), tmp_path / "a.masks")
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.warns(RuntimeWarning, match="WORLD_SIZE is 2, and torch.distributed is not initialised"):
        maskmap.Loader(store, 8, 2, backend="numpy").close()
    maskmap.Loader(store, 8, 2, backend="numpy", rank=0, world_size=1).close()
