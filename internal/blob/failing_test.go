package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/blobtest"
	"newsroom.example/cards/internal/fault"
)

// failing returns a disk on a file system that can fail.
func failing(t *testing.T, o blob.DiskOptions) (d *blob.Disk, files *blobtest.FS, dir string) {
	t.Helper()
	files, dir = &blobtest.FS{}, t.TempDir()
	o.Wrap = files.Wrap
	d = disk(t, dir, o)
	files.Calls()
	return d, files, dir
}

// filesOf returns the paths of the files in the folder, relative to it.
func filesOf(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestWhatPutSyncs: a file's data is synced before it is renamed, and its name, and that of a new folder, before Put
// returns. Otherwise a power cut could lose a stored blob.
func TestWhatPutSyncs(t *testing.T) {
	written := []string{"open temp", "write temp", "write temp", "sync temp", "close temp"}
	for name, tt := range map[string]struct {
		noSync, again bool
		want          []string
	}{
		"the first of its folder": {want: slices.Concat(written, []string{
			"rename temp ca/a", "mkdir ca", "rename temp ca/a", "open .", "sync .", "close .", "open ca", "sync ca", "close ca",
		})},
		"in a folder": {again: true, want: slices.Concat(written, []string{
			"rename temp ca/a", "open ca", "sync ca", "close ca",
		})},
		"not to be synced": {noSync: true, again: true, want: []string{
			"open temp", "write temp", "write temp", "close temp", "rename temp ca/a",
		}},
	} {
		d, files, _ := failing(t, blob.DiskOptions{NoSync: tt.noSync})
		puts := 1
		if tt.again {
			puts = 2
		}
		for range puts {
			files.Calls()
			if err := d.Put(t.Context(), "a", []byte("data")); err != nil {
				t.Fatal(err)
			}
		}
		if got := files.Calls(); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// TestPutFails: whichever call fails, Put returns ErrUnavailable and leaves no temporary file. The key keeps its old
// blob or, if only the last fsync failed, has the new one.
func TestPutFails(t *testing.T) {
	for _, call := range []string{
		"open temp", "write temp", "sync temp", "close temp", "rename temp", "mkdir", "sync .", "open ca", "sync ca", "close ca",
	} {
		for _, cause := range []error{syscall.EIO, syscall.ENOSPC} {
			for _, before := range []string{"", "before"} {
				t.Run(fmt.Sprint(call, " ", cause, " ", before), func(t *testing.T) { putFails(t, call, cause, before) })
			}
		}
	}
}

func putFails(t *testing.T, call string, cause error, before string) {
	d, files, dir := failing(t, blob.DiskOptions{})
	if before != "" {
		if err := d.Put(t.Context(), "a", []byte(before)); err != nil {
			t.Fatal(err)
		}
	}
	files.Fail(call, cause)
	err := d.Put(t.Context(), "a", []byte("after"))
	if made := call == "mkdir" || call == "sync ."; made && before != "" {
		if err != nil {
			t.Errorf("in a folder that is there: %v", err)
		}
		return
	}
	if !errors.Is(err, cause) || !errors.Is(err, blob.ErrUnavailable) || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("%v", err)
	}
	files.Fail(call, nil)
	for _, file := range filesOf(t, dir) {
		if file != "ca/a" {
			t.Errorf("%s is left", file)
		}
	}
	got, err := d.Get(t.Context(), "a")
	placed := strings.HasSuffix(call, "ca") || call == "sync ."
	switch {
	case placed && string(got) == "after":
	case !placed && before != "" && string(got) == before:
	case !placed && before == "" && errors.Is(err, blob.ErrNotFound):
	default:
		t.Errorf("%q, %v", got, err)
	}
	if err := d.Put(t.Context(), "a", []byte("later")); err != nil {
		t.Errorf("once it works again: %v", err)
	}
}

// TestReadsFail: if the disk cannot be read, the error is not ErrNotFound.
func TestReadsFail(t *testing.T) {
	d, files, dir := failing(t, blob.DiskOptions{})
	if err := d.Put(t.Context(), "a", []byte("data")); err != nil {
		t.Fatal(err)
	}
	for call, do := range map[string]func() error{
		"read":       func() error { _, err := d.Get(t.Context(), "a"); return err },
		"remove ca":  func() error { return d.Delete(t.Context(), "a") },
		"readdir .":  func() error { return lastError(t.Context(), d) },
		"readdir ca": func() error { return lastError(t.Context(), d) },
		"open temp":  func() error { return d.Ping(t.Context()) },
		"write temp": func() error { return d.Ping(t.Context()) },
		"sync temp":  func() error { return d.Ping(t.Context()) },
	} {
		files.Fail(call, syscall.EIO)
		err := do()
		if !errors.Is(err, syscall.EIO) || errors.Is(err, blob.ErrNotFound) || fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: %v", call, err)
		}
		files.Fail(call, nil)
		if err := do(); err != nil && call != "remove ca" {
			t.Errorf("%s, once it works again: %v", call, err)
		}
		if err := d.Put(t.Context(), "a", []byte("data")); err != nil {
			t.Fatal(err)
		}
	}
	if left := filesOf(t, dir); !slices.Equal(left, []string{"ca/a"}) {
		t.Errorf("there are %v", left)
	}
}

func lastError(ctx context.Context, s blob.Store) (last error) {
	for _, err := range s.List(ctx, "") {
		last = err
	}
	return last
}

// damage flips a bit of the only file in the folder.
func damage(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, filesOf(t, dir)[0])
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-1] ^= 1
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestDamageBesidePut: a Get that finds a damaged file moves it away. It never moves away a blob that is put meanwhile,
// whichever call of the Get that Put precedes.
func TestDamageBesidePut(t *testing.T) {
	for _, again := range []bool{true, false} { // whether the blob can be produced again
		aside := map[bool]string{true: "temp", false: "damaged"}[again]
		for _, moment := range []string{"rename ca/a " + aside, "read " + aside, "link " + aside + " ca/a", "remove " + aside} {
			for _, links := range []bool{true, false} {
				damageBesidePut(t, again, moment, links)
			}
		}
	}
}

