#!/usr/bin/env bash
# Builds files/*.zst from Debian 12 (fonts-noto-cjk, fonts-noto-core, fonts-noto-color-emoji; the tools
# fonttools, python3, pngquant, zstd) and npm (pretendard). README.md in this folder describes each file.
set -euo pipefail
cd "$(dirname "$0")"
noto=/usr/share/fonts/truetype/noto
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack --silent pretendard@1.3.9 && tar xzf pretendard-1.3.9.tgz)
for weight in ExtraBold Bold Medium; do
  cp "$work/package/dist/public/static/Pretendard-$weight.otf" "$work"
done

for script in '' Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao \
  Malayalam Myanmar Oriya Sinhala Symbols Tamil Telugu Thaana Thai; do
  cp "$noto/NotoSans$script-Bold.ttf" "$work"
done
cp "$noto/NotoSansSymbols2-Regular.ttf" "$work"

# The Korean font of the collection: the ideographs of the first block, kana, Bopomofo, punctuation, arrows,
# enclosed and squared forms; regional forms (locl) kept.
pyftsubset /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc --font-number=1 \
  --unicodes=U+2010-2027,U+2030-205E,U+2100-22FF,U+2460-27BF,U+2E80-303F,U+3041-30FF,U+3105-312F,U+3131-318E,U+31F0-31FF,U+3200-33FF,U+4E00-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF01-FFEF \
  --layout-features=kern,locl,ccmp,liga,calt,mark,mkmk,palt,ljmo,vjmo,tjmo --no-hinting --drop-tables+=vhea,vmtx,VORG,BASE \
  --output-file="$work/NotoSansCJKkr-Bold-subset.otf"

# A serif for headlines: Hangul, and the Hanja that headlines abbreviate with.
cp "$noto/NotoSerifDisplay-Bold.ttf" "$work"
pyftsubset /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc --font-number=1 --text-file=hanja.txt \
  --unicodes=U+2010-2027,U+2030-205E,U+3000-303F,U+3131-318E,U+AC00-D7A3,U+FF01-FF5E \
  --layout-features=kern,locl,ccmp,liga,palt --no-hinting --drop-tables+=vhea,vmtx,VORG,BASE \
  --output-file="$work/NotoSerifCJKkr-Bold-subset.otf"

/usr/bin/python3 emoji.py "$noto/NotoColorEmoji.ttf" "$work/NotoColorEmoji.ttf"

rm -f files/*.zst
for font in "$work"/*.?tf; do
  zstd --quiet -19 "$font" -o "files/$(basename "$font").zst"
done
