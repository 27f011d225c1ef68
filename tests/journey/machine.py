"""A machine inside this one: systemd as the first process of namespaces of its own, over a copy of this machine's files that
is forgotten at the end (an overlay in memory). It shares the kernel and the network, and may change neither."""
import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import time

PATIENCE = 60  # seconds until the machine has started
FIRST = "/lib/systemd/systemd"
TARGET = "machine.target"
# Nothing that is enabled on this machine is started, but what users' sessions need.
UNIT = "[Unit]\nRequires=basic.target dbus.socket systemd-logind.service\nAfter=basic.target\n"

# Run in the new namespaces. $1: the folder for all this; $2: what is bound as the first terminal; then systemd's words.
INSIDE = r"""
set -e
cd "$1"; terminal=$2; shift 2
mount -t proc proc root/proc
mount -o bind root/proc/sys root/proc/sys
mount -o remount,bind,ro root/proc/sys
mount -t sysfs -o ro sysfs root/sys
mount -t cgroup2 cgroup2 root/sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs root/run
mount -t tmpfs tmpfs root/tmp
mount -t tmpfs -o mode=755 tmpfs root/dev
mkdir root/dev/pts root/dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts root/dev/pts
ln -s pts/ptmx root/dev/ptmx
for name in null zero full random urandom tty; do touch root/dev/$name; mount -o bind /dev/$name root/dev/$name; done
touch root/dev/tty0 root/dev/tty1
mount -o bind "$terminal" root/dev/tty1
cd root
pivot_root . mnt
umount -l /mnt
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
"""


class Machine:
    def __init__(self, install):
        """@install: called with the folder of the machine's files before it starts."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="accolade-machine-"))
        self.root = self.folder / "root"
        self.group = None
        self.process = None
        try:
            self._copy_files()
            install(self.root)
            self._start()
        except BaseException:
            self.close()
            raise

    def _copy_files(self):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self.folder], check=True)
        for name in ("upper", "work", "root"):
            (self.folder / name).mkdir()
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o",
                        f"lowerdir=/,upperdir={self.folder}/upper,workdir={self.folder}/work", self.root], check=True)
        units = self.root / "etc/systemd/system"
        shutil.rmtree(units)
        units.mkdir()
        (units / TARGET).write_text(UNIT)
        (self.root / "etc/fstab").write_text("")
        (self.root / "etc/machine-id").write_text("0" * 31 + "1\n")

    def _start(self):
        self._make_group()
        self.terminal, end = pty.openpty()  # kept open: systemd hangs up whoever had the first terminal
        enter = f'echo $$ >{self.group}/cgroup.procs; exec unshare -m -p -f -i -u -C --kill-child sh -c "$@"'
        systemd = ["setpriv", "--bounding-set", "-sys_module,-sys_time,-sys_boot,-sys_rawio", FIRST, "--system",
                   f"--unit={TARGET}", "--log-target=console", "--show-status=no"]
        self.process = subprocess.Popen(["sh", "-c", enter, "sh", INSIDE, "sh", self.folder, os.ttyname(end), *systemd],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(end)
        deadline = time.monotonic() + PATIENCE
        while self.run("systemctl", "is-active", "--quiet", TARGET, check=False).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError("systemd does not start on this machine")
            time.sleep(0.1)

    def _make_group(self):
        """Its own part of the tree of control groups, below ours."""
        groups = self.folder / "groups"
        groups.mkdir()
        subprocess.run(["mount", "-t", "cgroup2", "cgroup2", groups], check=True)
        ours = next(line[3:] for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::"))
        self.group = groups / ours.lstrip("/") / self.folder.name
        self.group.mkdir()

    def _first_process(self):
        """systemd's number outside."""
        children = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(self.process.pid)], text=True,
                                  capture_output=True).stdout.split()
        return children[0] if children[1:2] == ["systemd"] else None

    def run(self, *words, text=None, check=True, **variables):
        """A command in the machine, as root."""
        first = self._first_process()
        if first is None:
            return subprocess.CompletedProcess(words, 1, "", "the machine is off")
        environment = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", **variables}
        return subprocess.run(["nsenter", "-t", first, "-m", "-p", "-i", "-u", "-C", "-r", "-w", "env", "-i",
                               *(f"{name}={value}" for name, value in environment.items()), *map(str, words)],
                              input=text, text=True, capture_output=True, check=check)

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            os.close(self.terminal)
        if self.group is not None:
            self._remove_group()
        subprocess.run(["umount", "-R", "-l", self.folder], check=True)
        self.folder.rmdir()

    def _remove_group(self):
        (self.group / "cgroup.kill").write_text("1")
        folders = [self.group, *self.group.rglob("*/")]
        for folder in sorted((folder for folder in folders if folder.is_dir()), reverse=True):
            for _ in range(100):
                try:
                    folder.rmdir()
                    break
                except OSError:  # a process that has just been killed is still leaving
                    time.sleep(0.05)
