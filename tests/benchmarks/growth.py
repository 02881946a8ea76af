"""Time of a judgement against the size of the claim, for claims that are themselves linear in the size.

    python tests/benchmarks/growth.py --to docs

prints, for every family, seconds at each size and the exponent fitted in log-log over the larger sizes, and writes
``growth.json`` and ``growth.md``.  ``--plot docs/growth.json`` draws the plot ``growth.svg``; it needs matplotlib,
which the peers' environment has (``requirements-peers.txt``).
"""

import argparse
import json
from math import log
from pathlib import Path
from time import process_time

REAL = "real scalar"
FITTED = 4              # so many of the largest sizes are fitted
LONGEST = 30.0          # seconds after which no larger size is tried


def gaussians(n):
    """A product of n Gaussian factors in x is one Gaussian factor times what does not depend on x."""
    symbols = {"x": REAL} | {f"m_{{{k}}}": REAL for k in range(1, n + 1)} | {
        f"v_{{{k}}}": "positive scalar" for k in range(1, n + 1)}
    left = "".join(rf"\exp\left(-\frac{{(x-m_{{{k}}})^2}}{{2v_{{{k}}}}}\right)" for k in range(1, n + 1))
    weight = "+".join(rf"\frac{{1}}{{v_{{{k}}}}}" for k in range(1, n + 1))
    mean = "+".join(rf"\frac{{m_{{{k}}}}}{{v_{{{k}}}}}" for k in range(1, n + 1))
    square = "+".join(rf"\frac{{m_{{{k}}}^2}}{{v_{{{k}}}}}" for k in range(1, n + 1))
    right = (rf"\exp\left(-\frac{{{weight}}}{{2}}\left(x-\frac{{{mean}}}{{{weight}}}\right)^2\right)"
             rf"\exp\left(-\frac{{1}}{{2}}\left({square}-\frac{{\left({mean}\right)^2}}{{{weight}}}\right)\right)")
    return left, right, symbols


def classes(n):
    """(letters of n scores, the sum of their exponentials)."""
    letters = [f"x_{{{k}}}" for k in range(1, n + 1)]
    return letters, "+".join(f"e^{{{x}}}" for x in letters)


def softmax_gradient(n):
    """d log sum exp / d x_1 over n classes written out."""
    letters, total = classes(n)
    return (rf"\frac{{\partial}}{{\partial x_{{1}}}}\log\left({total}\right)", rf"\frac{{e^{{x_{{1}}}}}}{{{total}}}",
            dict.fromkeys(letters, REAL))


def softmax_hessian(n):
    """d^2 log sum exp / d x_1 d x_2 over n classes written out."""
    letters, total = classes(n)
    left = rf"\frac{{\partial}}{{\partial x_{{1}}}}\frac{{\partial}}{{\partial x_{{2}}}}\log\left({total}\right)"
    return left, rf"-\frac{{e^{{x_{{1}}}}e^{{x_{{2}}}}}}{{\left({total}\right)^2}}", dict.fromkeys(letters, REAL)


def lagrange(n):
    """Lagrange's identity with its n (n - 1) / 2 squares written out: the claim is quadratic in n."""
    first, second = ([f"{c}_{{{k}}}" for k in range(1, n + 1)] for c in "ab")
    left = "({})({})-({})^2".format("+".join(f"{a}^2" for a in first), "+".join(f"{b}^2" for b in second),
                                    "+".join(a + b for a, b in zip(first, second, strict=True)))
    right = "+".join(f"({first[i]}{second[j]}-{first[j]}{second[i]})^2" for i in range(n) for j in range(i + 1, n))
    return left, right, dict.fromkeys(first + second, REAL)


def chain(n):
    """The derivative of n layers tanh(w_k h), one inside the other, by the chain rule; the layers have names."""
    symbols = {"x": REAL} | {f"w_{{{k}}}": REAL for k in range(1, n + 1)}
    inner = "x"
    for k in range(1, n + 1):
        symbols[f"h_{{{k}}}"] = rf"h_{{{k}}} = \tanh(w_{{{k}}}{inner})"
        inner = f"h_{{{k}}}"
    right = "".join(rf"w_{{{k}}}\left(1-h_{{{k}}}^2\right)" for k in range(1, n + 1))
    return rf"\frac{{\partial}}{{\partial x}}{inner}", right, symbols


def words(n):
    """A trace of n letters, turned round and transposed."""
    letters = [("A", "B", "C")[k % 3] for k in range(n)]
    turned = "".join(f"{c}^T" for c in reversed(letters[1:] + letters[:1]))
    symbols = {c: "matrix n x n" for c in "ABC"} | {"n": "integer >= 1"}
    return rf"\operatorname{{tr}}({''.join(letters)})", rf"\operatorname{{tr}}({turned})", symbols


