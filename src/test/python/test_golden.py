"""The draws that Java and Python are both held to: src/test/golden/sampling.txt, which SamplingGoldenTest writes."""
import maskmap
import numpy as np
import pytest
from conftest import ROOT
from maskmap import Masks, samplers, turns

PATCH = (8, 9)
LARGE = (15, 40)

WEIGHTS = [0.5, 0, 3, 1, 2.25, 1e-6, 1, 1, 4]

MAKE = {
    "uniform": lambda m: samplers.uniform(m, PATCH, 3),
    "area": lambda m: samplers.area(m, PATCH, 2),
    "foreground": lambda m: samplers.foreground(m, PATCH, 0.5, 5, 3),
    "foreground-of-all": lambda m: samplers.foreground_of_all(m, PATCH, 0.75, 4, 3),
    "at-least": lambda m: samplers.at_least(samplers.uniform(m, PATCH, 3), 20, attempts=7),
    "at-least-foreground": lambda m: samplers.at_least(samplers.foreground(m, PATCH, 0.5, 2), 20, attempts=7),
    "grid": lambda m: samplers.grid(m, PATCH, (7, 20)),
    "pad": lambda m: samplers.foreground(m, LARGE, 0.5, 2, 2, small="pad"),
    "skip": lambda m: samplers.area(m, LARGE, 2, small="skip"),
    "weights": lambda m: samplers.uniform(m, PATCH, 3, weights=WEIGHTS),
    "weights-foreground": lambda m: samplers.foreground(m, PATCH, 0.75, 4, 3, weights=WEIGHTS),
    "weights-skip": lambda m: samplers.foreground(m, LARGE, 0.75, 4, 5, small="skip", weights=WEIGHTS),
    "classes": lambda m: samplers.classes(m, PATCH, [(m, 0.3), (m, 0.2)], 10, 3),
    "part": lambda m: samplers.at_least(samplers.area(m, PATCH, 3), part=0.3, attempts=5),
    "overlap": lambda m: samplers.grid(m, PATCH, overlap=3),
    "some": lambda m: samplers.foreground_of_all(m.without([0, 3]).only([5, 1, 6]), PATCH, 0.5, 2, 4),
}


def read():
    """Masks, the lines of each sampler by its name and numbers, its description, and turns by their kind."""
    masks, draws, descriptions, drawn = [], {}, {}, {}
    for line in (ROOT / "src/test/golden/sampling.txt").read_text().splitlines():
        first, *rest = line.split()
        if first == "mask":
            height, width, packed = int(rest[0]), int(rest[1]), bytes.fromhex(rest[2])
            rows = np.frombuffer(packed, np.uint8).reshape(-1, width)
            masks.append(np.unpackbits(rows, axis=0)[:height])
        elif first == "sampler":
            lines = draws.setdefault((rest[0], int(rest[1]), int(rest[2])), [])
        elif first == "describe":
            descriptions[rest[0]] = " ".join(rest[1:])
        elif first == "turns":
            drawn[rest[0]] = list(map(int, rest[1:]))
        elif first != "#":
            lines.append(tuple(map(int, line.split())))
    return masks, draws, descriptions, drawn


MASKS, DRAWS, DESCRIPTIONS, TURNS = read()


@pytest.mark.parametrize("layout", ("bits", "runs"))
def test_every_sampler_draws_what_the_file_says(tmp_path, layout):
    assert {name for name, _, _ in DRAWS} == set(MAKE)
    maskmap.pack(MASKS, tmp_path / "a.masks", layout)
    masks = Masks(maskmap.open(tmp_path / "a.masks"))
    for (name, seed, epoch), expected in DRAWS.items():
        sampler = MAKE[name](masks)
        assert len(sampler) == len(expected), name
        assert list(zip(*(c.tolist() for c in sampler.draw_kept(seed, epoch, np.arange(len(sampler)))))) == expected, name
        assert [sampler.draw_kept(seed, epoch, k) for k in range(len(sampler))] == expected, name
        assert sampler.describe() == DESCRIPTIONS[name]


def test_turns_are_what_the_file_says():
    assert set(TURNS) == set(turns.CODES)
    for kind, codes in TURNS.items():
        assert turns.code(kind, -1, 2**63 - 1, np.arange(40)).tolist() == codes
