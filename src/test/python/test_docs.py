"""The examples of docs/python.md run, one after the other, as a reader would run them."""
import ast
import re
import subprocess
import sys

from conftest import ROOT, module

SOURCES = sorted((ROOT / "src/main/python/maskmap").glob("*.py"))


def test_the_examples_of_the_guide_run(tmp_path):
    module("torch")
    text = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.S | re.M)
    printed = []
    for i, block in enumerate(blocks):
        (tmp_path / f"example{i}.py").write_text(block, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-W", "error", f"example{i}.py"], cwd=tmp_path, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, block + done.stderr
        printed.append(done.stdout)
    assert printed[1].startswith("40 scan_03 (300, 400) ") and "(128, 96) True" in printed[1]
    assert "torch.Size([8, 128, 128]) torch.Size([8, 128, 128])" in printed[2]
    assert "torch.Size([16, 128, 128]) True" in printed[3]
    assert '10 torch.Size([8, 1, 128, 128]) {"maskmap_loader": 1, "seed": 7, "epoch": 2, "next": 0, ' in printed[6]
    assert printed[4].startswith("foreground=5/16 128x128 per_mask=4 small=error masks=32/40:without:")


def test_the_names_of_the_guide_exist():
    import maskmap

    text = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`((?:maskmap|samplers|turns)\.\w[\w.]*)", text)) - {"maskmap.md"}
    assert len(names) > 10
    for name in names:
        found = maskmap
        for part in name.split(".")[name.startswith("maskmap.") :]:
            found = getattr(found, part)


def test_sources_are_small_and_of_python_3_9():
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        ast.parse(text, feature_version=(3, 9))
        assert text.count("\n") <= 400, source
        assert max(map(len, text.splitlines())) <= 120, source


def test_every_public_name_is_documented():
    import inspect

    import maskmap

    for owner in (maskmap, maskmap.samplers, maskmap.turns, maskmap.Store, maskmap.Mask, maskmap.Masks, maskmap.Stitcher,
                  maskmap.Loader):
        for name, value in vars(owner).items():
            if name.startswith("_") or not (inspect.isroutine(value) or inspect.isclass(value) or isinstance(value, property)):
                continue
            assert inspect.getdoc(value), f"{owner.__name__}.{name}"
