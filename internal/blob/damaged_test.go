package blob

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// damages are ways in which a file can be damaged.
var damages = map[string]func([]byte) []byte{
	"a flipped bit": func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
	"a cut end":     func(b []byte) []byte { return b[:len(b)-1] },
	"an empty file": func([]byte) []byte { return nil },
	"a long tail":   func(b []byte) []byte { return append(b, 'x') },
}

// spoil damages the blob of the key on a disk in dir, and returns the damaged file.
func spoil(t *testing.T, dir, key string, damage func([]byte) []byte) []byte {
	t.Helper()
	_, file, err := place(key)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	raw = damage(raw)
	if err := os.WriteFile(filepath.Join(dir, file), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestDamageOfWhatCannotBeProducedAgain: a damaged original is put aside as it is and logged once. Until it is stored
// anew, it counts as damaged, and afterwards it is as before. It is neither listed nor confused with another.
func TestDamageOfWhatCannotBeProducedAgain(t *testing.T) {
	for why, damage := range damages {
		dir, logged := t.TempDir(), &bytes.Buffer{}
		d, err := NewDisk(dir, DiskOptions{Log: slog.New(slog.NewTextHandler(logged, nil))})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		for round := 1; round <= 2; round++ {
			if err := d.Put(t.Context(), "photo-1", []byte("data")); err != nil {
				t.Fatal(err)
			}
			if err := d.Put(t.Context(), "photo-10", []byte("other")); err != nil {
				t.Fatal(err)
			}
			raw := spoil(t, dir, "photo-1", damage)
			for range 3 {
				if _, err := d.Get(t.Context(), "photo-1"); !errors.Is(err, ErrDamaged) || !errors.Is(err, ErrNotFound) {
					t.Errorf("%s: %v", why, err)
				}
			}
			if there, err := d.Has(t.Context(), "photo-1"); there || err != nil {
				t.Errorf("%s: there %t, %v", why, there, err)
			}
			aside, err := filepath.Glob(filepath.Join(dir, "damaged", "photo-1~*"))
			if err != nil || len(aside) != round || strings.Count(logged.String(), "level=ERROR") != round {
				t.Fatalf("%s: %v, %v, logged %s", why, aside, err, logged)
			}
			found := 0
			for _, file := range aside {
				if kept, err := os.ReadFile(file); err == nil && bytes.Equal(kept, raw) && strings.Contains(logged.String(), file) {
					found++
				}
			}
			if found == 0 {
				t.Errorf("%s: the damaged bytes are in none of %v; logged %s", why, aside, logged)
			}
			if got, err := d.Get(t.Context(), "photo-10"); err != nil || string(got) != "other" {
				t.Errorf("%s: the other: %q, %v", why, got, err)
			}
			listed := ""
			for info, err := range d.List(t.Context(), "") {
				listed += fmt.Sprint(info.Key, err, " ")
			}
			if listed != "photo-10<nil> " {
				t.Errorf("%s: listed %s", why, listed)
			}
		}
		if err := d.Put(t.Context(), "photo-1", []byte("data")); err != nil {
			t.Fatal(err)
		}
		if got, err := d.Get(t.Context(), "photo-1"); err != nil || string(got) != "data" {
			t.Errorf("%s: stored anew: %q, %v", why, got, err)
		}
	}
}
