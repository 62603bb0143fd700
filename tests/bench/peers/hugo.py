"""The same pages for Hugo: Markdown files, and layouts as small as a page of ours can be.

There is no theme among the packages, so the layouts are written here: what a page of ours has
(head, other languages, navigation pruned to the pathway that is read, table of contents,
previous and next, banner and footer) and nothing else. Addresses are those of Stepwell.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from tests.bench.peers.articles import Content
from tests.bench.peers.blocks import markdown
from tests.bench.peers.clock import Build, Step
from tests.bench.peers.environments import Environment

from stepwell.model import NavItem, Website

LAYOUT = """<!doctype html>
<html lang="{{ .Site.Params.tag }}" dir="{{ .Site.Params.direction }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ .Title }} · {{ .Site.Title }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/style.css">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}"
 href="{{ .Permalink }}">{{ end }}
</head>
<body><header><a href="/{{ .Site.Params.tag }}/index.html">{{ .Site.Title }}</a>
<form role="search"><input type="search" name="q"></form>
<ul>{{ range .AllTranslations }}<li><a href="{{ .RelPermalink }}">{{ .Site.Params.tag }}</a></li>
{{ end }}</ul>{{ .Site.Params.banner | safeHTML }}</header>
<nav><ul>{{ $here := .RelPermalink }}{{ range index site.Data.nav .Site.Params.tag }}
{{ partial "entry.html" (dict "entry" . "here" $here) }}{{ end }}</ul></nav>
<aside>{{ .TableOfContents }}</aside>
<main><article>{{ .Content }}</article>
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</main>
<footer>{{ .Site.Params.footer | safeHTML }}</footer></body></html>
"""
ENTRY = """{{ $here := .here }}{{ with .entry }}{{ if .children }}
<li>{{ if hasPrefix $here .below }}<details open><summary>{{ .title }}</summary><ul>
{{ range .children }}{{ partial "entry.html" (dict "entry" . "here" $here) }}{{ end }}</ul>
</details>{{ else }}<a href="{{ .first }}">{{ .title }}</a>{{ end }}</li>{{ else }}
<li><a href="{{ .first }}"{{ if eq .first $here }} aria-current="page"{{ end }}>{{ .title }}</a>
</li>
{{ end }}{{ end }}"""
_LAYOUTS = ("_default/single.html", "_default/list.html", "index.html")


def hugo(content: Content, out: Path, tool: Environment) -> Build:
    """All languages in one build; writes all that it needs below a folder."""
    root = out / "hugo"
    for website in content.websites:
        _pages(website, root)
        nav = [_entry(item) for item in website.nav]
        _write(root / "data" / "nav" / f"{website.language}.json", json.dumps(nav))
    for name in _LAYOUTS:
        _write(root / "layouts" / name, LAYOUT)
    _write(root / "layouts" / "partials" / "entry.html", ENTRY)
    _write(root / "static" / "style.css", "body { font-family: sans-serif }\n")
    _write(root / "hugo.yaml", yaml.safe_dump(_config(content), allow_unicode=True))
    arguments = (tool.hugo, "--quiet", "--destination", str(root / "public"))
    label = "Hugo, own small layouts, pruned, no search"
    made = (root / "public", root / "resources", root / ".hugo_build.lock")
    return Build(label, (Step(arguments, root, tool.variables),), made, root / "public")


def _pages(website: Website, root: Path) -> None:
    for page in website.pages:
        head = {"title": page.title, "description": page.description}
        text = markdown(page.html, lambda link: link if ".html" in link else "")
        folder, _, name = page.path.rpartition("/")
        file = "_index.md" if name == "index.html" else name.replace(".html", ".md")
        front = yaml.safe_dump(head, allow_unicode=True)
        _write(root / "content" / folder / file, f"---\n{front}---\n{text}")


def _config(content: Content) -> dict[str, Any]:
    languages = {
        website.language: {
            "weight": at + 1,
            "contentDir": f"content/{website.language}",
            "title": website.name,
            "params": {
                "tag": website.language, "direction": website.direction,
                "banner": website.banner, "footer": website.footer,
            },
        }
        for at, website in enumerate(content.websites)
    }  # fmt: skip
    return {
        "baseURL": "https://mill-road.example/",
        "uglyURLs": True,
        "defaultContentLanguage": content.websites[0].language,
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["taxonomy", "term", "rss"],
        "markup": {"goldmark": {"renderer": {"unsafe": False}}},
        "languages": languages,
    }


def _entry(item: NavItem) -> dict[str, Any]:
    """An entry with its address; a section has that of its first page, and where it is open."""
    first = f"/{_first(item)}"
    children = [_entry(child) for child in item.children]
    return {
        "title": item.title, "first": first, "below": first.rpartition("/")[0],
        "children": children,
    }  # fmt: skip


def _first(item: NavItem) -> str:
    return item.path or _first(item.children[0])


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
