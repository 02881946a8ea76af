"""Problems of a formula sheet of CMU 10-601, Introduction to Machine Learning."""
