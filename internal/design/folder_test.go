package design

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestFolderReloads changes the folder: good files are taken up, and a fault leaves what was and is
// logged once.
func TestFolderReloads(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "harbor.toml")
	write := func(text string, changed time.Time) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, changed, changed); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := OpenFolder(dir, families)
	if err != nil {
		t.Fatal(err)
	}
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, nil))
	now := time.Now()
	write(colors, now)
	folder.Reload(t.Context(), log)
	theme, ok := folder.Current().Theme("harbor", "", "")
	if !ok {
		t.Fatalf("the new theme is not taken up: %s", logged.String())
	}
	write("[colors\n", now.Add(time.Hour))
	folder.Reload(t.Context(), log)
	if now, ok := folder.Current().Theme("harbor", "", ""); !ok || now != theme || !strings.Contains(logged.String(), "harbor.toml:1:8") {
		t.Errorf("a fault changed the theme, or was not logged: %s", logged.String())
	}
	size := logged.Len()
	folder.Reload(t.Context(), log)
	if logged.Len() != size {
		t.Error("a fault is logged again and again")
	}
}
