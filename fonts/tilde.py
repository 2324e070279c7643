"""Draws U+223C TILDE OPERATOR, which Korean agencies write between the ends of a range, with a font's tilde.

Usage: tilde.py FONT. No bold font has a glyph of its own for it.
"""
import sys

from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
for table in font["cmap"].tables:
    if ord("~") in table.cmap:
        table.cmap[0x223C] = table.cmap[ord("~")]
font.save(sys.argv[1])
