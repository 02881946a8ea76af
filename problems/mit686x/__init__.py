"""Problems of MIT 6.86x, Machine Learning with Python."""
