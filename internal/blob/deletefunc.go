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

// DeleteFunc implements Behind. It looks at every picture in the folder, whatever the labels.
func (b *budgeted) DeleteFunc(
	ctx context.Context, _ []string, n int, match func(key string, head []byte) bool, gone func(key string),
) error {
	at, _ := b.disk.current() // whether the folder was moved is checked at the end
	var failed error
	err := b.disk.walk(ctx, b.prefix, func(file string, _ fs.FileInfo) bool {
		key := path.Base(file)
		head, err := head(at.files, file, n)
		if err == nil && match(key, head) {
			if err = at.files.Remove(file); err == nil {
				gone(key)
			}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = err
		}
		return ctx.Err() == nil
	})
	return errors.Join(err, failed, at.check(), ctx.Err())
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
