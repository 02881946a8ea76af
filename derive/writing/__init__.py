"""Sheets out of printed lines: what is written was judged, and reads back from the sheet alone."""
