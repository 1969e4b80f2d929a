"""python -m maskmap: the commands, as `maskmap` runs them."""
from ._console import main

main()
