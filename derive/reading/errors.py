"""What a reader says when a text is not read to its end."""


class ReadError(ValueError):
    """A text that was not read.

    message    one sentence: what is wrong
    column     where, counted in characters from 0
    expected   what would have been read there, or ""
    """

    def __init__(self, message, column=0, expected=""):
        self.message, self.column, self.expected = message, column, expected
        super().__init__(f"{message} (column {column + 1})" + (f"; expected {expected}" if expected else ""))