# family -> (maker, sizes, how the text of the claim grows)
FAMILIES = {
    "product of Gaussians": (gaussians, (2, 4, 8, 16, 24, 32), 1),
    "softmax gradient": (softmax_gradient, (2, 4, 8, 16, 32, 64, 128, 256), 1),
    "softmax Hessian": (softmax_hessian, (2, 4, 8, 16, 32, 64, 128, 256), 1),
    "Lagrange identity": (lagrange, (2, 4, 6, 8, 12, 16), 2),
    "chain of layers": (chain, (2, 4, 8, 16, 32, 48, 64), 1),
    "matrix words": (words, (4, 8, 12, 16, 24, 32, 40), 1),
}


def timed(step, rounds=3):
    """(verdict's name, least processor seconds) of a step."""
    from derive.checking import check_step

    times, name = [], ""
    for _ in range(rounds):
        start = process_time()
        name = check_step(step[0], step[1], "=", step[2]).name
        times.append(process_time() - start)
        if times[0] > 1:
            break
    return name, min(times)


def exponent(sizes, times):
    """The slope of the least-squares line through (log size, log time)."""
    x, y = [log(s) for s in sizes], [log(t) for t in times]
    mean_x, mean_y = sum(x)/len(x), sum(y)/len(y)
    return sum((a - mean_x)*(b - mean_y) for a, b in zip(x, y, strict=True))/sum((a - mean_x)**2 for a in x)


def measured(family):
    """{"sizes", "seconds", "verdicts", "exponent", "text"} of a family."""
    maker, sizes, text = FAMILIES[family]
    timed(maker(2))
    found = {"sizes": [], "seconds": [], "verdicts": [], "text": text}
    for n in sizes:
        name, seconds = timed(maker(n))
        for key, value in (("sizes", n), ("seconds", round(seconds, 6)), ("verdicts", name)):
            found[key].append(value)
        if seconds > LONGEST:
            break
    last = slice(-FITTED, None)
    found["exponent"] = round(exponent(found["sizes"][last], found["seconds"][last]), 2)
    return found


def page(data):
    """growth.md."""
    lines = ["# Time of a judgement against the size of the claim\n",
             "Least processor seconds of three (`python tests/benchmarks/growth.py --to docs`); the exponent is fitted "
             f"in log-log over the {FITTED} largest sizes. The text of the claim is linear in the size, but for the "
             "Lagrange identity, where it is quadratic.\n",
             "![Time against size](growth.svg)\n", "| family | sizes | seconds | verdicts | exponent |",
             "| --- | --- | --- | --- | --- |"]
    for family, row in data.items():
        verdicts = ", ".join(dict.fromkeys(row["verdicts"]))
        lines.append(f"| {family} | {', '.join(map(str, row['sizes']))} | "
                     f"{', '.join(f'{s:.2g}' for s in row['seconds'])} | {verdicts} | {row['exponent']:.2f} |")
    return "\n".join(lines) + "\n"


def plot(data, path):
    """Time against size in log-log, with slopes 1 and 2 to compare."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for family, row in data.items():
        axes.loglog(row["sizes"], row["seconds"], marker="o", label=f"{family}, exponent {row['exponent']:.1f}")
    for slope, style in ((1, ":"), (2, "--")):
        axes.loglog([4, 256], [0.002, 0.002*64**slope], style, color="grey", linewidth=0.8, label=f"slope {slope}")
    axes.set_xlabel("size of the claim")
    axes.set_ylabel("seconds to a verdict")
    axes.legend(fontsize=7)
    figure.tight_layout()
    matplotlib.rcParams["svg.hashsalt"] = "growth"
    figure.savefig(path, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--to", type=Path, help="folder for growth.json, growth.md and growth.svg")
    parser.add_argument("--family", action="append", choices=list(FAMILIES))
    parser.add_argument("--plot", type=Path, help="a growth.json to draw, measuring nothing")
    asked = parser.parse_args()
    if asked.plot is not None:
        plot(json.loads(asked.plot.read_text(encoding="utf-8")), asked.plot.with_suffix(".svg"))
        return
    data = {family: measured(family) for family in asked.family or FAMILIES}
    print(page(data))
    if asked.to is not None:
        (asked.to/"growth.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        (asked.to/"growth.md").write_text(page(data), encoding="utf-8")


if __name__ == "__main__":
    main()
