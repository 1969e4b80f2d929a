"""A loader that notes the batches it hands out; run as a script, an example whose loaders are such.

    python noted.py EXAMPLE FILE [OPTIONS]      # OPTIONS: arguments of its `main`, as JSON
"""
import importlib
import json
import pathlib
import sys
import zlib

import maskmap

EXAMPLES = pathlib.Path(__file__).parents[3] / "docs/examples"
sys.path.insert(0, str(EXAMPLES))


class Noted(maskmap.Loader):
    """Notes places and pixels; ends the program, as Ctrl-C would, after so many batches."""

    made, stop = [], None

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.handed = []
        Noted.made.append(self)

    def __iter__(self):
        for batch in super().__iter__():
            if len(self.handed) == Noted.stop:
                raise KeyboardInterrupt
            places = [batch[key].tolist() for key in ("index", "y", "x", "flip")]
            self.handed.append([*places, *(zlib.crc32(batch[key].numpy().tobytes()) for key in ("image", "mask"))])
            yield batch


def main(example, file, options="{}"):
    loader, maskmap.Loader = maskmap.Loader, Noted
    try:
        importlib.import_module(example).main(**json.loads(options))
    finally:
        maskmap.Loader = loader
    handed = [loader.handed for loader in Noted.made if loader._spec.sampler["kind"] == "foreground"]
    pathlib.Path(file).write_text(json.dumps(handed))


if __name__ == "__main__":
    main(*sys.argv[1:])
