"""A PostgreSQL server of one's own: in a temporary folder, on a free loopback port, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# Where Debian and Ubuntu keep the servers, one folder a version.
DEBIAN = Path("/usr/lib/postgresql")
# The server refuses to run as root; Debian's package brings this user.
UNPRIVILEGED = "postgres"
DATABASE = "council_productivity"
# Builds the project and owns its schemas; no superuser.
BUILDER = "council_productivity"
READER = "bi_reader"
# A server whose data is thrown away need not survive a power cut.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "512MB",
    "work_mem": "128MB",
    "maintenance_work_mem": "256MB",
    # The draws' arithmetic is wide, not deep: compiling it takes longer than running it.
    "jit": "off",
}
PATIENCE_SECONDS = 60


class NoServerError(Exception):
    """There is no PostgreSQL server to start, or it did not start."""


class QueryError(Exception):
    """The server refused a query."""


@dataclass(frozen=True)
class Cluster:
    """A running server and the passwords of its two roles."""

    port: int
    version: str
    folder: Path
    superuser_password: str = field(repr=False)
    builder_password: str = field(repr=False)
    reader_password: str = field(repr=False)

    def uri(self, role: str) -> str:
        """Connection string of a role."""
        passwords = {
            UNPRIVILEGED: self.superuser_password,
            BUILDER: self.builder_password,
            READER: self.reader_password,
        }
        return f"postgresql://{role}:{passwords[role]}@127.0.0.1:{self.port}/{DATABASE}"

    def environment(self) -> dict[str, str]:
        """What the output `postgres` of profiles.yml reads."""
        return {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": BUILDER,
            "PGPASSWORD": self.builder_password,
            "PGDATABASE": DATABASE,
        }


def binaries() -> Path:
    """Folder of the newest server's programs: Debian's, or whichever `initdb` is on the path."""
    found = [folder for folder in DEBIAN.glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise NoServerError("No PostgreSQL server is installed (Debian and Ubuntu: apt-get install postgresql).")


def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_server_user() -> str | None:
    """Who starts a program of the server: oneself, or an unprivileged user where one is root."""
    return None if os.geteuid() else UNPRIVILEGED


def run(command: Sequence[str | Path], user: str | None = None, cwd: Path | None = None) -> str:
    """Run one of the server's programs; what it complains of is the error."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=cwd,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )
    if done.returncode:
        raise NoServerError(f"{Path(command[0]).name} failed:\n{done.stdout.strip()}")
    return done.stdout


def wait_until_ready(programs: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server takes connections."""
    until = time.monotonic() + PATIENCE_SECONDS
    ready = [str(programs / "pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(port)]
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise NoServerError(f"The PostgreSQL server did not start:\n{log.read_text().strip()}")
        time.sleep(0.1)


def make_database(programs: Path, cluster: Cluster) -> None:
    """Make the two roles and the builder's database."""
    statements = (
        f"create role {BUILDER} login password '{cluster.builder_password}'",
        f"create role {READER} login password '{cluster.reader_password}'",
        # Text is ordered by its bytes, as DuckDB does; the cluster's own locale is C.
        f"create database {DATABASE} owner {BUILDER} template template0 encoding 'UTF8' locale 'C'",
    )
    uri = cluster.uri(UNPRIVILEGED).rsplit("/", 1)[0] + "/postgres"
    for statement in statements:
        run([programs / "psql", "--no-psqlrc", "--quiet", "--dbname", uri, "--command", statement])


@contextmanager
def running() -> Iterator[Cluster]:
    """A server with an empty database; it is stopped and its files are removed however the block ends."""
    programs = binaries()
    owner = as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="council-productivity-postgres-"))
    server = None
    try:
        if owner:
            shutil.chown(folder, owner, owner)
        passwords = [secrets.token_hex(16) for _ in range(3)]
        password_file = folder / "password"
        password_file.write_text(passwords[0])
        if owner:
            shutil.chown(password_file, owner)
        data = folder / "data"
        run(
            [
                *(programs / "initdb", "--pgdata", data, "--no-sync", "--encoding", "UTF8", "--locale", "C"),
                *("--username", UNPRIVILEGED, "--pwfile", password_file, "--auth", "scram-sha-256"),
            ],
            user=owner,
            cwd=folder,
        )
        password_file.unlink()
        port = free_port()
        command = [programs / "postgres", "-D", data, "-p", port]
        command += [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        # Linux: the server stops even where this process is killed and cannot stop it.
        if guard := shutil.which("setpriv"):
            command = [guard, "--pdeathsig", "INT", *command]
        log = folder / "server.log"
        with log.open("wb") as lines:
            server = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                cwd=folder,
                # Ctrl-C is for the builder; the server stops after it.
                start_new_session=True,
                user=owner,
                group=owner,
                extra_groups=[] if owner else None,
            )
        wait_until_ready(programs, port, server, log)
        version = run([programs / "postgres", "--version"]).split()[2]
        cluster = Cluster(port, version, folder, *passwords)
        make_database(programs, cluster)
        yield cluster
    finally:
        if server and server.poll() is None:
            # SIGINT is the server's fast shutdown: open sessions are ended.
            server.send_signal(2)
            try:
                server.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def query(cluster: Cluster, role: str, statement: str) -> str:
    """What the server answers a role, as CSV under a header."""
    done = subprocess.run(
        [
            *(binaries() / "psql", "--no-psqlrc", "--quiet", "--csv", "--set", "ON_ERROR_STOP=1"),
            *("--dbname", cluster.uri(role), "--command", statement),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise QueryError(done.stderr.strip())
    return done.stdout
