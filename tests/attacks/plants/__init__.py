"""Parts of the program made naively, one leak each. No part of the product uses them.

Each is a context in which the real program runs with that part in place of its own.
"""
