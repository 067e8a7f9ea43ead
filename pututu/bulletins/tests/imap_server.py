"""A real IMAP server (Debian's dovecot) on this machine, by TLS, with a mailbox of its own."""

from __future__ import annotations

import datetime as dt
import getpass
import grp
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from pututu.lib.dkim import key_as_pem, make_key

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
PASSWORD = "a/b@c"
NOBODY = 65534
OWNER = os.getuid() or NOBODY  # to root it gives no mail
SETTINGS = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
ssl_dh =
mail_location = maildir:{folder}/mail
first_valid_uid = 0
{users}mail_plugins =
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{more}
"""


@dataclass(frozen=True)
class Imap:
    """``there`` are the mails that lie in the mailbox; ``certificate`` is whom a client must trust."""

    folder: Path
    port: int

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    def url(self, folder: str = "INBOX", password: str = "a%2Fb%40c", host: str = "localhost") -> str:
        return f"imaps://bounces:{password}@{host}:{self.port}/{folder}"

    def put(self, *mails: bytes) -> None:
        """Lay mails into the mailbox as a mail server does."""
        new = self.folder / "mail" / "new"
        for name in ("new", "cur", "tmp"):
            (self.folder / "mail" / name).mkdir(parents=True, exist_ok=True)
        _give_away(self.folder / "mail")
        for raw in mails:
            name = f"{time.time_ns()}.{os.getpid()}.here"
            (self.folder / "mail" / "tmp" / name).write_bytes(raw)
            _give_away(self.folder / "mail" / "tmp" / name)
            (self.folder / "mail" / "tmp" / name).rename(new / name)

    @property
    def there(self) -> list[bytes]:
        places = (self.folder / "mail" / name for name in ("new", "cur"))
        return sorted(file.read_bytes() for place in places for file in place.iterdir())

    @property
    def marked(self) -> int:
        """How many are marked as thrown away (Maildir's T)."""
        return sum("T" in file.name.rpartition(",")[2] for file in (self.folder / "mail" / "cur").iterdir())


@contextmanager
def imap_server(more: str = "") -> Iterator[Imap]:
    folder = Path(tempfile.mkdtemp(prefix="imap-"))  # its sockets need a short path
    folder.chmod(0o755)
    server = Imap(folder, _free_port())
    _write_certificate(folder)
    words = SETTINGS.format(
        folder=folder,
        port=server.port,
        users=_users(),
        uid=OWNER,
        gid=os.getgid() or NOBODY,
        password=PASSWORD,
        more=more,
    )
    (folder / "dovecot.conf").write_text(words)
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "dovecot.conf")], stderr=subprocess.PIPE)
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _give_away(path: Path) -> None:
    if os.getuid() == 0:
        for each in [path, *path.rglob("*")]:
            os.chown(each, OWNER, OWNER)


def _users() -> str:
    """As root dovecot wants users of its own, which Debian makes; as anybody else it can only be that one."""
    if os.getuid() == 0:
        return ""
    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    return f"default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n"


def _wait(server: Imap, process: subprocess.Popen[bytes]) -> None:
    context = ssl.create_default_context(cafile=str(server.certificate))
    for _try in range(100):
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            with socket.create_connection(("localhost", server.port), timeout=5) as line:
                context.wrap_socket(line, server_hostname="localhost").close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError((server.folder / "log").read_text())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _write_certificate(folder: Path) -> None:
    key, now = make_key(), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    from cryptography.hazmat.primitives.serialization import Encoding

    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key_as_pem(key))
