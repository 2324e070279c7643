package lenient

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " Tom &amp; Jerry\n<b>today</b> ": "Tom & Jerry today", "a\x00b\xff": "a b", strings.Repeat("가", 99): strings.Repeat("가", 20),
	} {
		if got := Line(in, 20); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLang(t *testing.T) {
	for in, want := range map[string]string{"ko_KR": "ko-KR", " en-us ": "en-US", "und": "", "": "", "not a tag": "", "zh-hant": "zh-Hant"} {
		if got := Lang(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestTime(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-23T09:00:00+09:00": "2026-11-23T00:00:00Z", "2026-11-23T09:00+09:00": "2026-11-23T00:00:00Z",
		"2026-11-23T09:00:00+0900": "2026-11-23T00:00:00Z", " 2026-11-23 ": "2026-11-23T00:00:00Z", "yesterday": "0001-01-01T00:00:00Z",
	} {
		if got := Time(in).UTC().Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
