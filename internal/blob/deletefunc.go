package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
)

// DeleteFunc deletes the pictures for which match returns true, from the folder and from memory, and returns their
// number. match gets the key and at most the first n bytes of each picture. A picture that is put during the call may
// remain. A picture that cannot be read or removed does not end the call; the error is that of one of them.
func (c *Cache) DeleteFunc(
	ctx context.Context, n int, match func(key string, head []byte) bool,
) (deleted int, err error) {
	at, _ := c.disk.current() // whether the folder was moved is checked at the end
	var failed error
	err = c.disk.walk(ctx, c.prefix, func(file string, _ fs.FileInfo) bool {
		key := path.Base(file)
		head, err := head(at.files, file, n)
		if err == nil && match(key, head) {
			if err = at.files.Remove(file); err == nil {
				c.memory.blobs.Invalidate(key)
				deleted++
			}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = err
		}
		return ctx.Err() == nil
	})
	for key, h := range c.memory.blobs.All() {
		if match(key, h.data[:min(n, len(h.data))]) {
			c.memory.blobs.Invalidate(key)
			deleted++
		}
	}
	return deleted, errors.Join(err, failed, at.check(), ctx.Err())
}

// head returns at most the first n bytes of the data in a file. It does not notice damage.
func head(files FS, file string, n int) ([]byte, error) {
	f, err := files.OpenFile(file, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw := make([]byte, sha256.Size+n)
	got, err := io.ReadFull(f, raw)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return raw[min(got, sha256.Size):got], nil
}
