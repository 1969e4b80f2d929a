"""Samplers: the same draws as the method of docs/sampling.md, one by one and in batches."""
import collections
import math
import pickle
import re

import maskmap
import numpy as np
import pytest
from conftest import ROOT, module, shapes_on
from maskmap import Masks, samplers, turns

SEEDS = ((0, 0), (-1, 7), (2**63 - 1, -5))
PATCH = (8, 9)

Listed = collections.namedtuple("Listed", "height width foreground")


def method():
    """The functions of docs/sampling.md: a method of its own, without numpy, written from nothing of ours."""
    text = (ROOT / "docs/sampling.md").read_text(encoding="utf-8")
    code = re.search(r"^```python\n(.*?)^```$", text, re.S | re.M).group(1)
    names = {"math": math}
    exec(code, names)
    return names


METHOD = method()


def listed(mask):
    """A mask as the method takes it: its foreground pixels in packed order."""
    padded = np.pad(mask, ((0, -len(mask) % 8), (0, 0)))
    blocks = padded.reshape(-1, 8, mask.shape[1]).transpose(0, 2, 1)
    return Listed(*mask.shape, [(8 * int(j) + int(y), int(x)) for j, x, y in zip(*blocks.nonzero())])


@pytest.fixture(scope="module")
def masks():
    rng = np.random.default_rng(20)
    masks = [shapes_on(rng, 20 + i, 45 - i, 0.02 * (i % 3)) for i in range(10)]
    masks[3][:] = False
    masks[4][:] = False
    masks[4][-1, -1] = True
    return masks + [np.zeros((30, 30), bool)]


@pytest.fixture(scope="module", params=["bits", "runs"])
def store(request, masks, tmp_path_factory):
    path = tmp_path_factory.mktemp("samplers") / "a.masks"
    maskmap.pack(masks, path, request.param)
    with maskmap.open(path) as store:
        yield store


@pytest.fixture(scope="module")
def same_size(tmp_path_factory):
    rng = np.random.default_rng(21)
    path = tmp_path_factory.mktemp("same") / "a.masks"
    maskmap.pack([shapes_on(rng, 30, 40, 0.1) for _ in range(20)], path)
    with maskmap.open(path) as store:
        yield store


def draws(sampler, seed, epoch):
    """All patches of an epoch, one by one; those drawn together have to be the same."""
    one = [sampler.draw(seed, epoch, k) for k in range(len(sampler))]
    together = sampler.draw(seed, epoch, np.arange(len(sampler)))
    assert all(column.dtype == np.int64 for column in together)
    assert np.array_equal(np.array(one).T, together)
    assert all(type(number) is int for place in one for number in place)
    return one


@pytest.mark.parametrize("seed, epoch", SEEDS)
def test_the_method_of_the_description_draws_the_same(store, masks, seed, epoch):
    shapes = [mask.shape for mask in masks]
    pixels = [listed(mask) for mask in masks]
    for per_mask in (1, 3, 300):
        sampler = samplers.uniform(store, PATCH, per_mask)
        uniform = [METHOD["uniform"](shapes, PATCH, seed, epoch, k, per_mask) for k in range(33 if per_mask > 1 else 11)]
        assert [sampler.draw(seed, epoch, k) for k in range(len(uniform))] == uniform
    k = range(22)
    METHOD["shapes"] = shapes
    for share, batch in (0.5, 5), (1.0, 3), (0.0, 4):
        of_all = samplers.foreground_of_all(store, PATCH, share, batch, per_mask=2)
        each = samplers.foreground(store, PATCH, share, batch, per_mask=2)
        assert draws(each, seed, epoch) == [
            METHOD["foreground"](pixels, PATCH, share, batch, seed, epoch, i, 2) for i in k
        ]
        assert draws(of_all, seed, epoch) == [
            METHOD["foreground"](pixels, PATCH, share, batch, seed, epoch, i, 2, of_all=True) for i in k
        ]
    assert draws(samplers.area(store, PATCH, 2), seed, epoch) == [
        METHOD["by_area"](shapes, PATCH, seed, epoch, i) for i in k
    ]


