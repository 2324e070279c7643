// Package photos stores the newsroom's photos, uploaded or fetched, by the hash of their bytes. A picture can be
// drawn again from a stored photo even if its source is gone. Photos that are fetched for one picture only are
// temporary: they are cached, but not stored.
package photos

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"strings"
	"sync/atomic"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/iptc"
	"newsroom.example/cards/internal/photo"
)

// ErrNotStored says that a valid photo cannot be stored now: the disk is full or cannot be written.
var ErrNotStored = blob.ErrUnavailable

// prefix begins the ID of a stored photo. An ID may be used wherever the URL of a photo may be used.
const prefix = "upload:"

// Photo describes a stored photo.
type Photo struct {
	ID            string // "upload:<hash>"
	Width, Height int    // pixels of the upright photo
	Type          string // media type, such as "image/jpeg"
	// Says is what the file says about the photo. Only Keep and Check read it.
	Says iptc.Fields
}

// Fetcher fetches photos. A *fetch.Client with the Format of this package implements it.
type Fetcher interface {
	Media(ctx context.Context, rawURL string, q fetch.Request) (fetch.Answer, error)
}

// Blobs stores files. *blob.Disk implements it.
type Blobs interface {
	Get(ctx context.Context, key string) ([]byte, error)
	Has(ctx context.Context, key string) (bool, error)
	Put(ctx context.Context, key string, data []byte) error
	Delete(ctx context.Context, key string) error
}

// Config configures a Store.
type Config struct {
	Blobs   Blobs   // stored photos
	Spill   Spill   // temporary photos that do not fit in memory
	Fetcher Fetcher // nil: URLs cannot be fetched
	Decoder *photo.Decoder
	Memory  int64 // maximum bytes of photos in memory; 0: 8 MiB

	Withdrawn *Withdrawn // photos that are not shown again; nil: none
	// IsWithdrawn queries whether any process has withdrawn the photo, which Withdrawn may not know yet. It is called
	// whenever a photo is stored. nil: Withdrawn knows all.
	IsWithdrawn func(ctx context.Context, id string) (bool, error)
}

// Store stores, fetches and decodes photos. It is safe for concurrent use.
type Store struct {
	blobs   Blobs
	fetcher Fetcher
	decoder *photo.Decoder
	sources sources
	cache   *cache
	spill   Spill
	fetched atomic.Int64 // number of temporary photos so far, for their keys

	withdrawn   *Withdrawn
	isWithdrawn func(ctx context.Context, id string) (bool, error)
}

// defaultMemory is enough for the photos of about eight waiting cards. More only enlarges the heap: a service that
// drew 90 cards a second from new photos of 1 MB used up to 151 MiB of memory with 8 MiB, and 200 MiB with 32 MiB.
const defaultMemory = 8 << 20

// New returns a Store.
func New(c Config) *Store {
	if c.Memory == 0 {
		c.Memory = defaultMemory
	}
	return &Store{
		blobs: c.Blobs, spill: c.Spill, fetcher: c.Fetcher, decoder: c.Decoder,
		sources: newSources(time.Now), cache: newCache(c.Memory, c.Spill),
		withdrawn: c.Withdrawn, isWithdrawn: c.IsWithdrawn,
	}
}

// Save stores an uploaded photo without decoding it; see Upload. Errors: those of package photo and of the blob
// store, and ErrWithdrawn.
func (s *Store) Save(ctx context.Context, data []byte) (Photo, error) {
	o, err := inspected(data)
	if err != nil {
		return Photo{}, err
	}
	return s.add(ctx, o)
}

// Add stores a photo of the service's own and returns its ID; see Save.
func (s *Store) Add(ctx context.Context, data []byte) (id string, err error) {
	p, err := s.Save(ctx, data)
	return p.ID, err
}

// add stores a photo and caches it in memory.
func (s *Store) add(ctx context.Context, o *loaded) (Photo, error) {
	p, err := s.store(ctx, o)
	if err == nil {
		s.cache.add(p.ID, o)
		err = s.confirmCached(p.ID)
	}
	return p, err
}

// store writes a photo to the blob store, unless it is there. It returns ErrWithdrawn for a withdrawn photo.
func (s *Store) store(ctx context.Context, o *loaded) (Photo, error) {
	if id := o.describe().ID; s.withdrawn.Has(id) {
		return Photo{}, withdrawnError(id)
	}
	p, err := o.store(ctx, s.blobs)
	if err == nil {
		err = s.confirm(ctx, p.ID)
	}
	return p, err
}

// Keep stores the photo that ref names, a URL or the ID of a stored photo, and returns once it is on the disk.
//
// A URL is always requested from its source, even if the last answer is still fresh. shown is the ID of the photo
// that the article shows from this URL, or empty: the source may confirm only that photo with 304 (Not Modified),
// and must send any other one. If the request fails, the last answer is forgotten; Outage reports whether the error
// says nothing about the photo. An incomplete photo is not stored: fault.ErrSourceIncomplete. Nor is one that was
// withdrawn: ErrWithdrawn.
func (s *Store) Keep(ctx context.Context, ref, shown string) (Photo, error) {
	o, err := s.fetchCurrent(ctx, ref, shown, s.toStore(ref))
	if err != nil {
		return Photo{}, err
	}
	p, err := s.store(ctx, o)
	if err != nil {
		return Photo{}, err
	}
	p.Says = o.info.Says(o.data)
	return p, nil
}

