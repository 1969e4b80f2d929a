"""Names of a batch's masks, looked up when they are asked for."""
from collections.abc import Sequence


class Names(Sequence):
    """The names of masks, as a list of strings is; looking one up takes longer than loading a patch."""

    __slots__ = ("_store", "_index")

    def __init__(self, store, index=None):
        """Of a store's masks; or a copy of any names, which is how libraries make a sequence like another."""
        self._store, self._index = (None, list(store)) if index is None else (store, index)

    def __len__(self):
        return len(self._index)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self[j] for j in range(*i.indices(len(self)))]
        if self._store is None:
            return self._index[i]
        return self._store[int(self._index[i])].name

    def __eq__(self, other):
        return isinstance(other, Sequence) and not isinstance(other, str) and list(self) == list(other)

    __hash__ = None

    def __reduce__(self):
        return Names, (list(self),)

    def __repr__(self):
        return repr(list(self))
