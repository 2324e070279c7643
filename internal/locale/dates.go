package locale

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed data/dates.tsv
var dates string

// format is how a language writes a date.
type format struct {
	pattern string   // of CLDR, with y, M, MMM, MMMM, d, dd and text in quotes
	zero    rune     // of its digits
	months  []string // as the pattern needs them
}

var formats = sync.OnceValue(func() map[string]format { return read(dates) })

func read(table string) map[string]format {
	all := map[string]format{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 4 {
			continue // a comment
		}
		f := format{pattern: cells[1], zero: []rune(cells[2])[0]}
		if cells[3] != "" {
			f.months = strings.Split(cells[3], "|")
		}
		all[strings.ToLower(cells[0])] = f
	}
	return all
}

// buddhist is what is added to the year in Thai.
const buddhist = 543

// Date writes a day as newspapers in the language do, with its names of the months, and reports whether the language is
// known. Thai has the years of the Buddhist era.
func Date(lang string, day time.Time) (string, bool) {
	f, ok := find(formats(), lang)
	if !ok {
		return "", false
	}
	year := day.Year()
	if primary, _, _ := strings.Cut(strings.ToLower(lang), "-"); primary == "th" {
		year += buddhist
	}
	var out strings.Builder
	quoted := false
	for rest := f.pattern; rest != ""; {
		c, n := rest[0], 1
		for n < len(rest) && rest[n] == c {
			n++
		}
		switch {
		case c == '\'':
			quoted, n = !quoted, 1
		case quoted || !strings.ContainsRune("yMd", rune(c)):
			out.WriteString(rest[:n])
		case c == 'y':
			out.WriteString(f.number(year, 1))
		case c == 'd':
			out.WriteString(f.number(day.Day(), n))
		case n <= 2:
			out.WriteString(f.number(int(day.Month()), n))
		default:
			out.WriteString(f.months[day.Month()-1])
		}
		rest = rest[n:]
	}
	return out.String(), true
}

// number writes a number in the digits of the format, with at least width of them.
func (f format) number(n, width int) string {
	s := strconv.Itoa(n)
	s = strings.Repeat("0", max(0, width-len(s))) + s
	return strings.Map(func(r rune) rune { return f.zero + r - '0' }, s)
}
