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

// Fetcher has the bytes behind a URL, unless they are those of a known version. They passed the
// gate of package photo.
type Fetcher interface {
	Refetch(ctx context.Context, rawURL string, known photo.Validators) (photo.Answer, error)
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
	if strings.HasPrefix(ref, prefix) {
		return l.Check(ctx, ref)
	}
	data, err := l.fetch(ctx, ref, l.Save)
	if err != nil {
		return Photo{}, err
	}
	return Describe(data)
}

// Check has the photo behind ref without keeping it.
func (l *Library) Check(ctx context.Context, ref string) (Photo, error) {
	var data []byte
	var err error
	if strings.HasPrefix(ref, prefix) {
		data, err = l.load(ctx, ref)
	} else {
		data, err = l.fetch(ctx, ref, nil)
	}
	if err != nil {
		return Photo{}, err
	}
	return Describe(data)
}

// Load has the bytes behind ref: a URL, or a kept photo's ID. What was fetched is kept, so that
// the next card asks the source only whether it changed; a photo that cannot be kept is drawn all
// the same.
func (l *Library) Load(ctx context.Context, ref string) ([]byte, error) {
	if strings.HasPrefix(ref, prefix) {
		return l.load(ctx, ref)
	}
	return l.fetch(ctx, ref, func(ctx context.Context, data []byte) (Photo, error) {
		p, err := l.Save(ctx, data)
		if err != nil {
			return Photo{}, nil
		}
		return p, nil
	})
}

// Decode hands the opened photo to use, over paper where it can be seen through; it must not be
// kept after use returns.
func (l *Library) Decode(ctx context.Context, data []byte, paper color.Color, use func(*photo.Photo) error) error {
	return l.decoder.Decode(ctx, data, paper, use)
}

// load has the bytes of a kept photo.
func (l *Library) load(ctx context.Context, id string) ([]byte, error) {
	data, err := l.kept.Get(ctx, blobName(id))
	if errors.Is(err, picture.ErrNotFound) {
		return nil, fmt.Errorf("no photo %s is kept: %w", id, photo.ErrUnavailable)
	}
	return data, err
}

// fetch has the bytes behind a URL: those kept before, as long as the source's word for them is
// good, or the source says that they are still its own. A nil keep remembers nothing new.
func (l *Library) fetch(ctx context.Context, url string, keep func(context.Context, []byte) (Photo, error)) ([]byte, error) {
	if l.fetcher == nil {
		return nil, fmt.Errorf("no photo is fetched here: %w", photo.ErrUnavailable)
	}
	known, fresh := l.sources.get(url)
	var old []byte
	if known.id != "" {
		var err error
		if old, err = l.load(ctx, known.id); err != nil {
			known = source{}
		} else if fresh {
			return old, nil
		}
	}
	a, err := l.fetcher.Refetch(ctx, url, known.validators)
	if err != nil {
		return nil, err
	}
	if a.NotModified {
		l.sources.put(url, known.id, a)
		return old, nil
	}
	if keep == nil {
		return a.Data, nil
	}
	p, err := keep(ctx, a.Data)
	if err == nil && p.ID != "" {
		l.sources.put(url, p.ID, a)
	}
	return a.Data, err
}

func blobName(id string) string { return "photo-" + strings.TrimPrefix(id, prefix) }