def test_masks_of_one_size_draw_as_if_their_sizes_were_listed(same_size):
    shapes = [(30, 40)] * 20
    assert draws(samplers.area(same_size, 7, 3), 5, 6) == [METHOD["by_area"](shapes, (7, 7), 5, 6, k) for k in range(60)]
    assert draws(samplers.uniform(same_size, 7, 3), 5, 6) == [
        METHOD["uniform"](shapes, (7, 7), 5, 6, k, 3) for k in range(60)
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 12, 1023, 1024, 1025, 5000])
def test_a_shuffle_has_every_number_once(size):
    from maskmap import _draws

    shuffle = _draws.Shuffle(size)
    for key in (0, 2**64 - 1, 12345):
        together = shuffle.apply_many(key, np.arange(size))
        assert sorted(together) == list(range(size))
        assert [shuffle.apply(key, place) for place in range(0, size, 1 + size // 50)] == together[:: 1 + size // 50].tolist()
    order = _draws.key(3, -4, -1)
    assert [shuffle.apply(order, k) for k in range(min(size, 60))] == [
        METHOD["shuffled"](3, -4, size, k) for k in range(min(size, 60))
    ]


def test_products_of_many_bits_are_exact(rng):
    from maskmap import _draws

    keys = rng.integers(0, 2**64, 500, dtype=np.uint64)
    for bound in (1, 3, 2**32 - 1, 2**32, 2**32 + 1, 2**62, 2**63 - 1):
        expected = [_draws.below(int(key), -3, bound) for key in keys]
        assert _draws.below_many(keys, -3, bound).tolist() == expected
    bounds = rng.integers(1, 2**63, 500)
    expected = [_draws.below(int(key), 1, int(bound)) for key, bound in zip(keys, bounds)]
    assert _draws.below_many(keys, 1, bounds).tolist() == expected


def test_a_billion_billion_patches_are_an_epoch_like_any_other(same_size):
    sampler = samplers.uniform(same_size, 7, per_mask=2**57)
    assert len(sampler) == 20 * 2**57
    k = np.array([0, 1, 10**15, 20 * 2**57 - 1])
    assert [sampler.draw(3, 4, int(i)) for i in k] == list(zip(*(column.tolist() for column in sampler.draw(3, 4, k))))
    with pytest.raises(ValueError, match="at most 2\\^62"):
        samplers.uniform(same_size, 7, per_mask=2**58)


def test_a_patch_on_foreground_holds_the_pixel_and_lies_in_the_mask(store):
    for make in samplers.foreground, samplers.foreground_of_all:
        sampler = make(store, PATCH, 0.5, 4, per_mask=8)
        assert sampler.batch == 4
        index, y, x = sampler.draw(1, 2, np.arange(len(sampler)))
        patches = store.patches(index, y, x, PATCH)
        assert patches[np.arange(len(sampler)) % 4 < 2].any(axis=(1, 2)).all()


def test_at_least_draws_again_until_there_is_enough(store, masks):
    from_ = samplers.uniform(store, PATCH, 3)
    sampler = samplers.at_least(from_, 5, attempts=20)
    assert len(sampler) == 33 and sampler.size == PATCH
    key = METHOD["key"]
    k = np.arange(33)
    index, y, x, kept = sampler.draw_kept(1, 2, k)
    assert 0 < kept.sum() < 33  # some masks have no foreground
    for j in range(33):
        i, places = METHOD["uniform"](masks_shapes(masks), PATCH, 1, 2, j, 3)[0], None
        for attempt in range(20):
            numbers = (1, 2, j) if attempt == 0 else (1, 2, j, ~attempt)
            rows, columns = METHOD["places"](masks[i].shape, PATCH)
            at = METHOD["below"]((*numbers, 0), rows), METHOD["below"]((*numbers, 1), columns)
            places = (i, *at)
            if masks[i][at[0] : at[0] + 8, at[1] : at[1] + 9].sum() >= 5:
                break
        else:
            attempt = None
        assert (index[j], y[j], x[j]) == places and kept[j] == (attempt is not None)
        assert sampler.draw_kept(1, 2, j) == (*places, attempt is not None)
    assert key  # the method's own
    assert samplers.at_least(from_, part=0.1).describe().startswith("at-least=8*16 uniform 8x9")
    assert samplers.at_least(from_, part=7.01 / 72).describe().startswith("at-least=8*")
    for size in PATCH, (7, 7), (5, 11), (13, 23), (19, 29):
        from_, every = samplers.uniform(store, size), size[0] * size[1]
        for pixels in range(every + 1):
            assert samplers.at_least(from_, part=pixels / every).describe().startswith(f"at-least={pixels}*")


def masks_shapes(masks):
    return [mask.shape for mask in masks]


@pytest.mark.parametrize("stride, overlap, steps", [(None, None, (8, 9)), ((3, 5), None, (3, 5)), (None, 2, (6, 7)), (100, None, (100, 100))])
def test_a_grid_covers_every_pixel_in_order(store, masks, stride, overlap, steps):
    sampler = samplers.grid(store, PATCH, stride, overlap)
    found = draws(sampler, 7, 8)
    expected = []
    for i, mask in enumerate(masks):
        ends = [length - patch for length, patch in zip(mask.shape, PATCH)]
        rows, columns = (sorted({min(at, end) for at in range(0, end + step, step)}) for end, step in zip(ends, steps))
        expected += [(i, y, x) for y in rows for x in columns]
    assert found == expected
    assert sampler.describe().startswith("grid=%dx%d 8x9 small=error masks=11" % steps)
    if stride != 100:
        for i, mask in enumerate(masks):
            seen = np.zeros(mask.shape, int)
            for j, y, x in found:
                if i == j:
                    seen[y : y + 8, x : x + 9] += 1
            assert seen.min() > 0
    one = samplers.grid(Masks(store).only([4]), PATCH, stride, overlap)
    assert draws(one, 0, 0) == [place for place in expected if place[0] == 4]


def test_masks_that_are_smaller(store, masks):
    size = (25, 40)
    fit = [i for i, mask in enumerate(masks) if mask.shape[0] >= 25 and mask.shape[1] >= 40]
    assert 0 < len(fit) < 11
    with pytest.raises(ValueError, match=r"mask 0 has 20 x 45 pixels \(height x width\), fewer than the patch of 25 x 40"):
        samplers.uniform(store, size)
    skipping = samplers.uniform(store, size, 5, small="skip")
    assert len(skipping) == 5 * len(fit)
    assert collections.Counter(i for i, _, _ in draws(skipping, 1, 1)) == {i: 5 for i in fit}
    padding = draws(samplers.uniform(store, size, 5, small="pad"), 1, 1)
    assert padding == [METHOD["uniform"](masks_shapes(masks), size, 1, 1, k, 5) for k in range(55)]
    index, y, x = np.array(padding).T
    assert store.patches(index, y, x, size, pad=True).shape == (55, *size)
    for make in (samplers.foreground, samplers.foreground_of_all):
        for small in ("skip", "pad"):
            index, y, x = np.array(draws(make(store, size, 1, 1, 3, small=small), 1, 1)).T
            assert store.patches(index, y, x, size, pad=True).any(axis=(1, 2)).all()
    with pytest.raises(ValueError, match="all 11 masks are smaller"):
        samplers.uniform(store, 1000, small="skip")
    with pytest.raises(ValueError, match="expected one of error, pad, skip"):
        samplers.uniform(store, 1, small="drop")


def test_some_masks_are_drawn_from_as_if_the_store_had_no_others(store, masks, tmp_path):
    every = Masks(store)
    for part, listed_ in (
        (every.only([7, 2, 10, 0]), [7, 2, 10, 0]),
        (every.without([10, 3, 0]), [1, 2, 4, 5, 6, 7, 8, 9]),
        (every.without([3, 0]).only([8, 0, 5]), [10, 1, 7]),
        (every.only([9, 8, 7, 6]).without([1]), [9, 7, 6]),
        (every.without([0]).without([0]).without([9 - 1]), [2, 3, 4, 5, 6, 7, 8, 9]),
        (every.without([]), list(range(11))),
    ):
        assert len(part) == len(listed_) and [part.index(i) for i in range(len(part))] == listed_
        name = "-".join(map(str, listed_)) + part.describe().replace("/", "_") + store.layout
        maskmap.pack([masks[i] for i in listed_], tmp_path / name)
        with maskmap.open(tmp_path / name) as alone:
            for make in (
                lambda m: samplers.uniform(m, PATCH, 3),
                lambda m: samplers.area(m, PATCH, 3),
                lambda m: samplers.foreground(m, PATCH, 0.6, 5, 3),
                lambda m: samplers.foreground_of_all(m, PATCH, 0.6, 5, 3),
                lambda m: samplers.grid(m, PATCH),
                lambda m: samplers.at_least(samplers.uniform(m, PATCH, 3), 3, attempts=5),
                lambda m: samplers.uniform(m, (22, 38), 2, small="skip"),
            ):
                expected = [(listed_[i], y, x) for i, y, x in draws(make(alone), 5, 6)]
                assert draws(make(part), 5, 6) == expected
            assert [part.before(i) for i in range(len(part) + 1)] == [Masks(alone).before(i) for i in range(len(part) + 1)]


def test_lists_of_masks_are_checked(store):
    every = Masks(store)
    with pytest.raises(IndexError, match="mask 11: there are 11"):
        every.only([1, 11])
    with pytest.raises(IndexError, match="mask -1"):
        every.without([-1])
    with pytest.raises(ValueError, match="mask 3 is listed twice"):
        every.only([3, 1, 3])
    with pytest.raises(ValueError, match="no mask is chosen"):
        every.only([])
    with pytest.raises(ValueError, match="all masks are left out"):
        every.without(range(11))
    with pytest.raises(TypeError, match="whole numbers"):
        every.only([0.5])
    with pytest.raises(TypeError, match="expected a store"):
        samplers.uniform([1, 2], 3)


def test_weights_decide_how_often_a_mask_comes(store, masks):
    weights = [0.5, 0, 3, 1, 1, 0, 2.25, 1e-6, 1, 1, 4]
    units = [math.floor(weight * 2**20 + 0.5) for weight in weights]

    def weighed(*numbers):
        n = METHOD["below"](numbers, sum(units))
        return next(i for i in range(11) if n < sum(units[: i + 1]))

    sampler = samplers.uniform(store, PATCH, 30, weights=weights)
    found = draws(sampler, 3, 4)
    assert [i for i, _, _ in found] == [weighed(3, 4, k, -2) for k in range(330)]
    for k, (i, y, x) in enumerate(found):
        rows, columns = METHOD["places"](masks[i].shape, PATCH)
        assert (y, x) == (METHOD["below"]((3, 4, k, 0), rows), METHOD["below"]((3, 4, k, 1), columns))
    positive = samplers.foreground(store, PATCH, 1, 1, 30, weights=weights)
    for k, (i, _, _) in enumerate(draws(positive, 3, 4)):
        expected, other = weighed(3, 4, k, -2), 1
        while not masks[expected].any():
            expected, other = weighed(3, 4, k, 2 + other), other + 1
        assert i == expected
    only = samplers.uniform(store, PATCH, 4, weights=np.eye(11)[6])
    assert {i for i, _, _ in draws(only, 1, 1)} == {6} and len(only) == 44
    some = samplers.uniform(store, (25, 40), 4, small="skip", weights=np.arange(11))
    fit = {i for i, mask in enumerate(masks) if mask.shape[0] >= 25 and mask.shape[1] >= 40}
    assert len(some) == 4 * len(fit) and {i for i, _, _ in draws(some, 1, 1)} <= fit - {0}


def test_after_many_masks_without_foreground_one_is_taken_that_has_it(tmp_path):
    masks = [np.zeros((9, 9), bool) for _ in range(3000)]
    masks[77][4, 4] = masks[1500][3:5, 3] = True
    maskmap.pack(masks, tmp_path / "a.masks")
    sampler = samplers.foreground(maskmap.open(tmp_path / "a.masks"), 3, 1, 1)
    METHOD["shapes"] = [(9, 9)] * 3000
    pixels = [listed(mask) for mask in masks]
    for k in range(40):
        assert sampler.draw(0, 0, k) == METHOD["foreground"](pixels, (3, 3), 1, 1, 0, 0, k)


def test_weights_that_are_none_are_refused(store):
    for weights, message in (
        ([1, 2], r"shape \(2,\) for 11 masks"),
        ([-1] + [1] * 10, "mask 0: weight -1.0: expected 0 to 2\\^42"),
        ([1] * 10 + [math.nan], "mask 10: weight nan"),
        ([2.0**42] + [1] * 10, "mask 0: weight"),
        ([1e-9] + [1] * 10, "steps of 2\\^-20"),
        ([0] * 11, "all masks have weight 0"),
        ([2.0**41] * 11, "add up to more than 2\\^42"),
    ):
        with pytest.raises(ValueError, match=message):
            samplers.uniform(store, PATCH, weights=weights)


def test_classes_share_a_batch(same_size, tmp_path):
    rng = np.random.default_rng(30)
    planes = [[shapes_on(rng, 30, 40) for _ in range(20)] for _ in range(2)]
    planes[1] = [plane & (i == 13) for i, plane in enumerate(planes[1])]
    planes[1][13][5, 6] = True
    road, car = (maskmap.open(maskmap.pack(plane, tmp_path / f"{c}.masks")) for c, plane in enumerate(planes))
    sampler = samplers.classes(same_size, PATCH, {road: 0.25, car: 0.5}, batch=8, per_mask=4)
    assert sampler.describe() == "classes=2,4/8 8x9 per_mask=4 small=error masks=20"
    pixels = [[listed(mask) for mask in plane] for plane in planes]
    for k, place in enumerate(draws(sampler, 6, 7)):
        if k % 8 < 6:
            plane = pixels[0 if k % 8 < 2 else 1]
            expected = METHOD["foreground"](plane, PATCH, 1, 1, 6, 7, k, of_all=True)
        else:
            expected = METHOD["uniform"]([(30, 40)] * 20, PATCH, 6, 7, k, 4)
        assert place == expected
    fold = Masks(same_size).only([13, 2, 5])
    some = samplers.classes(fold, PATCH, [(Masks(road).only([13, 2, 5]), 0.25), (car, 0.5)], batch=8, per_mask=8)
    index, y, x = np.array(draws(some, 1, 1)).T
    assert set(index.tolist()) == {13, 2, 5}
    here = np.arange(24) % 8
    assert road.patches(index, y, x, PATCH)[here < 2].any(axis=(1, 2)).all()
    assert car.patches(index, y, x, PATCH)[(here >= 2) & (here < 6)].any(axis=(1, 2)).all()
    maskmap.pack([np.ones((30, 40))] * 19 + [np.ones((30, 41))], tmp_path / "other.masks")
    maskmap.pack([np.zeros((30, 40))] * 20, tmp_path / "empty.masks")
    for shares, message in (
        ({}, "no class is given"),
        ({road: 0.9, car: 0.2}, "are 9 patches of a batch of 8"),
        ({road: 0.01}, "class 0: a share of 0.01 of a batch of 8 is not one patch"),
        ({road: 1.5}, "expected 0 to 1"),
        ({Masks(road).only([1]): 0.5}, "class 0 has 1 masks, and the others 20"),
        ({Masks(road).only(range(20)): 0.5}, "has other masks of its store"),
        ({maskmap.open(tmp_path / "other.masks"): 0.5}, r"mask 19 has 30 x 41 pixels \(height x width\) in class 0"),
        ({maskmap.open(tmp_path / "empty.masks"): 0.5}, "class 0: no mask has foreground"),
    ):
        with pytest.raises(ValueError, match=message):
            samplers.classes(same_size, PATCH, shares, 8)


def crc(*numbers):
    import struct
    import zlib

    return "%08x" % zlib.crc32(struct.pack(f"<{len(numbers)}q", *numbers))


def test_descriptions_are_pinned(store, same_size):
    four = {"per_mask": 4}
    every = Masks(store)
    for expected, sampler in (
        ("uniform 8x9 per_mask=1 small=error masks=11", samplers.uniform(store, PATCH)),
        ("area 8x9 per_mask=4 small=pad masks=11", samplers.area(store, PATCH, small="pad", **four)),
        ("foreground=21/64 8x9 per_mask=4 small=error masks=11", samplers.foreground(store, PATCH, 0.33, 64, **four)),
        ("foreground-of-all=1/2 8x9 per_mask=4 small=error masks=11", samplers.foreground_of_all(store, PATCH, 0.5, 2, 4)),
        ("classes=13,6,0/64 8x9 per_mask=1 small=error masks=11", samplers.classes(store, PATCH, [(store, 0.2), (store, 0.1), (store, 0)], 64)),
        ("grid=8x9 8x9 small=skip masks=11", samplers.grid(store, PATCH, small="skip")),
        ("grid=6x7 8x9 small=error masks=11", samplers.grid(store, PATCH, overlap=2)),
        ("at-least=3*9 uniform 8x9 per_mask=4 small=error masks=11", samplers.at_least(samplers.uniform(store, PATCH, 4), 3, attempts=9)),
        ("uniform 8x9 per_mask=1 small=error masks=3/11:only:" + crc(5, 0, 9), samplers.uniform(every.only([5, 0, 9]), PATCH)),
        ("uniform 8x9 per_mask=1 small=error masks=9/11:without:" + crc(0, 5), samplers.uniform(every.without([5, 0]), PATCH)),
        (
            f"uniform 8x9 per_mask=1 small=error masks=2/11:without:{crc(0, 5)}:only:{crc(7, 1)} weights={crc(1572864, 1)}",
            samplers.uniform(every.without([5, 0]).only([7, 1]), PATCH, weights=[1.5, 1e-6]),
        ),
        ("uniform 25x40 per_mask=1 small=skip masks=11 weights=" + crc(*[2 << 20] * 11), samplers.uniform(store, (25, 40), small="skip", weights=[2] * 11)),
        ("uniform 7x7 per_mask=1 small=error masks=20", samplers.uniform(same_size, 7)),
    ):
        assert sampler.describe() == expected
        assert expected in repr(sampler)


def test_what_is_out_of_range_is_refused(store, same_size, tmp_path):
    sampler = samplers.uniform(store, PATCH)
    for k in (-1, 11, np.array([0, 11]), np.array([-1])):
        with pytest.raises(IndexError, match="an epoch has 11"):
            sampler.draw(0, 0, k)
    assert [len(column) for column in sampler.draw(0, 0, np.array([], int))] == [0, 0, 0]
    for call, message in (
        (lambda: samplers.uniform(store, PATCH, 0), "expected 1 or more"),
        (lambda: samplers.uniform(store, 0), "expected 1 or more"),
        (lambda: samplers.foreground(store, PATCH, 1.1, 4), "expected 0 to 1"),
        (lambda: samplers.foreground(store, PATCH, 0.5, 0), "a batch of 0"),
        (lambda: samplers.foreground(store, PATCH, 0.1, 4), "is not one patch; give 0.125 or more"),
        (lambda: samplers.foreground(Masks(store).only([3, 10]), PATCH, 0.5, 4), "no mask has foreground"),
        (lambda: samplers.grid(store, PATCH, 0), "expected whole numbers, 1 or more"),
        (lambda: samplers.grid(store, PATCH, overlap=8), "expected 0 to 7"),
        (lambda: samplers.grid(store, PATCH, 3, 3), "not both"),
        (lambda: samplers.at_least(sampler), "one of the two"),
        (lambda: samplers.at_least(sampler, 73), "a patch has 0 to 72"),
        (lambda: samplers.at_least(sampler, part=1.5), "expected 0.0 to 1.0"),
        (lambda: samplers.at_least(sampler, 1, attempts=0), "expected 1 to 10000"),
        (lambda: samplers.at_least(samplers.grid(store, PATCH), 1), "draws again what"),
        (lambda: turns.code("some", 1, 2, 3), "expected one of none, mirror"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError):
        sampler.draw(0, 0, 0.5)
    np.save(tmp_path / "a.npy", np.full((3, 40), 7, np.uint8))
    with pytest.raises(ValueError, match="a bare array has no sums of foreground"):
        samplers.uniform(maskmap.open(tmp_path / "a.npy"), PATCH)


def test_a_sampler_pickles_with_its_store(store):
    for sampler in (
        samplers.foreground(Masks(store).without([2]), PATCH, 0.5, 4, 3),
        samplers.grid(store, PATCH),
        samplers.area(store, PATCH),
        samplers.at_least(samplers.uniform(store, PATCH, weights=[1] * 11), 3),
    ):
        other = pickle.loads(pickle.dumps(sampler))
        assert draws(other, 1, 2) == draws(sampler, 1, 2) and other.describe() == sampler.describe()


def test_turns_are_drawn_and_done(rng):
    torch = module("torch")
    for kind, codes in turns.CODES.items():
        found = turns.code(kind, 7, -3, np.arange(200))
        assert found.tolist() == [codes[METHOD["below"]((7, -3, k, -1), len(codes))] for k in range(200)]
        assert found.tolist() == [turns.code(kind, 7, -3, k) for k in range(200)]
        assert set(found.tolist()) == set(codes)
    patches = rng.integers(0, 9, (3, 5, 5))
    for code in range(8):
        expected = np.stack([np.rot90(np.fliplr(a) if code & 4 else a, code & 3) for a in patches])
        assert np.array_equal(turns.turned(patches, code), expected)
        assert np.array_equal(turns.turned(torch.from_numpy(patches), code).numpy(), expected)
        assert np.array_equal(turns.turned(patches.transpose(1, 2, 0), code, (0, 1)).transpose(2, 0, 1), expected)
    with pytest.raises(ValueError, match="expected 0 to 7"):
        turns.turned(patches, 8)


def test_files_of_names_and_weights(tmp_path):
    names = ["scan 1", "scan 2", "#3", "caf\u00e9"]
    store = maskmap.open(maskmap.pack([np.ones((3, 3))] * 4, tmp_path / "a.masks", names=names))
    file = tmp_path / "list.txt"
    file.write_bytes("\ufeffcaf\u00e9\r\n# fold 3\n\nscan 1".encode())
    assert samplers.read_names(file, store).tolist() == [3, 0]
    file.write_bytes("scan 2\t2.5\n#\ncaf\u00e9\t 1e1 \r\n".encode())
    assert samplers.read_weights(file, store).tolist() == [1, 2.5, 1, 10]
    assert samplers.read_weights(file, Masks(store).only([3, 0, 1])).tolist() == [10, 1, 2.5]
    for text, weights, message in (
        (b"scan 3", False, r"list.txt, line 1: no mask is named 'scan 3' in .*; the nearest name is 'scan [12]'"),
        (b"scan 1\n\nscan 1", False, "line 3: 'scan 1' stands on line 1 too"),
        (b"\n#only\n", False, "no names"),
        (b"scan 1\n\xff", False, "line 2: not UTF-8"),
        (b"scan 1 7", True, "expected a name, a tab and a weight"),
        (b"scan 1\t-7", True, "'-7' for 'scan 1': expected a weight of 0 or more"),
        (b"scan 1\tnan", True, "expected a weight"),
    ):
        file.write_bytes(text)
        with pytest.raises(maskmap.FormatError, match=message):
            (samplers.read_weights if weights else samplers.read_names)(file, store)
