"""Random numbers by address, and permutations that are computed: the method of docs/sampling.md.

Each function has two forms: of Python's whole numbers, which is the faster one for a single patch, and `..._many` of
uint64 arrays. A change of a result changes every patch that a seed has ever given.
"""
import math

import numpy as np

_BITS = (1 << 64) - 1
_GAMMA = 0x9E3779B97F4A7C15
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def _step(state, value):
    """Mixes a number into a state: the finalizer of SplitMix64."""
    z = ((state ^ value & _BITS) + _GAMMA) & _BITS
    z = (z ^ z >> 30) * _FIRST & _BITS
    z = (z ^ z >> 27) * _SECOND & _BITS
    return z ^ z >> 31


def _step_many(state, value):
    z = (state ^ value) + np.uint64(_GAMMA)
    z = (z ^ z >> np.uint64(30)) * np.uint64(_FIRST)
    z = (z ^ z >> np.uint64(27)) * np.uint64(_SECOND)
    return z ^ z >> np.uint64(31)


def words(numbers):
    """Whole numbers as uint64, negative ones as their 64 bits; never without a dimension, where numpy would warn."""
    if isinstance(numbers, int):
        return np.array([numbers & _BITS], np.uint64)
    return np.atleast_1d(np.asarray(numbers)).astype(np.uint64)


def key(seed, epoch, k, attempt=0):
    """What the numbers of an attempt at patch k are made of; k = -1 is the order of the epoch."""
    found = _step(_step(_step(0, seed), epoch), k)
    return _step(found, ~attempt) if attempt else found


def key_many(seed, epoch, k, attempt=0):
    """The keys of patches: k is an int64 array."""
    found = _step_many(words(_step(_step(0, seed), epoch)), words(k))
    return _step_many(found, words(~attempt)) if attempt else found


def below(key, n, bound):
    """The n-th number of a key, 0 to bound - 1: the high half of a product."""
    return _step(key, n) * bound >> 64


def below_many(keys, n, bound):
    """The same of many keys; n and bound are one number or one for each key. Gives int64."""
    bits, bound = _step_many(keys, words(n)), words(bound)
    low, high = bits & _LOW, bits >> _HALF
    if bound.max() <= _LOW:
        return (high * bound + (low * bound >> _HALF) >> _HALF).astype(np.int64)
    bound_low, bound_high = bound & _LOW, bound >> _HALF
    one, other = low * bound_high, high * bound_low
    carry = (low * bound_low >> _HALF) + (one & _LOW) + (other & _LOW) >> _HALF
    return (high * bound_high + (one >> _HALF) + (other >> _HALF) + carry).astype(np.int64)


class Shuffle:
    """A permutation of 0 to size - 1 that is computed, not kept; another one for each key."""

    def __init__(self, size):
        self.size = size
        rows = math.isqrt(size - 1) + 1
        self._rows = rows + rows % 2
        self._columns = -(-size // self._rows)
        self._rounds = 24 if size < 1024 else 8

    def apply(self, key, place):
        """Where a place goes."""
        columns = self._columns
        while True:
            left, right = divmod(place, columns)
            here, there = self._rows, columns
            for number in range(self._rounds):
                left, right = right, (left + below(key, number << 32 | right, here)) % here
                here, there = there, here
            place = left * columns + right
            if place < self.size:
                return place

    def apply_many(self, key, places):
        """The same of an int64 array."""
        places, key = places.copy(), words(key)
        out = np.arange(len(places))
        while len(out):
            left, right = np.divmod(places[out], self._columns)
            here, there = self._rows, self._columns
            for number in range(self._rounds):
                shift = below_many(key, right | number << 32, here)
                left, right = right, (left + shift) % here
                here, there = there, here
            places[out] = left * self._columns + right
            out = out[places[out] >= self.size]
        return places
