"""Gives a font another family name, because the same family has another file.

Usage: rename.py FONT FAMILY
"""
import sys

from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1], recalcTimestamp=False)
for record in font["name"].names:
    if record.nameID in (1, 16):
        record.string = sys.argv[2]
font.save(sys.argv[1])
