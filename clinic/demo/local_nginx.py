"""nginx on this machine alone, without root: the example of deploy/, with other names, ports and folders."""

import datetime
import ipaddress
import os
import shutil

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

EXAMPLE = settings.BASE_DIR / "deploy" / "nginx" / "clinic.conf"
DAYS = 365
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
MAIN = """daemon off;
pcre_jit on;
{user}worker_processes auto;
pid {folder}/pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    include mime.types;
    types_hash_max_size 2048;
    sendfile on;
    {temporary}
    include site.conf;
}}
"""


class LocalNginx:
    """A front server with a certificate of its own making."""

    def __init__(self, folder, *, port, application_port, plain_port, tls=True):
        self._folder, self.port = folder, port
        self._listen = f"127.0.0.1:{port} ssl http2" if tls else f"127.0.0.1:{port}"
        self._application, self._plain = application_port, plain_port

    @property
    def certificate(self):
        """Where the certificate lies, for whoever wants to trust it."""
        return self._folder / "certificate.pem"

    def command(self):
        """Write what it reads, and return its command line."""
        self._folder.mkdir(parents=True, exist_ok=True)
        make_certificate(self._folder)
        # What is a relative address in the main file lies beside it.
        shutil.copy("/etc/nginx/mime.types", self._folder / "mime.types")
        (self._folder / "site.conf").write_text(self.site(EXAMPLE.read_text(encoding="utf-8")))
        # Started by root, its processes would be nobody's, who may not read what the site writes.
        user = "user root;\n" if os.geteuid() == 0 else ""
        temporary = "\n    ".join(f"{kind}_temp_path {self._folder}/{kind};" for kind in TEMPORARY)
        main = self._folder / "nginx.conf"
        main.write_text(MAIN.format(user=user, folder=self._folder, temporary=temporary))
        return [program(), "-p", str(self._folder), "-c", str(main)]

    def site(self, example):
        """Return the example as it serves here; nothing else of it changes."""
        changes = {
            "listen 80;": f"listen 127.0.0.1:{self._plain};",
            "listen 443 ssl http2;": f"listen {self._listen};",
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "https://clinic.example.org": f"https://localhost:{self.port}",
            "/etc/letsencrypt/live/clinic.example.org/fullchain.pem": f"{self._folder}/certificate.pem",
            "/etc/letsencrypt/live/clinic.example.org/privkey.pem": f"{self._folder}/key.pem",
            "server_name clinic.example.org;": "server_name localhost;",
            r"clinic\.example\.org": "localhost",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{self._application};",
            # Where the port is no usual one, it belongs to the name.
            "Host              $host;": f"Host              $host:{self.port};",
            "/srv/clinic/var": str(settings.VAR_DIR),
            "/srv/clinic": str(settings.BASE_DIR),
            "/var/log/nginx/": f"{self._folder}/",
        }
        for there, here in changes.items():
            if there not in example:
                raise LookupError(f"{EXAMPLE.name} has no “{there.strip()}” any more.")
            example = example.replace(there, here)
        return example


def program():
    """Return where nginx is, or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def make_certificate(folder):
    """Make a key and a certificate for this machine; a browser asks once whether to trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "key.pem"
    path.touch(0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
