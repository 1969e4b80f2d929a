"""The state of a loader, as Java's `LoaderState` has it."""

_MEMBERS = ("maskmap_loader", "seed", "epoch", "next", "sampler", "turns", "stores")


def state_of(spec, facts, at):
    """The members, in Java's order; at: epoch, and its first patch that no rank was handed."""
    return {
        "maskmap_loader": 1, "seed": spec.seed, "epoch": at[0], "next": at[1], "sampler": facts["sampler"],
        "turns": spec.turns, "stores": list(facts["stores"]), "images": facts.get("images"),
    }


def check(state, spec, facts, plan, allow_changes):
    """(epoch, next) of a state that the loader can go on from; raises ValueError."""
    missing = [name for name in _MEMBERS if name not in state]
    if missing:
        raise ValueError(f"no state of a loader: it has no '{missing[0]}'")
    if state["maskmap_loader"] != 1:
        raise ValueError(f"the state is of version {state['maskmap_loader']}: expected 1; install a newer maskmap")
    if state["seed"] != spec.seed:
        raise ValueError(f"the state is of seed {state['seed']}, and the loader has {spec.seed}")
    if not allow_changes:
        _same(state, spec, facts)
    next = state["next"]
    if not 0 <= next <= plan.all_batches * spec.batch or next % spec.batch:
        raise ValueError(
            f"the state is at patch {next}: expected a multiple of {spec.batch}, the patches of a batch, up to "
            f"{plan.all_batches * spec.batch}"
        )
    return state["epoch"], next


def _same(state, spec, facts):
    mend = "; Loader(..., allow_changes=True) goes on all the same, with other patches"
    if (state["sampler"], state["turns"]) != (facts["sampler"], spec.turns):
        raise ValueError(
            f"the state is of the sampler '{state['sampler']}' with turns {state['turns']}, and the loader has "
            f"'{facts['sampler']}' with {spec.turns}{mend}"
        )
    images, here = state.get("images"), facts.get("images")
    if images != here:
        raise ValueError(f"the state is of {_images(images)}, and the loader has {_images(here)}{mend}")
    if len(state["stores"]) != len(facts["stores"]):
        raise ValueError(
            f"the state is of {len(state['stores'])} stores, and the loader has {len(facts['stores'])}{mend}"
        )
    for store, then, now in zip(spec.stores, state["stores"], facts["stores"]):
        if then != now:
            raise ValueError(
                f"{store.path} has changed: the state is of a store with id {then}, and this has {now}{mend}"
            )


def _images(fingerprint):
    return f"the images '{fingerprint}'" if fingerprint else "no images"
