"""The numbers an instance is evaluated in: floats (NumPy and Numba), prime fields, balls."""
