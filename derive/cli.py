"""The command line: ``derive step`` takes a short way without click; every other command is imported when called."""

import sys

from derive.commands.codes import BUG, FINE, INTERRUPTED


def main(args=None):
    """Run the command line and leave with its exit code."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")       # a terminal that has not every letter still shows the rest
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args):
    """The exit code of the command line: that of the command, 2 usage, 70 a bug of ours, 130 interrupted."""
    from derive.checking.steps import BUGS
    from verifiers.verdict import SoundnessError

    try:
        return _dispatch(args)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
        return FINE
    except SoundnessError as error:
        return _bug("the judges contradict each other", error)
    except BUGS as error:
        return _bug(type(error).__name__, error)


def _dispatch(args):
    if args[:1] == ["step"]:
        from derive.commands.judging import quick

        code = quick(args[1:])
        if code is not None:
            return code
    from derive.commands.group import run_group

    return run_group(args)


def _silence():
    """Nobody reads our output any more: what is still buffered goes nowhere."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(kind, error):
    import os

    if os.environ.get("DERIVE_DEBUG"):
        raise error
    print(f"derive: internal error, please report it: {kind}: {error}\nDERIVE_DEBUG=1 shows where.", file=sys.stderr)
    return BUG