// Check is like Keep, but does not store the photo. The photo is cached like one that was fetched for a picture, so
// that a card with its URL can be measured without another request.
func (s *Store) Check(ctx context.Context, ref, shown string) (Photo, error) {
	o, err := s.fetchCurrent(ctx, ref, shown, s.toDraw(ref))
	if err != nil {
		return Photo{}, err
	}
	p := o.describe()
	p.Says = o.info.Says(o.data)
	return p, nil
}

// fetchCurrent returns the complete photo that ref names, as its source serves it now.
func (s *Store) fetchCurrent(ctx context.Context, ref, shown string, keep fetch.Keep) (*loaded, error) {
	if strings.HasPrefix(ref, prefix) {
		return s.readStored(ctx, ref)
	}
	o, err := s.fetch(ctx, ref, shown, fetch.Request{Keep: keep, Fresh: true})
	if err == nil {
		err = s.refuse(ref, o)
	}
	if err == nil {
		err = s.whole(ctx, o)
	}
	switch {
	case err == nil:
	case fault.KindOf(err) == fault.SourceIncomplete && o != nil:
		s.sources.markCut(ref, o.key)
	default:
		s.sources.forget(ref)
	}
	return o, err
}

// Outage reports whether an error of Keep or Check says nothing about the photo itself: its source could not be
// reached, or sent only a part of the photo or an unusable answer.
func Outage(err error) bool { return fetch.Outage(err) }

// Load loads the photo that ref names, a URL or the ID of a stored photo, into memory or onto the disk, so that
// Decode, soon afterwards, needs no network. The caller holds no bytes in the meantime.
func (s *Store) Load(ctx context.Context, ref string) error {
	if s.spilled(ref) { // Decode reads it
		return nil
	}
	_, err := s.load(ctx, ref)
	return err
}

// spilled reports whether the photo of a URL is fresh and in the spill.
func (s *Store) spilled(url string) bool {
	known, fresh := s.sources.get(url)
	return fresh && strings.HasPrefix(known.key, temporary) && s.spill.Has(known.key)
}

// load returns the photo that ref names, even if it could not be cached.
func (s *Store) load(ctx context.Context, ref string) (*loaded, error) {
	if strings.HasPrefix(ref, prefix) {
		return s.readStored(ctx, ref)
	}
	o, err := s.fetch(ctx, ref, "", fetch.Request{Keep: s.toDraw(ref)})
	if o == nil {
		return nil, err
	}
	if err := s.refuse(ref, o); err != nil {
		return nil, err
	}
	return o, nil
}

// Decode opens the photo that ref names and calls use with it. Transparent pixels are shown over the colour paper.
// use must not retain the photo. If the end of a photo from a URL is missing, Decode calls use with the part that can
// be decoded, if any, and returns fault.ErrSourceIncomplete. id is the ID of the photo, even if it is not stored. The
// photo may have been withdrawn meanwhile.
func (s *Store) Decode(
	ctx context.Context, ref string, paper color.Color, use func(*photo.Photo) error,
) (id string, err error) {
	o, err := s.load(ctx, ref)
	if err != nil {
		return "", err
	}
	o.drawn.Store(true)
	id = o.describe().ID
	cut := false
	err = s.decoder.Open(ctx, o.data, o.info, paper, func(p *photo.Photo) error {
		err := use(p)
		cut = p.Cut()
		return err
	})
	if strings.HasPrefix(ref, prefix) { // a stored photo has no source that could complete it
		return id, err
	}
	return id, s.complete(ref, o, cut, err)
}

// Show returns the file of the photo that ref names and its media type. The caller must not modify the bytes.
func (s *Store) Show(ctx context.Context, ref string) (data []byte, mediaType string, err error) {
	o, err := s.load(ctx, ref)
	if err != nil {
		return nil, "", err
	}
	return o.data, o.mediaType(), nil
}

// readStored returns a stored photo, from memory or from the disk.
func (s *Store) readStored(ctx context.Context, id string) (*loaded, error) {
	if s.withdrawn.Has(id) {
		return nil, withdrawnError(id)
	}
	if o := s.cache.get(id); o != nil {
		return o, nil
	}
	data, err := s.blobs.Get(ctx, blobName(id))
	if errors.Is(err, blob.ErrDamaged) {
		return nil, fmt.Errorf("photo %s: %w: %w", id, ErrDamaged, err)
	}
	if errors.Is(err, blob.ErrNotFound) {
		return nil, fmt.Errorf("no photo %s is kept: %w: %w", id, fetch.ErrUnavailable, err)
	}
	if err != nil && ctx.Err() == nil { // the disk cannot read it: cards are drawn without it
		return nil, fmt.Errorf("photo %s cannot be read: %w: %w", id, fetch.ErrUnavailable, err)
	}
	if err != nil {
		return nil, err
	}
	o, err := inspected(data)
	if err != nil {
		return nil, err
	}
	o.setID(id)
	o = s.cache.add(id, o)
	if err := s.confirmCached(id); err != nil {
		return nil, err
	}
	return o, nil
}

// confirmCached removes a photo from memory if it was withdrawn while it was cached there, and returns ErrWithdrawn.
func (s *Store) confirmCached(id string) error {
	if !s.withdrawn.Has(id) {
		return nil
	}
	s.cache.remove(id)
	return withdrawnError(id)
}
