package cards_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSQLiteHasItsLibc: modernc.org/sqlite is translated for one version of modernc.org/libc, and may corrupt
// data with another.
func TestSQLiteHasItsLibc(t *testing.T) {
	goMod, err := os.ReadFile(filepath.Join(strings.TrimSpace(goList(t, "-m", "-f", "{{.Dir}}", "modernc.org/sqlite")), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindSubmatch(goMod)
	if asked == nil {
		t.Fatal("modernc.org/sqlite names no libc")
	}
	if used := strings.TrimSpace(goList(t, "-m", "-f", "{{.Version}}", "modernc.org/libc")); used != string(asked[1]) {
		t.Errorf("modernc.org/libc is %s; sqlite needs %s", used, asked[1])
	}
}
