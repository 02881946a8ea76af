"""Declarations of the hostile claims: scalars, families, matrices, random names and laws."""

R = {s: "real scalar" for s in "abcduvwxyz"}
P = {s: "positive scalar" for s in "pqrst"}
N1 = {"n": "integer >= 1"}
U = {"t": "scalar in (0,1)"}
V = "random variable with finite variance"
X = {"N": "integer >= 1", "x_i": "real scalars, i = 1..N", "y_i": "real scalars, i = 1..N", "a": "real scalar",
     "b": "real scalar"}
X2 = {**X, "N": "integer >= 2"}
A3 = {**X, "i": "index in 1..N", "j": "index in 1..N", "k": "index in 1..N"}
G = {"N": "integer >= 1", "g": "real scalar", "x_i": "real scalars, i = 1..N", "k": "integer >= 0"}
M = {**{s: "matrix n x n" for s in "ABCD"}, **{s: "symmetric matrix n x n" for s in "ST"},
     **{s: "invertible matrix n x n" for s in "GH"}, **{s: "vector n" for s in "xyu"},
     "P": "positive definite matrix n x n", "W": "positive semidefinite matrix n x n", "Q": "orthogonal matrix n x n",
     "I": "identity matrix n x n", "n": "integer >= 1", "a": "real scalar"}
XY = {"X": V, "Y": V, "Z": V, "a": "real scalar", "c": "positive scalar"}
IND = {"X": V, "Y": "random variable with finite variance, independent of X"}
DRAWS = {"N": "integer >= 1", "x_i": "independent random scalars, mean 0, variance v, i = 1..N", "v": "positive scalar",
         "i": "index in 1..N", "j": "index in 1..N"}
CENTRED = {"z": r"random vector d, mean \mathbf{0}, covariance S", "S": "positive definite matrix d x d",
           "A": "matrix d x d", "d": "integer >= 1"}
TALL = {"X": "matrix n x d of full column rank", "I": "identity matrix d x d", "n": "integer >= 1", "d": "integer >= 1"}
L = {"p": "probability mass function on a finite set", "q": "positive probability mass function on the same set"}
D = {"p": "probability density on the real line", "q": "probability density on the real line"}
STANDARD_4 = "+".join(["ABCD-ABDC-ACBD+ACDB+ADBC-ADCB-BACD+BADC+BCAD-BCDA-BDAC+BDCA", "CABD-CADB-CBAD+CBDA+CDAB-CDBA",
                       "-DABC+DACB+DBAC-DBCA-DCAB+DCBA"]).replace("+-", "-")
