package s3

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"newsroom.example/cards/internal/blob"
)

// Cards is what is behind the memory of a cache of pictures that can be drawn again. It is safe for concurrent use.
type Cards struct {
	b     *Bucket
	queue *queue
}

var _ blob.Behind = (*Cards)(nil)

const (
	cards   = "cards/"
	byPhoto = "by-photo/"
)

// Cards returns the store of what can be drawn again, which must be closed before the bucket. label returns the IDs of
// the photos in a picture, with spaces between, or an empty string. Its pictures are found by each (DeleteFunc).
func (b *Bucket) Cards(label func(data []byte) string) *Cards {
	c := &Cards{b: b}
	c.queue = newQueue(label, c.write)
	return c
}

// Get implements blob.Store. A damaged card is removed, so that it is drawn again.
func (c *Cards) Get(ctx context.Context, key string) (data []byte, err error) {
	if err := checked(ctx, key); err != nil {
		return nil, err
	}
	if data, ok := c.queue.get(key); ok {
		return data, nil
	}
	var raw []byte
	err = c.b.reads.do(ctx, c.b.limits.ReadCard, func(ctx context.Context) (err error) {
		raw, _, err = c.b.fetch(ctx, cards+key, c.b.limits.ReadCard)
		return err
	})
	if err != nil {
		return nil, c.b.failed(blob.ErrUnreadable, "read", key, err)
	}
	data, ok := blob.Unseal(raw)
	if !ok {
		err := c.remove(context.WithoutCancel(ctx), cards+key)
		return nil, errors.Join(fmt.Errorf("blob %s: %w", key, blob.ErrDamaged), err)
	}
	return data, nil
}

// Put implements blob.Store. It returns at once, and drops the picture if the store is away or too much waits.
func (c *Cards) Put(ctx context.Context, key string, data []byte) error {
	if err := checked(ctx, key); err != nil {
		return err
	}
	if !c.b.reads.isOpen() && !c.queue.put(key, data) {
		c.b.dropped(ctx, "queue", errFull)
	}
	return nil
}

// write stores a picture, after its entries under the photos: whoever withdraws the photo finds every picture of it.
func (c *Cards) write(ctx context.Context, w *write) {
	err := error(nil)
	for label := range strings.FieldsSeq(w.label) {
		if err == nil {
			err = c.store(ctx, entry(label, w.key), nil)
		}
	}
	if err == nil {
		err = c.store(ctx, cards+w.key, blob.Seal(w.data))
	}
	if err != nil && !errors.Is(err, errOpen) && ctx.Err() == nil {
		c.b.dropped(ctx, "write", err)
	}
}

// errFull says that too many cards wait to be stored.
var errFull = errors.New("too many wait to be stored")

func (c *Cards) store(ctx context.Context, name string, raw []byte) error {
	return c.b.reads.do(ctx, c.b.limits.Write, func(ctx context.Context) error { return c.b.put(ctx, name, raw, false) })
}

func (c *Cards) remove(ctx context.Context, name string) error {
	return c.b.reads.do(ctx, c.b.limits.Write, func(ctx context.Context) error { return c.b.remove(ctx, name) })
}

// Delete implements blob.Store.
func (c *Cards) Delete(ctx context.Context, key string) error {
	if err := checked(ctx, key); err != nil {
		return err
	}
	err := c.queue.drop(ctx, func(w *write) bool { return w.key == key }, nil)
	if err == nil {
		err = c.remove(ctx, cards+key)
	}
	return c.b.failed(blob.ErrUnavailable, "delete", key, err)
}

// List implements blob.Store. It does not list what waits to be written.
func (c *Cards) List(ctx context.Context, prefix string) iter.Seq2[blob.Info, error] {
	return c.b.blobs(ctx, c.b.reads, cards, prefix)
}

// Used implements blob.Behind. The store has no order of use: a rule of the bucket removes cards by their age.
func (c *Cards) Used(string) {}

// DeleteFunc implements blob.Behind. The labels are IDs of photos. It deletes every picture that was drawn from one of
// them, and looks at no other.
func (c *Cards) DeleteFunc(
	ctx context.Context, labels []string, _ int, _ func(key string, head []byte) bool, gone func(key string),
) (err error) {
	for _, label := range labels {
		if folder(label) == "" { // such a picture is not stored
			continue
		}
		failed := c.queue.drop(ctx, func(w *write) bool { return w.has(label) }, gone)
		if failed == nil {
			failed = c.deleteOf(ctx, label, gone)
		}
		if failed = c.b.failed(blob.ErrUnavailable, "delete the cards of", label, failed); failed != nil {
			return failed // the next would fail, too
		}
	}
	return nil
}

// deleteOf deletes the stored pictures with the label. An entry is removed after its picture, so that a call that was
// interrupted can be repeated.
func (c *Cards) deleteOf(ctx context.Context, label string, gone func(key string)) error {
	for found, err := range c.b.list(ctx, c.b.reads, folder(label)) {
		if err != nil {
			return err
		}
		if blob.CheckKey(found.name) != nil {
			continue
		}
		if err := c.remove(ctx, cards+found.name); err != nil {
			return err
		}
		gone(found.name)
		if err := c.remove(ctx, folder(label)+found.name); err != nil {
			return err
		}
	}
	return nil
}

// Close writes what waits, for a moment, and ends the work in the background.
func (c *Cards) Close() error {
	c.queue.close()
	return nil
}
