"""Patches a second that maskmap.Loader gives a loop in Python, which reads one element of every patch.

    PYTHONPATH=src/main/python python3 jmh/python/loader_bench.py STORE [SECONDS]

Prints one JSON object: the time from making the loader to its first batch, torch imported already, then the rate of
batches of 64 patches of 256x256 bytes by two workers, once the compiler is done with them, and whether the tensors lie in
the ring that Java writes.
"""
import json
import sys
import time

import torch

import maskmap


def main(store, seconds=10.0):
    begin = time.perf_counter()
    with maskmap.Loader(store, 256, 64, "uint8", per_mask=100_000, num_workers=2, backend="java") as loader:
        batches = iter(loader)
        first = next(batches)["mask"]
        result = {"first_batch_s": round(time.perf_counter() - begin, 2)}
        places = {first.data_ptr()}
        del first
        rates = []
        for _ in range(3):  # the first is the warm-up
            begin, patches, sum_ = time.perf_counter(), 0, 0
            while time.perf_counter() - begin < float(seconds):
                mask = next(batches)["mask"]
                sum_ += mask[:, 0, 0].sum()
                patches += len(mask)
                places.add(mask.data_ptr())
                del mask
            rates.append(patches / (time.perf_counter() - begin))
        # A few places that come again and again: slots of the ring, and no copies.
        result.update({"patches_per_s": round(min(rates[1:])), "places": len(places), "torch": torch.__version__})
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
