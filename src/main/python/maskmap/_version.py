"""One place for the version, which builds read without importing numpy."""
__version__ = "0.1.0.dev0"
