package text

import (
	"bufio"
	"bytes"
	"image"
	"image/png"
	"os"
	"strconv"
	"strings"
	"testing"
)

// emojiTest is Unicode's list of all emoji that keyboards offer, from Debian's package unicode-data.
const emojiTest = "/usr/share/unicode/emoji/emoji-test.txt"

// TestEveryEmojiIsOneGlyphInColour sets each fully qualified sequence of Unicode's list.
func TestEveryEmojiIsOneGlyphInColour(t *testing.T) {
	list, err := os.Open(emojiTest)
	if err != nil {
		t.Skipf("NOT RUN: %v (install unicode-data)", err)
	}
	defer list.Close()
	s, sets := setter(t), 0
	face := s.set.Emoji().GetFace()
	for lines := bufio.NewScanner(list); lines.Scan(); {
		codes, rest, _ := strings.Cut(lines.Text(), ";")
		if !strings.HasPrefix(strings.TrimSpace(rest), "fully-qualified") {
			continue
		}
		var emoji strings.Builder
		for code := range strings.FieldsSeq(codes) {
			r, err := strconv.ParseUint(code, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			emoji.WriteRune(rune(r))
		}
		b := s.Fit(Paragraph{Text: "a" + emoji.String() + "b"}, []Step{{SizePx: 60}}, display, Box{WidthPx: 1000})
		g := b.Lines[0].glyphs
		if len(g) != 3 || g[1].font != s.set.Emoji() || len(b.Missing) > 0 {
			t.Errorf("%s (%s): %d glyphs, missing %q", emoji.String(), codes, len(g), string(b.Missing))
			continue
		}
		picture, _ := face.GlyphDataBitmap(g[1].id)
		if config, err := png.DecodeConfig(bytes.NewReader(picture.Data)); err != nil || config.Width < 100 {
			t.Errorf("%s (%s): its picture is %d wide, %v", emoji.String(), codes, config.Width, err)
		}
		sets++
	}
	if sets < 3000 {
		t.Errorf("%d emoji in the list", sets)
	}
}

func TestEmojiAreOneGlyphInColour(t *testing.T) {
	s := setter(t)
	for _, emoji := range []string{"😀", "❤️", "👍🏽", "👩‍🚀", "👨‍👩‍👧‍👦", "🇰🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "3️⃣", "🏳️‍🌈", "⚽", "⭐", "☔"} {
		b := s.Fit(Paragraph{Text: "a" + emoji + "b"}, []Step{{SizePx: 60}}, display, Box{WidthPx: 1000})
		line := b.Lines[0]
		if len(line.glyphs) != 3 || line.glyphs[1].font != s.set.Emoji() || len(b.Missing) > 0 {
			t.Errorf("%s: %d glyphs, missing %q", emoji, len(line.glyphs), string(b.Missing))
			continue
		}
		picture := s.masks.mask(maskKey{font: s.set.Emoji(), id: line.glyphs[1].id, size: 60 * 64})
		seen := 0
		for i := 0; i < len(picture.pix); i += 4 {
			if picture.pix[i+3] > 128 {
				seen++
			}
		}
		if !picture.colour || seen < 400 {
			t.Errorf("%s: %d pixels are seen", emoji, seen)
		}
	}
	for _, plain := range []string{"❤\ufe0e", "3", "#", "©", "→", "㈜", "①"} {
		b := s.Fit(Paragraph{Text: plain}, []Step{{SizePx: 60}}, display, Box{WidthPx: 1000})
		if g := b.Lines[0].glyphs[0]; g.font == nil || g.font == s.set.Emoji() {
			t.Errorf("%q is drawn by %+v", plain, g.font)
		}
	}
}

func TestEmojiScaleWithoutLoss(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 136, 128))
	for i := range src.Pix {
		src.Pix[i] = 200
	}
	for _, size := range []image.Point{{20, 19}, {136, 128}, {135, 127}, {300, 282}, {1, 1}} {
		for i, v := range resize(src, size) {
			if v != 200 {
				t.Fatalf("at %v an even ground has %d at %d", size, v, i)
			}
		}
	}
}
