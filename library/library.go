// Package library keeps the newsroom's photos: uploaded, or fetched once and kept, each by
// the hash of its bytes, so that a picture can be drawn anew whatever becomes of the source.
package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image/color"
	"strings"
	"time"

	"cards/photo"
	"cards/picture"
)

// prefix begins the reference of a kept photo, wherever a photo's URL may stand.
const prefix = "upload:"

// Photo describes a kept photo.
type Photo struct {
	ID            string // "upload:<hash>": a reference that Use takes
	Width, Height int    // pixels of the upright photo
	Type          string // media type
}

// Fetcher is a *photo.Fetcher.
type Fetcher interface {
	Refetch(ctx context.Context, rawURL string, known photo.Validators, keep photo.Keep) (photo.Answer, error)
}

// Library keeps photos and opens them. It is safe for concurrent use.
type Library struct {
	kept    picture.Store
	fetcher Fetcher
	decoder *photo.Decoder
	sources sources
}

// New keeps photos in kept. A nil fetcher means that no URL can be fetched.
func New(kept picture.Store, fetcher Fetcher, decoder *photo.Decoder) *Library {
	return &Library{kept: kept, fetcher: fetcher, decoder: decoder, sources: newSources(time.Now)}
}

// Save keeps an uploaded photo. Errors are package photo's kinds and the store's.
func (l *Library) Save(ctx context.Context, data []byte) (Photo, error) {
	p, err := Describe(data)
	if err != nil {
		return Photo{}, err
	}
	if err := l.kept.Put(ctx, blobName(p.ID), data); err != nil {
		return Photo{}, fmt.Errorf("keep %s: %w", p.ID, err)
	}
	return p, nil
}

// Describe says what Save would keep. Errors are package photo's kinds.
func Describe(data []byte) (Photo, error) {
	info, err := photo.Inspect(data)
	if err != nil {
		return Photo{}, err
	}
	sum := sha256.Sum256(data)
	return Photo{
		ID:    prefix + hex.EncodeToString(sum[:16]),
		Width: info.Width, Height: info.Height, Type: "image/" + info.Format,
	}, nil
}

// Keep has the photo behind ref (a URL, or a kept photo's ID) and keeps it.
func (l *Library) Keep(ctx context.Context, ref string) (Photo, error) {
	return described(l.bytes(ctx, ref, l.remember(ref)))
}

// Check has the photo behind ref without keeping it.
func (l *Library) Check(ctx context.Context, ref string) (Photo, error) {
	return described(l.bytes(ctx, ref, nil))
}

func described(data []byte, err error) (Photo, error) {
	if err != nil {
		return Photo{}, err
	}
	return Describe(data)
}

// Load has the bytes behind ref: a URL, or a kept photo's ID. What was fetched is kept, so that
// who asks again has it at once; a photo that cannot be kept is there all the same.
func (l *Library) Load(ctx context.Context, ref string) ([]byte, error) {
	data, err := l.bytes(ctx, ref, l.remember(ref))
	if data != nil {
		return data, nil
	}
	return nil, err
}

// Decode hands the opened photo to use, over paper where it can be seen through; it must not be
// kept after use returns.
func (l *Library) Decode(ctx context.Context, data []byte, paper color.Color, use func(*photo.Photo) error) error {
	return l.decoder.Decode(ctx, data, paper, use)
}

// bytes has the photo behind ref; with an error only where keep failed.
func (l *Library) bytes(ctx context.Context, ref string, keep photo.Keep) ([]byte, error) {
	if strings.HasPrefix(ref, prefix) {
		return l.load(ctx, ref)
	}
	if l.fetcher == nil {
		return nil, fmt.Errorf("no photo is fetched here: %w", photo.ErrUnavailable)
	}
	known, fresh := l.sources.get(ref)
	old, err := l.old(ctx, known)
	if err != nil {
		known = source{}
	}
	if old != nil && fresh {
		return old, nil
	}
	a, err := l.fetcher.Refetch(ctx, ref, known.validators, keep)
	switch {
	case a.NotModified:
		l.sources.put(ref, known.id, a)
		return old, nil
	case errors.Is(err, photo.ErrTimeout) && old != nil:
		return old, nil // a source that is slow today had it before; one that says no is believed
	}
	return a.Data, err
}

// old is the photo that a source gave before, nil where nothing is known of it.
func (l *Library) old(ctx context.Context, known source) ([]byte, error) {
	if known.id == "" {
		return nil, nil
	}
	return l.load(ctx, known.id)
}

// load has the bytes of a kept photo.
func (l *Library) load(ctx context.Context, id string) ([]byte, error) {
	data, err := l.kept.Get(ctx, blobName(id))
	if errors.Is(err, picture.ErrNotFound) {
		return nil, fmt.Errorf("no photo %s is kept: %w", id, photo.ErrUnavailable)
	}
	return data, err
}

// remember keeps what a URL gave, and what its source said of it.
func (l *Library) remember(url string) photo.Keep {
	return func(ctx context.Context, a photo.Answer) error {
		p, err := l.Save(ctx, a.Data)
		if err == nil {
			l.sources.put(url, p.ID, a)
		}
		return err
	}
}

func blobName(id string) string { return "photo-" + strings.TrimPrefix(id, prefix) }

// Show has the bytes behind ref, and their media type.
func (l *Library) Show(ctx context.Context, ref string) (data []byte, mediaType string, err error) {
	if data, err = l.Load(ctx, ref); err != nil {
		return nil, "", err
	}
	p, err := Describe(data)
	return data, p.Type, err
}
