package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/audit"
)

// TestAuditsAreBounded: an audit checks no more stories than it may, and reads no file that is too large.
func TestAuditsAreBounded(t *testing.T) {
	var found []auditable
	for i := range maxStories + 10 {
		found = append(found, auditable{name: fmt.Sprint("https://news.example/", i)})
	}
	found = append(found, found[0])
	if got, distinct := (auditCommand{}).chosen(found); len(got) != maxStories || distinct != maxStories+10 || got[1].name != found[1].name {
		t.Errorf("%d of %d stories", len(got), distinct)
	}
	if got, _ := (auditCommand{Sample: 5000}).chosen(found); len(got) != maxStories {
		t.Errorf("a large sample: %d stories", len(got))
	}
	sample, _ := (auditCommand{Sample: 7}).chosen(found)
	if again, _ := (auditCommand{Sample: 7}).chosen(found); len(sample) != 7 || fmt.Sprint(namesOf(sample)) != fmt.Sprint(namesOf(again)) {
		t.Errorf("samples %v and %v", namesOf(sample), namesOf(again))
	}
	if got, distinct := (auditCommand{}).chosen(append(found[:2:2], found[0])); len(got) != 2 || distinct != 2 {
		t.Errorf("a story that is named twice: %d stories", len(got))
	}
	large := filepath.Join(t.TempDir(), "large.json")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxInput+1); err != nil {
		t.Fatal(err)
	}
	if _, err := readStories(large); err == nil || !strings.Contains(err.Error(), "MiB") {
		t.Errorf("a large file: %v", err)
	}
}

func namesOf(all []auditable) (names []string) {
	for _, a := range all {
		names = append(names, a.name)
	}
	return names
}

// TestReportsAreInOrder, whichever story is checked first, and each is counted.
func TestReportsAreInOrder(t *testing.T) {
	var all []auditable
	second := make(chan struct{})
	for i := range 5 {
		all = append(all, auditable{fmt.Sprint(i), func(context.Context) audit.Report {
			switch i {
			case 0:
				<-second
			case 1:
				defer close(second)
			}
			return audit.Report{Story: fmt.Sprint(i)}
		}})
	}
	var out bytes.Buffer
	o := newAuditOutput(stdio{&out, &out}, false, false)
	checkAll(t.Context(), all, o.add)
	if err := o.end(0); err != nil || out.String() != "0: clean\n1: clean\n2: clean\n3: clean\n4: clean\n5 stories checked, all clean\n" {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestReadStories(t *testing.T) {
	const one = `{"url":"https://news.example/a","headline":"A"}`
	for _, tt := range []struct {
		name, file      string
		pages, articles int
		fails           string
	}{
		{"one", one, 0, 1, ""},
		{"after a byte order mark", "\ufeff\n " + one, 0, 1, ""},
		{"one after the other", one + "\n" + one, 0, 2, ""},
		{"a list", "[" + one + "," + one + "]\n" + one, 0, 3, ""},
		{"addresses", "# pages\r\nhttps://news.example/a\r\n\n http://news.example/b ", 2, 0, ""},
		{"nothing", "", 0, 0, ""},
		{"an unknown field", "[" + one + `,{"headlin":"A"}]`, 0, 0, "#2: headlin"},
		{"no JSON", "{", 0, 0, "no valid JSON"},
		{"words", "https://news.example/a\nwords", 0, 0, ":2: \"words\" is no URL"},
	} {
		path := filepath.Join(t.TempDir(), "in")
		if err := os.WriteFile(path, []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readStories(path)
		if len(got.pages) != tt.pages || len(got.articles) != tt.articles || (err != nil) != (tt.fails != "") ||
			err != nil && !strings.Contains(err.Error(), tt.fails) {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
}
