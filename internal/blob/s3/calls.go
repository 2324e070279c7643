package s3

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// maxObject is the size of the largest object that is read, in bytes. A photo has at most 10 MiB, and a card less.
const maxObject = 64 << 20

// Operations are the calls of a store.
var Operations = []string{opGet, opPut, opHead, opDelete, opCopy}

const (
	opGet    = "get"
	opPut    = "put"
	opHead   = "head"
	opDelete = "delete"
	opCopy   = "copy"
)

// timed returns a function that tells Options.Watch of the call that begins now, and of its error.
func (b *Bucket) timed(operation string) func(*error) {
	began := time.Now()
	return func(err *error) {
		b.watch(operation, time.Since(began), *err != nil && !isAnswer(*err) && !errors.Is(*err, context.Canceled))
	}
}

// fetch reads an object and returns its entity tag. It fails with errSlow if the answer has not begun within the given
// time.
func (b *Bucket) fetch(ctx context.Context, name string, answer time.Duration) (raw []byte, tag string, err error) {
	defer b.timed(opGet)(&err)
	begun, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slow := time.AfterFunc(answer, func() { cancel(errSlow) })
	body, info, _, err := b.core.GetObject(begun, b.name, b.prefix+name, minio.GetObjectOptions{})
	if !slow.Stop() && ctx.Err() == nil {
		if err == nil {
			_ = body.Close()
		}
		return nil, "", errSlow
	}
	if err != nil {
		return nil, "", answered(err)
	}
	defer body.Close()
	raw, err = read(body, info.Size)
	return raw, info.ETag, err
}

// read reads a body. size is negative if it is not known.
func read(body io.Reader, size int64) (raw []byte, err error) {
	if size < 0 {
		raw, err = io.ReadAll(io.LimitReader(body, maxObject+1))
	} else if size <= maxObject {
		raw = make([]byte, size)
		_, err = io.ReadFull(body, raw)
	}
	if size > maxObject || len(raw) > maxObject {
		return nil, errLarge
	}
	return raw, err
}

// put stores an object. If it must be new, the error is errTaken if it is there. The signature covers the SHA-256 of
// the bytes, so the store refuses what has changed on the way.
func (b *Bucket) put(ctx context.Context, name string, raw []byte, mustBeNew bool) (err error) {
	defer b.timed(opPut)(&err)
	o := minio.PutObjectOptions{DisableContentSha256: true} // in chunks; it is computed here
	if mustBeNew {
		o.SetMatchETagExcept("*")
	}
	sum := sha256.Sum256(raw)
	_, err = b.core.PutObject(ctx, b.name, b.prefix+name, bytes.NewReader(raw), int64(len(raw)), "",
		hex.EncodeToString(sum[:]), o)
	if err != nil {
		return answered(err)
	}
	return nil
}

// head returns the entity tag of an object.
func (b *Bucket) head(ctx context.Context, name string) (tag string, err error) {
	defer b.timed(opHead)(&err)
	info, err := b.core.StatObject(ctx, b.name, b.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return "", answered(err)
	}
	return info.ETag, nil
}

// remove removes an object, if it is there.
func (b *Bucket) remove(ctx context.Context, name string) (err error) {
	defer b.timed(opDelete)(&err)
	return b.core.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{})
}

// copy copies an object within the bucket.
func (b *Bucket) copy(ctx context.Context, from, to string) (err error) {
	defer b.timed(opCopy)(&err)
	_, err = b.core.Client.CopyObject(ctx,
		minio.CopyDestOptions{Bucket: b.name, Object: b.prefix + to},
		minio.CopySrcOptions{Bucket: b.name, Object: b.prefix + from})
	if err != nil {
		return answered(err)
	}
	return nil
}

// object is an object of a list.
type object struct {
	name     string // behind the listed prefix
	size     int64
	modified time.Time
}

// list lists the objects whose names begin with prefix. It waits for each page of them as long as for a write. An error
// ends the list.
func (b *Bucket) list(ctx context.Context, by *breaker, prefix string) iter.Seq2[object, error] {
	return func(yield func(object, error) bool) {
		if by.isOpen() {
			yield(object{}, errOpen)
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel() // ends the client's goroutine
		found := b.core.Client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix + prefix, Recursive: true})
		for {
			o, err := b.next(ctx, found)
			if errors.Is(err, io.EOF) {
				by.note(nil)
				return
			}
			if err != nil && !isContext(err) {
				by.note(err)
			}
			if name, ok := strings.CutPrefix(o.Key, b.prefix+prefix); err != nil || ok {
				if !yield(object{name, o.Size, o.LastModified}, err) || err != nil {
					return
				}
			}
		}
	}
}

// next returns the next object of a list, or io.EOF.
func (b *Bucket) next(ctx context.Context, found <-chan minio.ObjectInfo) (minio.ObjectInfo, error) {
	slow := time.NewTimer(b.limits.Write)
	defer slow.Stop()
	select {
	case o, ok := <-found:
		switch {
		case ctx.Err() != nil:
			return o, ctx.Err()
		case !ok:
			return o, io.EOF
		}
		return o, o.Err
	case <-ctx.Done():
		return minio.ObjectInfo{}, ctx.Err()
	case <-slow.C:
		return minio.ObjectInfo{}, errSlow
	}
}

func isContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
