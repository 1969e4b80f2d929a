"""What is around a loader: torch, other ranks, cores."""
import os
import warnings


def find_torch():
    """torch, or None where it is not installed."""
    try:
        import torch
    except ImportError:
        return None
    return torch


def distributed(torch):
    """(rank, world size) of the job that this process is one of."""
    if torch is not None and torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    world = os.environ.get("WORLD_SIZE", "1")
    if torch is not None and world not in ("", "1"):
        warnings.warn(
            f"WORLD_SIZE is {world}, and torch.distributed is not initialised, so that this process will load the "
            "batches of all; make the loader after init_process_group, or give rank= and world_size=",
            RuntimeWarning, stacklevel=3,
        )
    return 0, 1


def cores():
    """The cores that this process may use, split among the ranks of this machine; 1 at least."""
    try:
        here = len(os.sched_getaffinity(0))
    except AttributeError:
        here = os.cpu_count() or 1
    try:
        ranks = max(int(os.environ.get("LOCAL_WORLD_SIZE", 1)), 1)
    except ValueError:
        ranks = 1
    return max(here // ranks, 1)
