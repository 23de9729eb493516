"""The engine: pure. No clock, no chance, no I/O; values in, values out."""
