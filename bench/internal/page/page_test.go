package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrite: the part of one command is replaced, and nothing else. A page without the part stays as it is.
func TestWrite(t *testing.T) {
	const before = "# Page\n<!-- begin: make a -->\nold\n<!-- end -->\ntext\n<!-- begin: make b -->\nother\n<!-- end -->\nend\n"
	file := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, "make a", "new\nlines"); err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(file)
	if want := strings.Replace(before, "old", "new\nlines", 1); string(raw) != want {
		t.Errorf("%s", raw)
	}
	if err := Write(file, "make c", "new"); err == nil {
		t.Error("a part that does not exist was written")
	}
	if again, _ := os.ReadFile(file); string(again) != string(raw) {
		t.Errorf("%s", again)
	}
}

func TestMachineIsOneLine(t *testing.T) {
	if m := Machine(); strings.Contains(m, "\n") || !strings.Contains(m, "cores") {
		t.Errorf("%q", m)
	}
}
