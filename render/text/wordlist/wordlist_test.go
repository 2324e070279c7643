package wordlist

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

func TestEveryListIsRead(t *testing.T) {
	for name := range lists {
		list, err := read(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes := 2*len(list.labels) + 4*len(list.first) + len(list.costs); bytes > 3<<20 {
			t.Errorf("%s takes %d bytes", name, bytes)
		}
	}
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		cjk        bool
		text, want string
	}{
		{true, "双方会晤后稀土出口取得突破", "双方|会晤|后|稀土|出口|取得|突破"},
		{true, "花蓮發生五級地震", "花蓮|發生|五級|地震"},
		{true, "グアテマラコーヒー農園", "グアテマラ|コーヒー|農園"},
		{true, "A社はクアトロン社", "A|社|は|クアトロン|社"},
		{false, "双方会晤", "双|方|会|晤"},
		{false, "มีผู้เสียชีวิต 12 ราย", "มี|ผู้|เสีย|ชีวิต| |1|2| |ราย"},
		{false, "ฯลฯ และอื่นๆอีก", "ฯลฯ| |และ|อื่นๆ|อีก"},
		{false, "ປະເທດລາວສະຫງົບ", "ປະເທດ|ລາວ|ສະຫງົບ"},
		{false, "កម្ពុជានិងថៃ", "កម្ពុជា|និង|ថៃ"},
		{false, "မြန်မာနိုင်ငံ", "မြန်မာနိုင်ငံ"},
		{false, "กทม. 31 ม.ค.", "กทม|.| |3|1| |ม|.|ค|."},
		{false, "", ""},
	} {
		if got := split(tt.text, tt.cjk); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func split(text string, cjk bool) string {
	var b strings.Builder
	runes := []rune(text)
	inside := Inside(runes, cjk)
	for i, r := range runes {
		if i > 0 && !inside[i] {
			b.WriteByte('|')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestAgreesWithSegmenter compares the words with those of Intl.Segmenter (node 20), in a thousand headlines.
func TestAgreesWithSegmenter(t *testing.T) {
	f, err := os.Open("testdata/headlines.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	headlines := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		lang, words, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			continue
		}
		headlines++
		var runes []rune
		begins := map[int]bool{}
		for word := range strings.SplitSeq(words, "\u200b") {
			begins[len(runes)] = true
			runes = append(runes, []rune(word)...)
		}
		inside := Inside(runes, lang != "th")
		for i := 1; i < len(runes); i++ {
			if written(runes[i-1]) && written(runes[i]) && inside[i] == begins[i] {
				t.Errorf("%s: %q, want %q", lang, split(string(runes), lang != "th"), strings.ReplaceAll(words, "\u200b", "|"))
				break
			}
		}
	}
	if headlines != 1000 {
		t.Errorf("%d headlines", headlines)
	}
}

// written reports whether r is of a script whose words are in the lists.
func written(r rune) bool { return isCJK(r) || IsUnspaced(r) }

func TestDamagedLists(t *testing.T) {
	for name, raw := range map[string]string{
		"empty": "", "no nodes": "\x00\x00\x00\x00", "short": "\x02\x00\x00\x00ab", "too many children": "\x01\x00\x00\x00\x00\x00\x00\x01\x00",
	} {
		if _, err := parse([]byte(raw)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
