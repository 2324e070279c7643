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

# A serif for headlines: Latin in a cut for large and one for small sizes, and its mates.
for font in NotoSerifDisplay NotoSerif NotoSerifHebrew NotoSerifThai NotoNaskhArabic; do
  cp "$noto/$font-Bold.ttf" "$work"
done
for font in "$work"/Noto*.ttf; do
  /usr/bin/python3 unhint.py "$font" "$font"
done

# Arrows, mathematical operators and technical signs that no other font has.
pyftsubset "$noto/NotoSansMath-Regular.ttf" --unicodes=U+2190-23FF,U+27F0-297F,U+2B0E-2B4C \
  --layout-features=kern,ccmp --no-hinting --drop-tables+=MATH --output-file="$work/NotoSansMath-Regular-subset.ttf"

# The Korean font of the collection: the ideographs of the first block and those of ideographs.txt, kana, Bopomofo,
# punctuation, arrows, enclosed and squared forms; regional forms (locl) kept.
pyftsubset /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc --font-number=1 \
  --text-file=ideographs.txt \
  --unicodes=U+007E,U+2010-2027,U+2030-205E,U+2100-22FF,U+2460-27BF,U+2E80-303F,U+3041-30FF,U+3105-312F,U+3131-318E,U+31F0-31FF,U+3200-33FF,U+4E00-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF01-FFEF,U+1F100-1F1FF,U+1F200-1F265 \
  --layout-features=kern,locl,ccmp,liga,calt,mark,mkmk,palt,ljmo,vjmo,tjmo --no-hinting --drop-tables+=vhea,vmtx,VORG,BASE \
  --output-file="$work/NotoSansCJKkr-Bold-subset.otf"
/usr/bin/python3 tilde.py "$work/NotoSansCJKkr-Bold-subset.otf"

# The serif's Hangul, with the Hanja that headlines abbreviate with and the signs of units.
pyftsubset /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc --font-number=1 --text-file=hanja.txt \
  --unicodes=U+007E,U+2010-2027,U+2030-205E,U+2100-214F,U+2190-2199,U+2460-249B,U+25A0-25FF,U+3000-303F,U+3131-318E,U+3200-33FF,U+AC00-D7A3,U+FF01-FF5E \
  --layout-features=kern,locl,ccmp,liga,palt --no-hinting --drop-tables+=vhea,vmtx,VORG,BASE \
  --output-file="$work/NotoSerifCJKkr-Bold-subset.otf"
/usr/bin/python3 tilde.py "$work/NotoSerifCJKkr-Bold-subset.otf"

# The serif's ideographs and kana for Japanese and Chinese, apart from the Hangul: a text needs one of them.
pyftsubset /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc --font-number=1 --text-file=ideographs-serif.txt \
  --unicodes=U+2E80-2E99,U+3000-303F,U+3041-30FF,U+31F0-31FF,U+3220-3243,U+3280-33FF,U+FE30-FE4F,U+FF01-FF9F \
  --layout-features=kern,locl,ccmp,liga,palt --no-hinting --drop-tables+=vhea,vmtx,VORG,BASE \
  --output-file="$work/NotoSerifCJKkr-Bold-ideographs.otf"
/usr/bin/python3 rename.py "$work/NotoSerifCJKkr-Bold-ideographs.otf" "Noto Serif CJK"

/usr/bin/python3 emoji.py "$noto/NotoColorEmoji.ttf" "$work/NotoColorEmoji.ttf"

rm -f files/*.zst
for font in "$work"/*.?tf; do
  zstd --quiet -19 "$font" -o "files/$(basename "$font").zst"
done
