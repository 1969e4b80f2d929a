"""Which patches are in which batch, and which batches are whose."""


class Plan:
    """Batch n holds patches n * batch to (n + 1) * batch and goes to rank (n - first) mod world, where `first` is the
    batch that the ranks began with. So what is in a batch does not depend on how many ranks there are.
    """

    RULES = ("drop", "wrap", "exact")

    def __init__(self, patches, batch, keep_last, rank, world, uneven):
        self.patches, self.batch, self.rank, self.world, self.uneven = patches, batch, rank, world, uneven
        self.all_batches = -(-patches // batch) if keep_last or uneven == "exact" else patches // batch
        if self.all_batches == 0:
            raise ValueError(
                f"an epoch of {patches} patches has no batch of {batch}; keep_last=True takes fewer, per_mask "
                "makes more"
            )
        if uneven == "drop" and self.batches(0) == 0:
            raise ValueError(
                f"an epoch of {self.all_batches} batches has none for each of {world} ranks; uneven='wrap' reads "
                "some twice, and 'exact' leaves ranks without any"
            )

    def batches(self, first):
        """Batches that this rank reads, from batch `first` of the epoch on."""
        left = self.all_batches - first
        if self.uneven == "drop":
            return left // self.world
        if self.uneven == "wrap":
            return -(-left // self.world)
        return -(-max(left - self.rank, 0) // self.world)

    def number(self, first, i):
        """The number in the epoch of this rank's i-th batch."""
        return (first + i * self.world + self.rank) % self.all_batches

    def size(self, number):
        """Patches of a batch: fewer in the last one only."""
        return min(self.batch, self.patches - number * self.batch)

    def next(self, first, handed):
        """The first patch that no rank has, where each has been handed as many batches as this one."""
        return min(first + handed * self.world, self.all_batches) * self.batch
