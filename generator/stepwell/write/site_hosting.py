"""Files that tell servers how to serve the site. They have no secret, and no time or place.

`_headers` is read by Netlify and Cloudflare Pages where it lies. What nginx and Apache
include lies in `hosting/`; `.nojekyll` lets GitHub Pages publish the files as they are.
How each is used is told in docs/hosting.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from stepwell.model import prefix
from stepwell.write.site_policy import headers

YEAR = "public, max-age=31536000, immutable"
WEEK = "public, max-age=604800"
ASK = "no-cache"
"""Kept, but never shown before the server was asked whether it is still the same.

A page names the hash of each file it loads: one that is older than these would lack them.
"""

_TEXTS = (
    "text/css text/javascript text/plain text/xml text/csv text/calendar application/javascript "
    "application/json application/manifest+json application/wasm application/xml image/svg+xml"
)
_NGINX = """\
# How nginx serves this site. In its server { … }, after root:
#     include /srv/pathways/hosting/nginx.conf;
index index.html;
error_page 404 @prefix@/404.html;
server_tokens off;

gzip on;
gzip_vary on;
gzip_min_length 1024;
gzip_types @texts@;

set $stepwell_keep "@ask@";
if ($request_uri ~ "^@pattern@/assets/fonts/") { set $stepwell_keep "@week@"; }
if ($request_uri ~ "^@pattern@/assets/[^?]+\\?v=[0-9a-f]+$") { set $stepwell_keep "@year@"; }
add_header Cache-Control $stepwell_keep;
@headers@

location ~ \\.webmanifest$ { types { } default_type application/manifest+json; }
"""
_APACHE = """\
# How Apache serves this site. Include it in the <Directory> of the site, or copy it there
# as .htaccess (AllowOverride FileInfo Indexes). Needs: a2enmod headers deflate
DirectoryIndex index.html
ErrorDocument 404 @prefix@/404.html
AddType application/manifest+json .webmanifest
AddType application/wasm .wasm
AddType font/woff2 .woff2
AddType text/javascript .js

<IfModule mod_deflate.c>
  <IfModule mod_filter.c>
    AddOutputFilterByType DEFLATE text/html
    AddOutputFilterByType DEFLATE @texts@
  </IfModule>
</IfModule>

<IfModule mod_headers.c>
@headers@
  Header set Cache-Control "@ask@"
  <If "%{REQUEST_URI} =~ m#^@pattern@/assets/fonts/#">
    Header set Cache-Control "@week@"
  </If>
  <If "%{REQUEST_URI} =~ m#^@pattern@/assets/# && %{QUERY_STRING} =~ /^v=[0-9a-f]+$/">
    Header set Cache-Control "@year@"
  </If>
</IfModule>
"""
_HEADERS = """\
/*
@headers@
/assets/stylesheets/*
  Cache-Control: @year@
/assets/javascripts/*
  Cache-Control: @year@
/assets/fonts/*
  Cache-Control: @week@
"""


def write_hosting(folder: Path, address: str, hashes: Iterable[str]) -> None:
    """Write them into the published folder; `hashes` are those of the scripts inside pages.

    `address` is where the site will be; "" for the top of a host.
    """
    told = headers(tuple(hashes))
    nginx = (f'add_header {name} "{value}" always;' for name, value in told)
    apache = (f'  Header always set {name} "{value}"' for name, value in told)
    plain = (f"  {name}: {value}" for name, value in told)
    beside = folder / "hosting"
    beside.mkdir(exist_ok=True)
    _write(beside / "nginx.conf", _filled(_NGINX, nginx, address))
    _write(beside / "apache.conf", _filled(_APACHE, apache, address))
    _write(folder / "_headers", _filled(_HEADERS, plain, address))
    _write(folder / ".nojekyll", "")


def _filled(template: str, lines: Iterable[str], address: str) -> str:
    words = {
        "headers": "\n".join(lines), "texts": _TEXTS, "year": YEAR, "week": WEEK, "ask": ASK,
        "prefix": prefix(address), "pattern": re.escape(prefix(address)),
    }  # fmt: skip
    return re.sub(r"@([a-z]+)@", lambda match: words[match[1]], template)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
