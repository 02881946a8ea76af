"""Problems of Stanford CS224N, assignment 5."""
