package text

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-text/typesetting/bidi"
)

// The files of testdata/unicode are run against the functions that set headlines.

// eachLine calls visit with the lines of one of Unicode's files, without comments.
func eachLine(t *testing.T, name string, visit func(line string)) {
	t.Helper()
	file, err := os.Open("testdata/unicode/" + name + ".gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	in := bufio.NewScanner(unpacked)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		line, _, _ := strings.Cut(in.Text(), "#")
		if line = strings.TrimSpace(line); line != "" {
			visit(line)
			n++
		}
	}
	if err := in.Err(); err != nil || n < 700 {
		t.Fatalf("%s: %d lines, %v", name, n, err)
	}
}

func codePoints(t *testing.T, s string) []rune {
	t.Helper()
	var runes []rune
	for hex := range strings.FieldsSeq(s) {
		r, err := strconv.ParseInt(hex, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		runes = append(runes, rune(r))
	}
	return runes
}

func TestLineBreakTest(t *testing.T) {
	boundaries(t, "LineBreakTest.txt", func(sh *shaped) []bool { return sh.lineBreaks })
}

func TestGraphemeBreakTest(t *testing.T) {
	boundaries(t, "GraphemeBreakTest.txt", func(sh *shaped) []bool { return sh.graphemes })
}

func boundaries(t *testing.T, file string, found func(*shaped) []bool) {
	e := new(engines).get()
	eachLine(t, file, func(line string) {
		var want []bool
		for mark := range strings.FieldsSeq(line) {
			if mark == "÷" || mark == "×" {
				want = append(want, mark == "÷")
			}
		}
		sh := &shaped{runes: codePoints(t, strings.NewReplacer("÷", "", "×", "").Replace(line))}
		sh.findBoundaries(e)
		if got := found(sh); !slices.Equal(got[1:len(sh.runes)], want[1:len(want)-1]) {
			t.Errorf("%s: got %v", line, got)
		}
	})
}

// sample has a character of each class of BidiTest. It has no paragraph separators: a headline is one paragraph, in
// which they have been replaced with spaces.
var sample = map[string]rune{
	"L": 'a', "R": 'א', "AL": 'ع', "EN": '1', "ES": '+', "ET": '$', "AN": '٠', "CS": ',', "NSM": '\u0300', "BN": '\u00ad',
	"S": '\t', "WS": ' ', "ON": '!', "LRE": '\u202a', "RLE": '\u202b', "PDF": '\u202c', "LRO": '\u202d', "RLO": '\u202e',
	"LRI": '\u2066', "RLI": '\u2067', "FSI": '\u2068', "PDI": '\u2069',
}

func TestBidiTest(t *testing.T) {
	t.Parallel()
	e := new(engines).get()
	var levels, order []int
	faults := 0
	eachLine(t, "BidiTest.txt", func(line string) {
		if rest, ok := strings.CutPrefix(line, "@Levels:"); ok {
			levels = numbers(rest)
			return
		}
		if rest, ok := strings.CutPrefix(line, "@Reorder:"); ok {
			order = numbers(rest)
			return
		}
		classes, bits, _ := strings.Cut(line, ";")
		var runes []rune
		for class := range strings.FieldsSeq(classes) {
			if class == "B" {
				return
			}
			runes = append(runes, sample[class])
		}
		ways, _ := strconv.Atoi(strings.TrimSpace(bits))
		for way, dir := range map[int]Direction{1: directionOf("", runes), 2: LeftToRight, 4: RightToLeft} {
			if ways&way != 0 {
				if fault := bidiFault(e, runes, dir, levels, order); fault != "" && faults < 10 {
					faults++
					t.Errorf("%s way %d: %s", line, way, fault)
				}
			}
		}
	})
}

func TestBidiCharacterTest(t *testing.T) {
	t.Parallel()
	e := new(engines).get()
	eachLine(t, "BidiCharacterTest.txt", func(line string) {
		f := strings.Split(line, ";")
		runes := codePoints(t, f[0])
		if slices.Contains(runes, '\u2029') {
			return
		}
		dir := directionOf("", runes)
		if f[1] != "2" {
			dir = Direction(f[1][0] - '0')
		}
		if int(dir) != int(f[2][0]-'0') {
			t.Errorf("%s: paragraph is %s", line, dir)
			return
		}
		if fault := bidiFault(e, runes, dir, numbers(f[3]), numbers(f[4])); fault != "" {
			t.Errorf("%s: %s", line, fault)
		}
	})
}

// removed represents "x", the level of a character that rule X9 removes.
const removed = -1

func numbers(s string) (all []int) {
	for field := range strings.FieldsSeq(s) {
		n, err := strconv.Atoi(field)
		if err != nil {
			n = removed
		}
		all = append(all, n)
	}
	return all
}

// bidiFault compares the levels and the visual order with those in Unicode's files.
func bidiFault(e *engine, runes []rune, dir Direction, levels, order []int) string {
	got := e.levels(runes, dir)
	var kept []bidi.Level
	var at []int
	for i, want := range levels {
		if want == removed {
			continue
		}
		if int(got[i]) != want {
			return fmt.Sprintf("levels %v, want %v", got, levels)
		}
		kept, at = append(kept, got[i]), append(at, i)
	}
	seen := visual(kept)
	for i := range seen {
		seen[i] = at[seen[i]]
	}
	if !slices.Equal(seen, order) {
		return fmt.Sprintf("order %v, want %v", seen, order)
	}
	return ""
}
