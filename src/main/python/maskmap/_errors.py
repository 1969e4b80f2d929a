"""What goes wrong with files."""


class FormatError(ValueError):
    """A file is not what it should be: damaged, of another kind, or of a newer version.

    The message is one line: the file, what was found, what was expected and what mends it.
    """


def damaged(path, what):
    """A value of an index that cannot be; found where it is used, since opening reads no index through."""
    return FormatError(f"{path}: {what}: damaged; copy the store again")
