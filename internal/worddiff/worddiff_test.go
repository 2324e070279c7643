package worddiff

import (
	"strings"
	"testing"
)

// shown writes a comparison as text: [-gone-] and {+new+}.
func shown(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		switch p.Op {
		case Gone:
			b.WriteString("[-" + p.Text + "-]")
		case New:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	for _, tt := range []struct{ before, after, want string }{
		{"", "", ""},
		{"Storm over", "Storm over", "Storm over"},
		{"", "Storm over", "{+Storm over+}"},
		{"Storm over", "", "[-Storm over-]"},
		{"Storm stalls over the coast", "Storm stalls off the coast", "Storm stalls [-over -]{+off +}the coast"},
		{"Storm over", "The storm is over", "[-Storm -]{+The storm is +}over"},
		{"Ferries stay in", "Ferries stay in port", "Ferries stay in {+port+}"},
		{"one two three four", "one 2 three 4", "one [-two -]{+2 +}three [-four-]{+4+}"},
		{"11 boats, 4 in", "12 boats, 4 in", "[-11 -]{+12 +}boats, 4 in"},
		{"기록은 남는다", "기록이 남는다", "[-기록은 -]{+기록이 +}남는다"},
		{"東京で大雨", "東京で大雪", "東京で大[-雨-]{+雪+}"},
		{"العاصفة تقترب", "العاصفة تبتعد", "العاصفة [-تقترب-]{+تبتعد+}"},
		{"a a a", "a a", "a a[-a-]"},
	} {
		if got := shown(Compare(tt.before, tt.after)); got != tt.want {
			t.Errorf("%q to %q: %s, want %s", tt.before, tt.after, got, tt.want)
		}
	}
}

// FuzzCompare: both texts can be read from the comparison, but for white space.
func FuzzCompare(f *testing.F) {
	f.Add("Storm stalls over the coast", "Storm stalls off the coast")
	f.Add("東京で大雨", "東京で 大雪")
	f.Add(strings.Repeat("a b ", 900), strings.Repeat("c d ", 900))
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	f.Fuzz(func(t *testing.T, before, after string) {
		var was, is strings.Builder
		for i, p := range Compare(before, after) {
			if p.Text == "" {
				t.Errorf("part %d is empty", i)
			}
			if p.Op != New {
				was.WriteString(p.Text)
			}
			if p.Op != Gone {
				is.WriteString(p.Text)
			}
		}
		if squeeze(was.String()) != squeeze(before) || squeeze(is.String()) != squeeze(after) {
			t.Errorf("%q to %q: %+v", before, after, Compare(before, after))
		}
	})
}
