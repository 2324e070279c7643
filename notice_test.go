package cards_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// noticed are the first words of NOTICE's lists.
func noticed(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(text)) {
		if entry, ok := strings.CutPrefix(line, "  "); ok {
			names = append(names, strings.Fields(entry)[0])
		}
	}
	return names
}

// TestNoticeNamesModules: each module compiled into the command has its line and licence, and none besides.
func TestNoticeNamesModules(t *testing.T) {
	t.Setenv("GOOS", "linux") // what is compiled in differs a little from system to system
	t.Setenv("CGO_ENABLED", "0")
	const path = `{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}`
	compiled := strings.Fields(goList(t, "-deps", "-f", path, "./cmd/cards"))
	slices.Sort(compiled)
	compiled = slices.Compact(compiled)
	names := noticed(t)
	for _, module := range compiled {
		if !slices.Contains(names, module) {
			t.Errorf("NOTICE does not name %s", module)
		}
	}
	for _, name := range names {
		if host, _, isPath := strings.Cut(name, "/"); isPath && strings.Contains(host, ".") && !slices.Contains(compiled, name) {
			t.Errorf("NOTICE names %s, which is not compiled in", name)
		}
	}
}

// TestNoticeNamesFonts: so has each embedded font.
func TestNoticeNamesFonts(t *testing.T) {
	files, err := filepath.Glob("fonts/files/*.zst")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fonts: %v", err)
	}
	names := noticed(t)
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		if !slices.Contains(names, name) {
			t.Errorf("NOTICE does not name %s", name)
		}
	}
	for _, name := range names {
		if !strings.HasPrefix(name, "Noto") && !strings.HasPrefix(name, "Pretendard") {
			continue
		}
		if found, _ := filepath.Glob("fonts/files/" + name + ".*"); len(found) != 1 {
			t.Errorf("NOTICE names the font %s, which is not embedded", name)
		}
	}
}
