"""Ports on loopback for the servers of tests, and for what asks in vain where no server is."""
import errno
import socket

# Below those that the kernel gives to whoever wants any: no connection of another program takes one meanwhile.
FIRST, LAST = 20000, 30000

_marks = []


def free_port():
    """A port that nobody listens at, and that no other test is given while this one runs: its mark is a name that the kernel
    forgets with the program. tests/slapd-support.c keeps to the same marks."""
    for port in range(FIRST, LAST):
        mark = socket.socket(socket.AF_UNIX)
        try:
            mark.bind(f"\0accolade-test-port-{port}")
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", port))
        except OSError as error:
            mark.close()
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        _marks.append(mark)
        return port
    raise AssertionError("every port is taken")
