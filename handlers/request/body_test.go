package request

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHasLoneSurrogate(t *testing.T) {
	for text, want := range map[string]bool{
		`"a"`: false, `"\ud83c\udf0a"`: false, `"\uD83C\uDF0A\ud83c\udf0a"`: false, `"\\ud83c"`: false, `"\\\ud83c"`: true, `"\ud83c"`: true,
		`"\udf0a\ud83c"`: true, `"\ud83cx\udf0a"`: true, `"\ud83c\\udf0a"`: true, `"\ud83c\n\udf0a"`: true, `"\ufffd"`: false, `"\u00e9\ud83c\udf0a"`: false,
		`"\ud83c\udf0a\ud83c"`: true, `"\ud8`: false, `\`: false,
	} {
		if got := hasLoneSurrogate([]byte(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

// FuzzHasLoneSurrogate: in valid JSON it finds what encoding/json replaces.
func FuzzHasLoneSurrogate(f *testing.F) {
	f.Add(`\ud83c\udf0a`)
	f.Add(`\\\ud83c \udf0a`)
	f.Fuzz(func(t *testing.T, inner string) {
		raw := []byte(`"` + inner + `"`)
		var text string
		if !utf8.Valid(raw) || json.Unmarshal(raw, &text) != nil {
			t.Skip()
		}
		given := strings.Count(inner, "\ufffd") + strings.Count(strings.ReplaceAll(strings.ToLower(inner), `\\`, ""), `\ufffd`)
		if replaced := strings.Count(text, "\ufffd") > given; replaced != hasLoneSurrogate(raw) {
			t.Errorf("%q: %q", inner, text)
		}
	})
}
