package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cards.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRead(t *testing.T) {
	path := write(t, `# What this machine is.
addr = "127.0.0.1:8080"
card-cache = 1_000_000

forward-query = false
photo-allow = [
  "cms.example",   # the archive
  "10.1.2.0/24",
]
"click-window" = "5m"
`)
	f, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Names(); !slices.Equal(got, []string{"addr", "card-cache", "forward-query", "photo-allow", "click-window"}) {
		t.Errorf("names: %q", got)
	}
	for name, want := range map[string]any{
		"addr": "127.0.0.1:8080", "card-cache": "1000000", "forward-query": "false",
		"photo-allow": []any{"cms.example", "10.1.2.0/24"}, "click-window": "5m", "drain": nil,
	} {
		if diff := cmp.Diff(want, f.Value(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if got := f.Place("click-window"); got != path+":10" {
		t.Errorf("place: %s", got)
	}
	if f.Public() {
		t.Error("a file of mode 0600 is public")
	}
}

func TestReadFaults(t *testing.T) {
	for text, want := range map[string]string{
		"addr = \"a\"\naddr = \"b\"":              ":2:",
		"addr = ":                                 ":1:",
		"addr 1":                                  ":1:",
		"\n[serve]\naddr = \"a\"":                 ":2: serve must be",
		"[[serve]]\na = 1":                        ":1: serve must be",
		"log.level = \"info\"":                    ":1: log must be",
		"drain = 1.5":                             ":1: drain must be",
		"drain = 10:00:00":                        ":1: drain must be",
		"a = \"b\"\nphoto-allow = [[\"a\"]]":      ":2: photo-allow must be",
		"photo-allow = [1]":                       ":1: photo-allow must be",
		"addr = \"\xff\"":                         ":1:",
		"addr = \"a\" data = \"b\"":               ":1:",
		"share = { kakao-js-key = \"0123\" }":     ":1: share must be",
		strings.Repeat("# too long\n", 100_000):   "at most",
		"oidc-allow = \"\"\"\nnever finished\n\n": ":",
	} {
		path := write(t, text)
		_, err := Read(path)
		if err == nil || !strings.HasPrefix(err.Error(), path) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "toml") && !strings.Contains(path, "toml") {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
	for _, path := range []string{t.TempDir(), filepath.Join(t.TempDir(), "none.toml"), os.DevNull} {
		if _, err := Read(path); err == nil || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestPublicFile(t *testing.T) {
	path := write(t, "addr = \"a:1\"")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if f, err := Read(path); err != nil || !f.Public() {
		t.Errorf("%+v, %v", f, err)
	}
}

// FuzzSettings: no panic, and every setting has a line of the file.
func FuzzSettings(f *testing.F) {
	f.Add([]byte("addr = \"127.0.0.1:8080\"\nphoto-allow = [\"a\", \"b\"]\n[x]\ny = 1\n"))
	f.Add([]byte("a.b = 1\n\"a\" . c = 2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parse("f", data)
		if err != nil {
			return
		}
		lines := strings.Count(string(data), "\n") + 1
		for _, name := range file.Names() {
			if l := file.values[name].line; l < 1 || l > lines || file.Value(name) == nil {
				t.Errorf("%q: line %d of %d: %v", name, l, lines, file.Value(name))
			}
		}
	})
}
