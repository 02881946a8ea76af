"""The commands of ``derive``, one module a group, imported when called."""
