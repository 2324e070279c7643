"""Makes a lighter Noto Color Emoji: the same glyphs, each bitmap in 32 colours.

Usage: emoji.py NotoColorEmoji.ttf OUT.ttf   (needs fonttools and pngquant)
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from fontTools.ttLib import TTFont


def quantised(png):
    done = subprocess.run(
        ["pngquant", "32", "--speed", "1", "--strip", "--nofs", "-"],
        input=png, capture_output=True, check=True)
    return done.stdout if len(done.stdout) < len(png) else png


font = TTFont(sys.argv[1], recalcTimestamp=False)
for strike in font["CBDT"].strikeData:
    with ThreadPoolExecutor() as pool:
        names = list(strike)
        for name, png in zip(names, pool.map(quantised, [strike[n].imageData for n in names])):
            strike[name].imageData = png
font.save(sys.argv[2])
