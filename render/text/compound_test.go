package text

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestPlacesOfWords compares the places for hyphens in long words with those of a table: "-" where a syllable begins,
// "~" where one does after two letters or between two vowels, "=" where a part of a compound begins.
func TestPlacesOfWords(t *testing.T) {
	file, err := os.Open("testdata/hyphens.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	words, languages := 0, map[string]bool{}
	for in := bufio.NewScanner(file); in.Scan(); {
		fields := strings.Fields(in.Text())
		for _, want := range fields[1:] {
			words++
			languages[fields[0]] = true
			if got := placesOf(fields[0], strings.NewReplacer("-", "", "=", "", "~", "").Replace(want)); got != want {
				t.Errorf("%s: %s, want %s", fields[0], got, want)
			}
		}
	}
	if words < 300 || len(languages) < 15 {
		t.Errorf("%d words in %d languages", words, len(languages))
	}
}

// placesOf returns a word with its places.
func placesOf(lang, word string) string {
	sh := read(Paragraph{Text: word}, Style{Lang: lang})
	marks := map[place]string{poor: "~", besideJoint: "-", syllable: "-", joint: "="}
	var b strings.Builder
	for i, r := range sh.runes {
		b.WriteString(marks[sh.placeAt(i)])
		b.WriteRune(r)
	}
	return b.String()
}

// TestUnhyphenated: words with digits, names and acronyms in capitals, addresses and handles have no places; in a text in
// capitals words have them.
func TestUnhyphenated(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Die BUNDESVERFASSUNGSGERICHT Akte", "Die BUNDESVERFASSUNGSGERICHT Akte"},
		{"BUNDESVERFASSUNGSGERICHT", "BUN-DES=VER-FAS-SUNGS=GERICHT"},
		{"Bundesgericht2000", "Bundesgericht2000"}, {"3Bundesgericht", "3Bundesgericht"},
		{"100-Meter-Europameisterin", "100-Me~ter-Eu~ropa=meis-te-rin"},
	} {
		if got := placesOf("de", tt.text); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

// TestHyphensInHeadlines sets headlines in narrow boxes: compounds part at their joints, other words where a syllable
// begins, and addresses and numbers without a hyphen.
func TestHyphensInHeadlines(t *testing.T) {
	s := setter(t)
	steps := []Step{{SizePx: 62, MaxLines: 5}, {SizePx: 56, MaxLines: 5}, {SizePx: 50, MaxLines: 5}, {SizePx: 44, MaxLines: 5}, {SizePx: 39, MaxLines: 6}, {SizePx: 35, MaxLines: 6}}
	for _, tt := range []struct{ lang, text, line string }{
		{"de", "Bundesverfassungsgericht kippt das Gesetz", "Bundes-"},
		{"de", "Das Wissenschaftsministerium prüft", "Wissenschafts-"},
		{"nl", "Gemeenteraadsverkiezingen uitgesteld", "Gemeenteraads-"},
		{"sv", "Socialförsäkringssystemet görs om", "Socialförsäkrings-"},
		{"da", "Arbejdsmarkedspolitikken ændres", "Arbejdsmarkeds-"},
		{"nb", "Regjeringsforhandlingene stanser", "Regjerings-"},
		{"fi", "Ulkoministeriön turvallisuuspolitiikka", "turvallisuus-"},
	} {
		b := s.Fit(Paragraph{Text: tt.text}, steps, Style{Weight: display.Weight, Display: true, Lang: tt.lang}, Box{WidthPx: 520})
		if !strings.Contains(strings.Join(texts(b), "\n")+"\n", tt.line+"\n") {
			t.Errorf("%v px %q, want %q", b.SizePx, texts(b), tt.line)
		}
	}
}
