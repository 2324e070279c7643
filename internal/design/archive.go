package design

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
)

// recorder is a file system that remembers the files that were read from it.
type recorder struct {
	fs.FS
	files map[string][]byte
}

// ReadFile implements fs.ReadFileFS.
func (r recorder) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(r.FS, name)
	if err == nil {
		r.files[name] = data
	}
	return data, err
}

// archived returns the files as a ZIP archive, the same for the same files, and a hash of them in 32 hexadecimal
// digits. Both are empty without files.
func archived(files map[string][]byte) (archive []byte, hash string, err error) {
	if len(files) == 0 {
		return nil, "", nil
	}
	sum := sha256.New()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range sortedNames(files) {
		fmt.Fprintf(sum, "%d:%s%d:", len(name), name, len(files[name]))
		sum.Write(files[name])
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return out.Bytes(), hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// Hash identifies the files of the newsroom's own designs, in 32 hexadecimal digits. It is empty if all are built in.
func (s *Set) Hash() string { return s.hash }

// Archive returns the files of the newsroom's own designs; see Restore. The bytes must not be modified.
func (s *Set) Archive() []byte { return s.archive }

// Restore returns the set with the designs of an archive in place of its own. The archive is as Archive returned it.
func (s *Set) Restore(archive []byte, families []string) (*Set, error) {
	dir, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("archive of designs: %w", err)
	}
	return s.With(dir, families)
}
