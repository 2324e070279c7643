"""Removes the hints of a TrueType font, which are not used: outlines are drawn as they are.

Usage: unhint.py FONT OUT
"""
import sys

from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
for tag in "fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH", "DSIG":
    if tag in font:
        del font[tag]
for glyph in font["glyf"].glyphs.values():
    glyph.removeHinting()
font.save(sys.argv[2])