func damageBesidePut(t *testing.T, again bool, moment string, links bool) {
	t.Helper()
	d, files, dir := failing(t, blob.DiskOptions{NoSync: again})
	if err := d.Put(t.Context(), "a", []byte("old")); err != nil {
		t.Fatal(err)
	}
	damage(t, dir)
	if !links {
		files.Fail("link", syscall.ENOTSUP)
	}
	stored := func() {
		if err := d.Put(t.Context(), "a", []byte("new")); err != nil {
			t.Error(err)
		}
	}
	files.Before(moment, stored)
	if strings.HasPrefix(moment, "link") || strings.HasPrefix(moment, "remove") && !again {
		files.Before("rename ca/a", stored) // only an intact file is restored: another Put must come first
	}
	got, err := d.Get(t.Context(), "a")
	if string(got) != "new" && !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("before %s: %q, %v", moment, got, err)
	}
	if got, err := d.Get(t.Context(), "a"); err != nil || !bytes.Equal(got, []byte("new")) {
		t.Errorf("before %s, afterwards: %q, %v", moment, got, err)
	}
	left, damaged := filesOf(t, dir), 0
	if strings.HasPrefix(moment, "read") && !again {
		damaged = 1
	}
	if len(left) != 1+damaged || left[0] != "ca/a" || damaged == 1 && !strings.HasPrefix(left[1], "damaged/a~") {
		t.Errorf("before %s: there are %v", moment, left)
	}
}

// TestDamageThatCannotBeMoved: a damaged file that cannot be renamed counts as damaged. A file that cannot be read
// again is restored.
func TestDamageThatCannotBeMoved(t *testing.T) {
	for call, want := range map[string]error{"rename": blob.ErrDamaged, "mkdir damaged": blob.ErrDamaged, "read damaged": syscall.EIO} {
		d, files, dir := failing(t, blob.DiskOptions{})
		if err := d.Put(t.Context(), "a", []byte("old")); err != nil {
			t.Fatal(err)
		}
		damage(t, dir)
		files.Fail(call, syscall.EIO)
		if _, err := d.Get(t.Context(), "a"); !errors.Is(err, want) || !errors.Is(err, syscall.EIO) {
			t.Errorf("%s: %v", call, err)
		}
		if left := filesOf(t, dir); !slices.Equal(left, []string{"ca/a"}) {
			t.Errorf("%s: there are %v", call, left)
		}
	}
}

// TestDeleteSyncs: a removal survives a power cut.
func TestDeleteSyncs(t *testing.T) {
	d, files, dir := failing(t, blob.DiskOptions{})
	put := func() {
		if err := d.Put(t.Context(), "a", []byte("data")); err != nil {
			t.Fatal(err)
		}
	}
	put()
	damage(t, dir)
	if _, err := d.Get(t.Context(), "a"); !errors.Is(err, blob.ErrDamaged) {
		t.Fatal(err)
	}
	put()
	files.Calls()
	if err := d.Delete(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"remove ca/a", "open ca", "sync ca", "close ca", "readdir damaged", "remove damaged", "open damaged", "sync damaged",
		"close damaged",
	}
	if got := files.Calls(); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if left := filesOf(t, dir); len(left) != 0 {
		t.Errorf("there are %v", left)
	}
	for _, call := range []string{"remove ca/a", "sync ca", "readdir damaged"} {
		put()
		files.Fail(call, syscall.EIO)
		if err := d.Delete(t.Context(), "a"); !errors.Is(err, syscall.EIO) || fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: %v", call, err)
		}
		files.Fail(call, nil)
		if err := d.Delete(t.Context(), "a"); err != nil {
			t.Errorf("after %s: %v", call, err)
		}
	}
}
