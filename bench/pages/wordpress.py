"""WordPress with its default theme, from Debian's packages: nginx, php-fpm and MariaDB as they come.

WORDPRESS_ROOT names the folder where the packages lie, if they were only unpacked and not installed.
"""

import os
import re
import shutil
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .servers import free_port, running

PACKAGES = "wordpress, wordpress-theme-twentytwentythree, php-fpm, php-cli, php-mysql, mariadb-server"
EXTENSIONS = ("mysqlnd", "mysqli", "ctype", "tokenizer", "iconv", "gd", "exif", "fileinfo")
WORDS = "Quiet words about a morning in the mountains, and what to bring along. " * 8
PARAGRAPHS = 7

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('WP_SITEURL', '{url}'); define('WP_HOME', '{url}');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '{host}'; $_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require '{site}/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_mail() {{ return true; }}
wp_install('Bench', 'bench', 'bench@example.org', true, '', 'not a secret');
echo 'POST ', wp_insert_post(['post_title' => 'A quiet morning', 'post_status' => 'publish',
  'post_content' => str_repeat('<!-- wp:paragraph --><p>{words}</p><!-- /wp:paragraph -->', {paragraphs})]),
  ' THEME ', wp_get_theme()->get('Name'), ' VERSION ', get_bloginfo('version'), "\\n";
"""
FPM = """[global]
error_log = {folder}/fpm.log
daemonize = no
[www]
listen = {folder}/fpm.sock
pm = static
pm.max_children = 5
{user}
"""
NGINX = """daemon off;
{user}worker_processes auto;
pid {folder}/pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    {temporary}
    access_log off;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        index index.php;
        location / {{ try_files $uri $uri/ /index.php?$args; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi_params;
            fastcgi_param HTTP_HOST $http_host;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_pass unix:{folder}/fpm.sock;
        }}
    }}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class WordPress:
    """A site in a folder of its own."""

    folder: Path
    root: Path
    php: Path
    fpm: Path
    extensions: Path

    @classmethod
    def found(cls, folder):
        """Return the site to be, or None where something of it is not there."""
        root = Path(os.environ.get("WORDPRESS_ROOT", "/"))
        php, fpm, extensions = (
            next(iter(sorted(root.glob(pattern), reverse=True)), None)
            for pattern in ("usr/bin/php[0-9]*", "usr/sbin/php-fpm*", "usr/lib/php/20*")
        )
        needed = [root / "usr/sbin/mariadbd", root / "usr/share/wordpress/wp-load.php", php, fpm, extensions]
        is_there = all(each and each.exists() for each in needed)
        return cls(folder, root, php, fpm, extensions) if is_there else None

    @contextmanager
    def running(self):
        """Serve until the block ends; yield the address of a post, and the processes by name."""
        self.folder.mkdir()
        self._port = free_port()
        self._url = f"http://127.0.0.1:{self._port}"
        self._lay_out()
        with ExitStack() as servers:

            def start(command, ready=None):
                log = str(self.folder / "servers.log")
                return servers.enter_context(running(command, self._environment, ready, log))[0]

            database = start(self._mariadbd())
            wait_for(self.folder / "db.sock")
            post = self._install()
            fpm = start(
                [str(self.fpm), "-n", "-R", *self._switches, "-F", "-y", str(self.folder / "fpm.conf")]
            )
            wait_for(self.folder / "fpm.sock")
            nginx = start(self._nginx(), f"{self._url}/?p={post}")
            yield f"{self._url}/?p={post}", {"wp database": database, "wp php": fpm, "wp nginx": nginx}

    @property
    def _environment(self):
        libraries = f"{self.root}/usr/lib/x86_64-linux-gnu:{self.root}/lib/x86_64-linux-gnu"
        return {"LD_LIBRARY_PATH": libraries} if str(self.root) != "/" else {}

    @property
    def _switches(self):
        pairs = [f"extension_dir={self.extensions}", *(f"extension={name}" for name in EXTENSIONS)]
        pairs += ["zend_extension=opcache", "opcache.enable=1", "memory_limit=256M"]
        return [word for pair in pairs for word in ("-d", pair)]

    def _lay_out(self):
        self.site = self.folder / "site"
        shutil.copytree(self.root / "usr/share/wordpress", self.site, symlinks=True)
        values = {"folder": self.folder, "site": self.site, "port": self._port, "url": self._url}
        is_root = os.geteuid() == 0
        values["temporary"] = "\n    ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in TEMPORARY)
        config = self.site / "wp-config.php"
        config.unlink(missing_ok=True)
        config.write_text(CONFIG.format(socket=self.folder / "db.sock", **values))
        words = {"host": f"127.0.0.1:{self._port}", "words": WORDS, "paragraphs": PARAGRAPHS}
        (self.folder / "install.php").write_text(INSTALL.format(**words, **values))
        person = "user = root\ngroup = root" if is_root else ""
        (self.folder / "fpm.conf").write_text(FPM.format(user=person, **values))
        person = "user root;\n" if is_root else ""
        (self.folder / "nginx.conf").write_text(NGINX.format(user=person, **values))

    def _mariadbd(self):
        data = self.folder / "data"
        where = [
            "--no-defaults",
            f"--datadir={data}",
            f"--lc-messages-dir={self.root}/usr/share/mysql/english",
            f"--character-sets-dir={self.root}/usr/share/mysql/charsets",
            *(["--user=root"] if os.geteuid() == 0 else []),
        ]
        program = str(self.root / "usr/sbin/mariadbd")
        scripts = self.root / "usr/share/mysql"
        tables = "".join(
            (scripts / name).read_text(encoding="utf-8")
            for name in ("mysql_system_tables.sql", "mysql_system_tables_data.sql")
        )
        (data / "mysql").mkdir(parents=True)
        with (self.folder / "servers.log").open("ab") as log:
            subprocess.run(
                [program, *where, "--bootstrap", "--skip-grant-tables"],
                env={**os.environ, **self._environment},
                input=f"USE mysql;\n{tables}".encode(),
                stdout=log,
                stderr=log,
                check=True,
            )
        return [
            program, *where, "--skip-grant-tables", "--skip-networking",
            f"--socket={self.folder}/db.sock", f"--pid-file={self.folder}/db.pid",
        ]  # fmt: skip

    def _install(self):
        make = (
            "$db = new mysqli('localhost', 'root', '', '', 0, '{}'); $db->query('CREATE DATABASE wordpress');"
        )
        self._php("-r", make.format(self.folder / "db.sock"))
        said = self._php(str(self.folder / "install.php"))
        found = re.search(r"POST (\d+) THEME (.+) VERSION (\S+)", said)
        if not found:
            raise RuntimeError(f"WordPress was not set up: {said[-2000:]}")
        print(f"WordPress {found[3]}, theme {found[2]}.", flush=True)
        return found[1]

    def _php(self, *arguments):
        command = [str(self.php), "-n", *self._switches, *arguments]
        environment = {**os.environ, **self._environment}
        with (self.folder / "servers.log").open("ab") as log:
            return subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True, check=True
            ).stdout

    def _nginx(self):
        from clinic.demo.local_nginx import program

        return [program(), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]


def wait_for(path, seconds=30):
    """Wait for a socket."""
    deadline = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{path.name} did not come.")
        time.sleep(0.05)
