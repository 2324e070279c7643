package text

import (
	"bufio"
	"bytes"
	"image/png"
	"os"
	"strconv"
	"strings"
	"testing"
)

// emojiTest lists every emoji that keyboards offer; Debian's package unicode-data has it.
const emojiTest = "/usr/share/unicode/emoji/emoji-test.txt"

// TestEveryEmojiIsOneGlyphInColour sets each fully qualified sequence of Unicode's list.
func TestEveryEmojiIsOneGlyphInColour(t *testing.T) {
	list, err := os.Open(emojiTest)
	if err != nil {
		t.Skipf("NOT RUN: %v (install unicode-data)", err)
	}
	defer list.Close()
	s, sets := setter(t), 0
	face := s.set.Emoji().Take()
	for lines := bufio.NewScanner(list); lines.Scan(); {
		codes, rest, _ := strings.Cut(lines.Text(), ";")
		if !strings.HasPrefix(strings.TrimSpace(rest), "fully-qualified") {
			continue
		}
		var emoji strings.Builder
		for _, code := range strings.Fields(codes) {
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
