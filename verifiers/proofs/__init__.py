"""The last step only: identity test, words, relations, lemmas."""
