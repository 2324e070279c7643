package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"newsroom.example/cards/internal/blob"
)

// Originals stores blobs that cannot be produced again, such as photos. Put returns when the store has confirmed the
// object. An object that does not match its hash is copied to damaged/ and stays where it is until it is stored again:
// removing it could hit one that another process has just stored. It is safe for concurrent use.
type Originals struct{ b *Bucket }

var _ blob.Store = Originals{}

// Originals returns the store of what cannot be produced again.
func (b *Bucket) Originals() Originals { return Originals{b} }

const (
	originals = "originals/"
	damaged   = "damaged/"
	mark      = "~" // no key contains it
)

// Get implements blob.Store.
func (o Originals) Get(ctx context.Context, key string) ([]byte, error) {
	if err := checked(ctx, key); err != nil {
		return nil, err
	}
	data, _, err := o.read(ctx, key)
	if errors.Is(err, blob.ErrDamaged) { // a broken transfer looks the same: only what is read twice counts
		var tag string
		if data, tag, err = o.read(ctx, key); errors.Is(err, blob.ErrDamaged) {
			err = errors.Join(err, o.putAside(ctx, key, tag))
		}
	}
	return data, o.b.failed(blob.ErrUnreadable, "read", key, err)
}

// read reads a blob. With ErrDamaged it returns the entity tag of the object.
func (o Originals) read(ctx context.Context, key string) (data []byte, tag string, err error) {
	var raw []byte
	err = o.b.photos.do(ctx, o.b.limits.ReadPhoto, func(ctx context.Context) (err error) {
		raw, tag, err = o.b.fetch(ctx, originals+key, o.b.limits.Answer)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	data, ok := blob.Unseal(raw)
	if !ok {
		return nil, tag, fmt.Errorf("blob %s: %w", key, blob.ErrDamaged)
	}
	return data, tag, nil
}

// putAside copies a damaged object, once, for an operator who may be able to repair it.
func (o Originals) putAside(ctx context.Context, key, tag string) error {
	there, err := o.isAside(ctx, key, tag)
	if err != nil || there {
		return err
	}
	err = o.b.photos.do(ctx, o.b.limits.Write, func(ctx context.Context) error {
		return o.b.copy(ctx, originals+key, aside(key, tag))
	})
	if err == nil {
		o.b.log.ErrorContext(ctx, "a stored photo is damaged; a copy is put aside", "key", key, "bucket", o.b.name,
			"object", o.b.prefix+aside(key, tag))
	}
	return err
}

func aside(key, tag string) string { return damaged + key + mark + tag }

// isAside reports whether the object of a key with the entity tag was found damaged.
func (o Originals) isAside(ctx context.Context, key, tag string) (bool, error) {
	_, err := o.head(ctx, aside(key, tag))
	if errors.Is(err, blob.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func (o Originals) head(ctx context.Context, name string) (tag string, err error) {
	err = o.b.photos.do(ctx, o.b.limits.Answer, func(ctx context.Context) (err error) {
		tag, err = o.b.head(ctx, name)
		return err
	})
	return tag, err
}

// Has reports whether there is a blob of the key. It does not notice damage that Get has not found.
func (o Originals) Has(ctx context.Context, key string) (bool, error) {
	if err := checked(ctx, key); err != nil {
		return false, err
	}
	tag, err := o.head(ctx, originals+key)
	if errors.Is(err, blob.ErrNotFound) {
		return false, nil
	}
	bad := false
	if err == nil {
		bad, err = o.isAside(ctx, key, tag)
	}
	return err == nil && !bad, o.b.failed(blob.ErrUnreadable, "look for", key, err)
}

// Put implements blob.Store. Keys are hashes of what they name, so an object that is there is nearly always the same:
// then it is read and compared, and not written again.
func (o Originals) Put(ctx context.Context, key string, data []byte) error {
	if err := checked(ctx, key); err != nil {
		return err
	}
	err := o.put(ctx, key, data, true)
	if errors.Is(err, errTaken) {
		var there []byte
		if there, err = o.Get(ctx, key); err != nil || !bytes.Equal(there, data) {
			err = o.put(ctx, key, data, false)
		}
	}
	return o.b.failed(blob.ErrUnavailable, "store", key, err)
}

func (o Originals) put(ctx context.Context, key string, data []byte, mustBeNew bool) error {
	return o.b.photos.do(ctx, o.b.limits.Write, func(ctx context.Context) error {
		return o.b.put(ctx, originals+key, blob.Seal(data), mustBeNew)
	})
}

// Delete implements blob.Store. It also removes the damaged copies of the key.
func (o Originals) Delete(ctx context.Context, key string) error {
	if err := checked(ctx, key); err != nil {
		return err
	}
	names := []string{originals + key}
	for found, err := range o.b.list(ctx, o.b.photos, damaged+key+mark) {
		if err != nil {
			return o.b.failed(blob.ErrUnavailable, "delete", key, err)
		}
		names = append(names, damaged+key+mark+found.name)
	}
	for _, name := range names {
		err := o.b.photos.do(ctx, o.b.limits.Write, func(ctx context.Context) error { return o.b.remove(ctx, name) })
		if err != nil {
			return o.b.failed(blob.ErrUnavailable, "delete", key, err)
		}
	}
	return nil
}

// List implements blob.Store.
func (o Originals) List(ctx context.Context, prefix string) iter.Seq2[blob.Info, error] {
	return o.b.blobs(ctx, o.b.photos, originals, prefix)
}

// blobs lists the blobs in a folder of the bucket.
func (b *Bucket) blobs(ctx context.Context, by *breaker, folder, prefix string) iter.Seq2[blob.Info, error] {
	return func(yield func(blob.Info, error) bool) {
		err := ctx.Err()
		if err == nil {
			err = blob.CheckPrefix(prefix)
		}
		if err != nil {
			yield(blob.Info{}, err)
			return
		}
		for found, err := range b.list(ctx, by, folder+prefix) {
			info := blob.Info{Key: prefix + found.name, Size: found.size - blob.SealBytes, Modified: found.modified}
			if err == nil && blob.CheckKey(info.Key) != nil {
				continue // not stored by this package
			}
			if !yield(info, b.failed(blob.ErrUnreadable, "list", folder, err)) {
				return
			}
		}
	}
}

func checked(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return blob.CheckKey(key)
}
