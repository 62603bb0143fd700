"""Figures as SVG, made once for the website and for print: begin with `drawing`.

`ladder`, `timeline` and `raci` lay out what a reading says; `advance` knows how wide
letters are, so that lines are broken before any program draws them.
"""
