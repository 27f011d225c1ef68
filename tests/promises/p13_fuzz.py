"""P13's fuzz part: every reader of what others have written, under a fuzzer that looks for its faults."""
import base64
import concurrent.futures
import os
import pathlib
import re
import subprocess
import tempfile

from harness import TOP, Skipped, promise

BUILD = pathlib.Path(os.environ.get("ACCOLADE_BUILD_FUZZ", TOP / "build-fuzz")).resolve()
SEEDS = TOP / "tests/fixtures/fuzz"
# Fixtures that other tests keep, and that are seeds as well.
MORE_SEEDS = {"letter-json": [TOP / "tests/fixtures/letters"], "staff-csv": [TOP / "tests/fixtures/staff"]}
FUZZERS = sorted(path.name for path in SEEDS.iterdir() if path.is_dir())
AT_A_TIME = 2
DAY = 24 * 60 * 60

ENVIRONMENT = {
    **os.environ,
    "ASAN_OPTIONS": "detect_leaks=1",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "LSAN_OPTIONS": f"suppressions={TOP}/tests/leaks.suppressions:print_suppressions=0",
    "G_SLICE": "always-malloc",
    "LC_ALL": "C.UTF-8",
    "TZ": "Europe/London",
}


def fuzz(name, seconds, seed):
    """(executions, what went wrong or None). What it learns is kept in the build folder, and built on by the next run."""
    corpus = BUILD / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    # Folders of its own in memory: a fuzzer that is killed takes nothing away behind it.
    with tempfile.TemporaryDirectory(prefix="accolade-fuzz-", dir="/dev/shm") as home:
        ended = subprocess.run(
            [BUILD / "tests/fuzz" / f"fuzz-{name}", f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=10",
             "-rss_limit_mb=1024", "-max_len=16384", "-print_final_stats=1", f"-artifact_prefix={home}/input-", corpus,
             SEEDS / name, *MORE_SEEDS.get(name, [])],
            env={**ENVIRONMENT, "TMPDIR": home}, capture_output=True, text=True, errors="replace",
            timeout=seconds + 120)
        executed = re.search(r"stat::number_of_executed_units:\s*(\d+)", ended.stderr)
        inputs = [base64.b64encode(path.read_bytes()).decode() for path in pathlib.Path(home).glob("input-*")]
    wrong = None
    if ended.returncode != 0 or not executed:
        told = [line for line in ended.stderr.splitlines() if re.search(r"ERROR|CRITICAL|WARNING|SUMMARY| in acc_", line)]
        wrong = f"fuzz-{name} ended with {ended.returncode}; input (base64): {' '.join(inputs)}\n" + "\n".join(told[:12])
    return int(executed.group(1)) if executed else 0, wrong


@promise("P13", ci=30, deep=DAY * AT_A_TIME // len(FUZZERS))
def no_input_ends_a_program(cases):
    """Hostile input: no crash, no sanitizer's report, no GLib critical, however a fuzzer turns the bytes."""
    if not BUILD.is_dir():
        raise Skipped("clang's libFuzzer is not on this machine")
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        for executed, wrong in pool.map(lambda name: fuzz(name, cases.size, cases.seed), FUZZERS):
            cases.count += executed
            if wrong:
                cases.hold(False, wrong)
