package fsync

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestPath: files and folders can be synced, and what does not exist is an error. That anything reaches the disk is
// tested where it matters, with system calls that fail.
func TestPath(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("A"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, file} {
		if err := Path(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := Path(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
