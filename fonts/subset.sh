#!/usr/bin/env bash
# Makes files/NotoSansCJKkr-Bold-subset.otf from Debian's fonts-noto-cjk (Noto Sans CJK 2.004) with
# Debian's fonttools (4.38): the Korean font of the collection, all unified ideographs of the first
# block, kana, Bopomofo, CJK punctuation, squared and full-width forms; regional forms (locl) kept.
set -euo pipefail
cd "$(dirname "$0")"
pyftsubset /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc --font-number=1 \
  --unicodes=U+2E80-303F,U+3041-30FF,U+3105-312F,U+3131-318E,U+31F0-31FF,U+3200-33FF,U+4E00-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF01-FFEF \
  --layout-features=kern,locl,ccmp,liga,calt,mark,mkmk,palt --no-hinting \
  --drop-tables+=vhea,vmtx,VORG,BASE --output-file=files/NotoSansCJKkr-Bold-subset.otf
