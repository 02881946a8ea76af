"""Problems of Prince, *Understanding Deep Learning*, by chapter."""
