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

// Fetcher has the bytes behind a URL. They passed the gate of package photo.
type Fetcher interface {
	Fetch(ctx context.Context, rawURL string) ([]byte, error)
}

// Library keeps photos and opens them. It is safe for concurrent use.
type Library struct {
	kept    picture.Store
	fetcher Fetcher
	decoder *photo.Decoder
}

// New keeps photos in kept. A nil fetcher means that no URL can be fetched.
func New(kept picture.Store, fetcher Fetcher, decoder *photo.Decoder) *Library {
	return &Library{kept: kept, fetcher: fetcher, decoder: decoder}
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
	data, err := l.bytes(ctx, ref)
	if err != nil {
		return Photo{}, err
	}
	if strings.HasPrefix(ref, prefix) {
		return Describe(data)
	}
	return l.Save(ctx, data)
}

// Check has the photo behind ref without keeping it.
func (l *Library) Check(ctx context.Context, ref string) (Photo, error) {
	data, err := l.bytes(ctx, ref)
	if err != nil {
		return Photo{}, err
	}
	return Describe(data)
}

// Load has the bytes behind ref: a URL, or a kept photo's ID.
func (l *Library) Load(ctx context.Context, ref string) ([]byte, error) { return l.bytes(ctx, ref) }

// Decode hands the opened photo to use, over paper where it can be seen through; it must not be
// kept after use returns.
func (l *Library) Decode(ctx context.Context, data []byte, paper color.Color, use func(*photo.Photo) error) error {
	return l.decoder.Decode(ctx, data, paper, use)
}

func (l *Library) bytes(ctx context.Context, ref string) ([]byte, error) {
	if strings.HasPrefix(ref, prefix) {
		data, err := l.kept.Get(ctx, blobName(ref))
		if errors.Is(err, picture.ErrNotFound) {
			return nil, fmt.Errorf("no photo %s is kept: %w", ref, photo.ErrUnavailable)
		}
		return data, err
	}
	if l.fetcher == nil {
		return nil, fmt.Errorf("no photo is fetched here: %w", photo.ErrUnavailable)
	}
	return l.fetcher.Fetch(ctx, ref)
}

func blobName(id string) string { return "photo-" + strings.TrimPrefix(id, prefix) }
