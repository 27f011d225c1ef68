"""P3: verify finds every change. One routed letter's bytes are flipped where they lie, in the store's cells."""
import harness

CHECK_BYTES = harness.BUILD / "tests/test-check-bytes"
BATCH = 5_000  # flips of one process


@harness.promise("P3", ci=1, deep=1)
def every_byte(cases):
    """Every byte of a routed letter and of a waiting one, flipped in turn, is found and its record named."""
    for passed, name in harness.tests_of("check-bytes"):
        cases.hold(passed, name)
    for passed, name in harness.tests_of("check"):
        cases.hold(passed, name)


@harness.promise("P3", ci=500, deep=100_000)
def random_bits(cases):
    """Random bits of random cells, flipped, are found and their record named."""
    left = cases.size
    while left > 0:
        seed = cases.random.getrandbits(32)
        ended = harness.run([CHECK_BYTES, "--random", min(left, BATCH), seed], timeout=3600)
        told = ended.stdout.split()
        if ended.returncode != 0 or len(told) != 2:
            cases.hold(False, f"test-check-bytes ended with {ended.returncode}: {ended.stderr[-300:]}")
            return
        tried, missed = int(told[0]), int(told[1])
        for position in range(tried):
            cases.hold(position >= missed, f"seed {seed}: {ended.stderr[:300]}")
        left -= tried
