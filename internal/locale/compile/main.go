// Command compile writes the date formats of Unicode CLDR as the table of package locale.
//
//	compile CLDR-DATES CLDR-NUMBERS OUT.tsv
//
// The first two are the folders of npm's cldr-dates-full and cldr-numbers-full.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// row says which of a language's formats is used.
type row struct {
	tag  string
	form string // "medium", "long", or a pattern
	from string // CLDR's name of the language, if it is another
}

// rows are the languages by their tags. Of the two formats with the month's name, the medium one is used where
// newspapers use its abbreviations.
func rows() (all []row) {
	for tag := range strings.FieldsSeq("fr es pt it nl ca ro sv da nb nn ru uk el id ms hu he tr hy zh zh-Hant ko th") {
		all = append(all, row{tag: tag, form: "medium"})
	}
	for tag := range strings.FieldsSeq("af am ar as az be bg bn ckb cs cy de de-AT et eu fa fi ga gl gu hi hy is ja ka " +
		"kk km kn ko lb lo lt lv mk ml mn mr my ne or pa pl ps sk sl sq sw ta te ur vi yo") {
		if !slices.ContainsFunc(all, func(r row) bool { return r.tag == tag }) {
			all = append(all, row{tag: tag, form: "long"})
		}
	}
	const numbers = "d. M. y." // the same for languages that are hard to tell apart
	all = append(all, row{"en", "medium", "en-GB"}, row{"en-US", "medium", "en"}, row{"tl", "long", "fil"},
		row{"bs", numbers, ""}, row{"hr", numbers, ""}, row{"sr", "long", ""}, row{"sr-Latn", numbers, ""})
	slices.SortFunc(all, func(a, b row) int { return strings.Compare(a.tag, b.tag) })
	return all
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: compile CLDR-DATES CLDR-NUMBERS OUT.tsv")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

// run writes, for each language, its tag, the pattern, the zero of its digits, and the names of the months.
func run(dates, numbers, out string) error {
	var table strings.Builder
	table.WriteString("# Generated from Unicode CLDR by internal/locale/compile: language, pattern, zero, months\n")
	for _, r := range rows() {
		line, err := r.line(dates, numbers)
		if err != nil {
			return fmt.Errorf("%s: %w", r.tag, err)
		}
		table.WriteString(line + "\n")
	}
	return os.WriteFile(out, []byte(table.String()), 0o644)
}

// zeros are the zeros of the numbering systems.
var zeros = map[string]rune{"latn": '0', "arab": '٠', "arabext": '۰', "beng": '০', "deva": '०', "mymr": '၀'}

func (r row) line(dates, numbers string) (string, error) {
	name := r.from
	if name == "" {
		name = r.tag
	}
	var d struct {
		Main map[string]struct {
			Dates struct{ Calendars struct{ Gregorian calendar } }
		}
	}
	if err := read(filepath.Join(dates, "main", name, "ca-gregorian.json"), &d); err != nil {
		return "", err
	}
	var n struct {
		Main map[string]struct {
			Numbers struct{ DefaultNumberingSystem string }
		}
	}
	if err := read(filepath.Join(numbers, "main", name, "numbers.json"), &n); err != nil {
		return "", err
	}
	system := n.Main[name].Numbers.DefaultNumberingSystem
	if r.tag == "ar" { // newspapers west of Egypt, and most agencies, write these
		system = "latn"
	}
	zero, ok := zeros[system]
	if !ok {
		return "", fmt.Errorf("digits of %s", system)
	}
	c := d.Main[name].Dates.Calendars.Gregorian
	pattern, months := r.form, []string(nil)
	switch r.form {
	case "medium":
		pattern = text(c.DateFormats["medium"])
	case "long":
		pattern = text(c.DateFormats["long"])
	}
	for i := range 12 {
		switch m := c.Months.Format; {
		case strings.Contains(pattern, "MMMM"):
			months = append(months, m["wide"][strconv.Itoa(i+1)])
		case strings.Contains(pattern, "MMM"):
			months = append(months, m["abbreviated"][strconv.Itoa(i+1)])
		}
	}
	if pattern == "" || slices.Contains(months, "") {
		return "", fmt.Errorf("pattern %q, months %q", pattern, months)
	}
	pattern = strings.ReplaceAll(pattern, "\u202f", "\u00a0") // which every font has
	return strings.Join([]string{r.tag, pattern, string(zero), strings.Join(months, "|")}, "\t"), nil
}

type calendar struct {
	DateFormats map[string]json.RawMessage
	Months      struct {
		Format map[string]map[string]string
	}
}

// text returns a pattern, which CLDR writes as a string, or as an object for dates in other digits.
func text(raw json.RawMessage) (s string) {
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var v struct {
		Value string `json:"_value"`
	}
	_ = json.Unmarshal(raw, &v) // an empty pattern is refused
	return v.Value
}

func read(file string, v any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}
