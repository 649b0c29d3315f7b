"""Runs the attacks of attacks.wasm under wasmtime and writes its answers into the column of attacks.txt that is its.

usage: wasmtime_attacks.py FOLDER [attack ...]
FOLDER holds attacks.wasm, fixture.txt and attacks.txt. With names of attacks, prints their answers and writes nothing.
"""

import hashlib
import os
import secrets
import shutil
import socket
import stat
import sys
import tempfile

from wasmtime import Engine, Linker, Module, Store, WasiConfig, WasmtimeError


class Fixture:
    """What fixture.txt says, made in a new folder."""

    def __init__(self, text, top):
        self.top = top
        self.secret = secrets.token_hex(16)
        self.preopens = []
        self.has_devices = True
        for line in text.splitlines():
            words = line.split("#")[0].split()
            if words:
                self._make(words[0], words[1:])

    def _path(self, name):
        return os.path.join(self.top, name)

    def _make(self, kind, words):
        if kind == "open":
            self.preopens.append(words)
        elif kind == "dir":
            os.mkdir(self._path(words[0]))
        elif kind in ("file", "secret"):
            with open(self._path(words[0]), "w") as file:
                file.write(self.secret if kind == "secret" else words[0])
        elif kind == "link":
            os.symlink(words[1].replace("$TOP", self.top), self._path(words[0]))
        elif kind == "hops":
            target = words[2]
            for hop in range(1, int(words[1]) + 1):
                os.symlink(target, self._path(words[0] + str(hop)))
                target = os.path.basename(words[0]) + str(hop)
        elif kind == "fifo":
            os.mkfifo(self._path(words[0]))
            # wasmtime waits for the other end whatever the guest says: here it is.
            self.fifo = os.open(self._path(words[0]), os.O_RDWR)
        elif kind == "socket":
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(self._path(words[0]))
        elif kind == "null":
            try:
                os.mknod(self._path(words[0]), 0o666 | stat.S_IFCHR, os.makedev(1, 3))
            except PermissionError:
                self.has_devices = False
        else:
            raise ValueError(kind)

    def watched(self):
        """What must not change, as one value."""
        seen = hashlib.sha256()
        for path in [self.top] + sorted(
            os.path.join(folder, name)
            for top in ("outside", "ro")
            for folder, folders, files in os.walk(self._path(top))
            if "ro/child" not in folder
            for name in folders + files + ["."]
        ):
            found = os.lstat(path)
            seen.update(f"{path} {found.st_mode} {found.st_ino} {found.st_size}".encode())
            if "ro/child" not in path and path != self.top:
                seen.update(f"{found.st_nlink} {found.st_mtime_ns} {found.st_ctime_ns}".encode())
            if stat.S_ISREG(found.st_mode):
                with open(path, "rb") as file:
                    seen.update(file.read())
        seen.update(str(sorted(os.listdir(self.top))).encode())
        return seen.hexdigest()


def run(engine, module, index, part, name, fixture_text):
    top = os.path.realpath(tempfile.mkdtemp())
    fixture = Fixture(fixture_text, top)
    try:
        if name.startswith("device_") and not fixture.has_devices:
            return None
        before = fixture.watched()
        wasi = WasiConfig()
        wasi.argv = [top]
        for access, path, guest in fixture.preopens + ([["ro", "/proc", "proc"]] if name.startswith("proc_") else []):
            wasi.preopen_dir(os.path.join(top, path), guest, access == "rw")
        store = Store(engine)
        store.set_wasi(wasi)
        linker = Linker(engine)
        linker.define_wasi()
        exports = linker.instantiate(store, module).exports(store)
        trapped = False
        try:
            exports["attack_run"](store, index, part)
        except WasmtimeError:
            trapped = True
        memory = exports["memory"]
        everything = bytes(memory.read(store, 0, memory.data_len(store)))
        if fixture.secret.encode() in everything:
            print(f"{name}: wasmtime let the secret out", file=sys.stderr)
        if fixture.watched() != before:
            print(f"{name}: wasmtime let something be changed", file=sys.stderr)
        address = exports["log_address"](store)
        log = bytes(memory.read(store, address, address + exports["log_length"](store)))
        # A trap is the answer to the call whose line has begun; what follows is not reached.
        return (log.decode() + (" = trap" if trapped else "")).splitlines()
    finally:
        os.close(fixture.fifo)
        shutil.rmtree(top, ignore_errors=True)


def split(line):
    call, answer = line.rsplit(" = ", 1)
    return call, answer


def merge(path, answers):
    """Puts wasmtime's answers in place of those the file has; the other columns stay as long as the calls do."""
    old = {}
    attack = None
    head = []
    with open(path) as file:
        for line in file.read().splitlines():
            if line.startswith("== "):
                attack = line[3:]
                old[attack] = []
            elif attack is None:
                head.append(line)
            elif line:
                old[attack].append(line.split(" | "))
    with open(path, "w") as file:
        file.write("\n".join(head).rstrip() + "\n")
        for attack, lines in answers.items():
            file.write(f"\n== {attack}\n")
            rows = old.get(attack, [])
            if lines is None:
                for row in rows:
                    file.write(" | ".join(row) + "\n")
                continue
            for number, line in enumerate(lines):
                call, answer = split(line)
                row = rows[number] if number < len(rows) and rows[number][0] == call else [call, "?", answer]
                row[2] = answer
                if row[1] == answer:
                    row = row[:3]
                file.write(" | ".join(row) + "\n")
            for row in rows[len(lines) :]:
                row[2] = "-"
                file.write(" | ".join(row) + "\n")


def main():
    folder, *chosen = sys.argv[1:]
    engine = Engine()
    module = Module.from_file(engine, os.path.join(folder, "attacks.wasm"))
    with open(os.path.join(folder, "fixture.txt")) as file:
        fixture_text = file.read()
    store = Store(engine)
    linker = Linker(engine)
    linker.define_wasi()
    store.set_wasi(WasiConfig())
    exports = linker.instantiate(store, module).exports(store)
    answers = {}
    for index in range(exports["attack_count"](store)):
        address = exports["attack_name"](store, index)
        name = bytes(exports["memory"].read(store, address, address + 100)).split(b"\0")[0].decode()
        parts = exports["attack_parts"](store, index)
        for part in range(parts):
            title = name if parts == 1 else f"{name}-{part}"
            if not chosen or name in chosen:
                answers[title] = run(engine, module, index, part, name, fixture_text)
    if chosen:
        for name, lines in answers.items():
            print("==", name)
            print("\n".join(lines or ["left out"]))
    else:
        merge(os.path.join(folder, "attacks.txt"), answers)


main()
