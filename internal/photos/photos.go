// Package photos stores the newsroom's photos, uploaded or fetched once, each by the hash of its bytes, so that
// a picture can be drawn again whatever becomes of the source; and fetches those that are only drawn from.
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
	"newsroom.example/cards/internal/photo"
)

// ErrNotStored says that a photo is sound and cannot be stored now: the disk is full or cannot be written.
var ErrNotStored = blob.ErrUnavailable

// prefix begins the reference of a kept photo, wherever a photo's URL may stand.
const prefix = "upload:"

// Photo describes a kept photo.
type Photo struct {
	ID            string // "upload:<hash>": a reference to it
	Width, Height int    // pixels of the upright photo
	Type          string // media type
}

// Fetcher is a *fetch.Client with the Format of this package.
type Fetcher interface {
	Media(ctx context.Context, rawURL string, q fetch.Request) (fetch.Answer, error)
}

// Config is what a Store is made of.
type Config struct {
	Blobs   blob.Store // of photos that are kept
	Spill   Spill      // of photos that were only fetched for a picture
	Fetcher Fetcher    // nil: no URL can be fetched
	Decoder *photo.Decoder
	Memory  int64 // bytes of photos that are held in memory; 0: 8 MiB
}

// Store keeps photos and opens them. It is safe for concurrent use.
type Store struct {
	blobs   blob.Store
	fetcher Fetcher
	decoder *photo.Decoder
	sources sources
	cache   *cache
	spill   Spill
	fetched atomic.Int64 // temporary photos: numbers their keys
}

// defaultMemory is room for the photos of some eight cards that wait to be drawn. More only raises the heap: with
// 32 MiB, a service that drew 90 cards a second of new photos of 1 MB took 200 MiB at most, with 8 MiB 151.
const defaultMemory = 8 << 20

// New makes a Store.
func New(c Config) *Store {
	if c.Memory == 0 {
		c.Memory = defaultMemory
	}
	return &Store{
		blobs: c.Blobs, spill: c.Spill, fetcher: c.Fetcher, decoder: c.Decoder,
		sources: newSources(time.Now), cache: newCache(c.Memory, c.Spill),
	}
}

// Save keeps an uploaded photo. Errors are package photo's kinds and the store's.
func (s *Store) Save(ctx context.Context, data []byte) (Photo, error) {
	o, err := inspected(data)
	if err != nil {
		return Photo{}, err
	}
	return s.keep(ctx, o)
}

// keep stores a photo and holds it. One that is held by its ID is stored already.
func (s *Store) keep(ctx context.Context, o *original) (Photo, error) {
	named := o.describe()
	if s.cache.get(named.ID) != nil {
		return named, nil
	}
	p, err := o.store(ctx, s.blobs)
	if err == nil {
		s.cache.add(p.ID, o)
	}
	return p, err
}

// Keep has the photo behind ref (a URL, or a kept photo's ID) and keeps it: it is on the disk then. The
// source of a URL is asked, however fresh what it gave before is; where it fails, what it gave before is
// forgotten, and Outage tells whether it said so itself. shown is the ID of the photo that is shown from
// there, empty for none: that one the source may confirm (304), and any other it must give whole. A photo
// whose end is missing is not kept: fault.ErrSourceIncomplete.
func (s *Store) Keep(ctx context.Context, ref, shown string) (Photo, error) {
	o, err := s.asked(ctx, ref, shown, s.toStore(ref))
	if err != nil {
		return Photo{}, err
	}
	return o.store(ctx, s.blobs)
}

// Check has the photo behind ref as Keep does, without keeping it.
func (s *Store) Check(ctx context.Context, ref, shown string) (Photo, error) {
	o, err := s.asked(ctx, ref, shown, fetch.Keep{})
	if err != nil {
		return Photo{}, err
	}
	return o.describe(), nil
}

// asked has the photo behind ref, whole, and as its source shows it now.
func (s *Store) asked(ctx context.Context, ref, shown string, keep fetch.Keep) (*original, error) {
	if strings.HasPrefix(ref, prefix) {
		return s.stored(ctx, ref)
	}
	o, err := s.have(ctx, ref, shown, fetch.Request{Keep: keep, Fresh: true})
	if err == nil {
		err = s.whole(ctx, o)
	}
	switch {
	case err == nil:
	case fault.KindOf(err) == fault.SourceIncomplete && o != nil:
		s.sources.cut(ref, o.key)
	default:
		s.sources.forget(ref)
	}
	return o, err
}

// Outage reports an error of Keep or Check that says nothing about the photo: its source could not be
// asked, or gave only a part of the photo or no answer to rely on.
func Outage(err error) bool { return fetch.Outage(err) }

// Load has the photo behind ref, a URL or a kept photo's ID, at hand: who decodes it within moments has it from
// memory or from the disk. The caller does not hold it while he waits.
func (s *Store) Load(ctx context.Context, ref string) error {
	if s.spilled(ref) { // it is read when its turn comes
		return nil
	}
	_, err := s.load(ctx, ref)
	return err
}

// spilled reports whether the photo of a URL is fresh and on the disk.
func (s *Store) spilled(url string) bool {
	known, fresh := s.sources.get(url)
	return fresh && strings.HasPrefix(known.key, temporary) && s.spill.Has(known.key)
}

// load is the photo behind ref; one that cannot be kept is there all the same.
func (s *Store) load(ctx context.Context, ref string) (*original, error) {
	if strings.HasPrefix(ref, prefix) {
		return s.stored(ctx, ref)
	}
	o, err := s.have(ctx, ref, "", fetch.Request{Keep: s.toDraw(ref)})
	if o != nil {
		return o, nil
	}
	return nil, err
}

// Decode hands the opened photo behind ref to use, over paper where it can be seen through; it must
// not be kept after use returns. Where the end of a photo by URL is missing, the error is
// fault.ErrSourceIncomplete although use was called with what is there, unless nothing can be shown of it.
func (s *Store) Decode(ctx context.Context, ref string, paper color.Color, use func(*photo.Photo) error) error {
	o, err := s.load(ctx, ref)
	if err != nil {
		return err
	}
	o.drawn.Store(true)
	cut := false
	err = s.decoder.Open(ctx, o.data, o.info, paper, func(p *photo.Photo) error {
		err := use(p)
		cut = p.Cut()
		return err
	})
	if strings.HasPrefix(ref, prefix) { // nothing more will come of it
		return err
	}
	return s.complete(ref, o, cut, err)
}

// Show has the bytes behind ref, which are not to be changed, and their media type.
func (s *Store) Show(ctx context.Context, ref string) (data []byte, mediaType string, err error) {
	o, err := s.load(ctx, ref)
	if err != nil {
		return nil, "", err
	}
	return o.data, o.mediaType(), nil
}

// have is the photo behind a URL; with an error only where it could not be kept as q asks. A fresh request
// knows of no other photo than the one that is shown.
func (s *Store) have(ctx context.Context, ref, shown string, q fetch.Request) (*original, error) {
	if s.fetcher == nil {
		return nil, fmt.Errorf("no photo is fetched here: %w", fetch.ErrUnavailable)
	}
	known, fresh := s.sources.get(ref)
	if q.Fresh && known.key != shown {
		known = source{}
	}
	old, err := s.old(ctx, known)
	if err != nil {
		known = source{}
	}
	if old != nil && fresh && !q.Fresh {
		return old, nil
	}
	q.Known = known.validators
	a, err := s.fetcher.Media(ctx, ref, q)
	switch {
	case a.NotModified:
		s.sources.renew(ref, known.key, a)
		return old, nil
	case tooSlow(err) && old != nil && !q.Fresh:
		return old, nil
	case a.Data == nil:
		return nil, err
	}
	return s.answered(ref, a), err
}

// tooSlow reports a source that could not be asked in time: the photo that it gave before is used meanwhile.
func tooSlow(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.SourceTimeout || kind == fault.PhotoOverloaded
}

// old is the photo that a source gave before; nil where nothing is known of it.
func (s *Store) old(ctx context.Context, known source) (*original, error) {
	if known.key == "" {
		return nil, nil
	}
	if !strings.HasPrefix(known.key, temporary) {
		return s.stored(ctx, known.key)
	}
	if o := s.cache.get(known.key); o != nil {
		return o, nil
	}
	data, ok := s.spill.Get(known.key)
	if !ok {
		return nil, fetch.ErrUnavailable
	}
	o, err := inspected(data)
	if err != nil {
		return nil, err
	}
	o.cut = known.cut
	return s.cache.add(known.key, o), nil
}

// stored is a photo that was kept.
func (s *Store) stored(ctx context.Context, id string) (*original, error) {
	if o := s.cache.get(id); o != nil {
		return o, nil
	}
	data, err := s.blobs.Get(ctx, blobName(id))
	if errors.Is(err, blob.ErrNotFound) {
		return nil, fmt.Errorf("no photo %s is kept: %w", id, fetch.ErrUnavailable)
	}
	if err != nil && ctx.Err() == nil { // a disk that cannot read it: the cards go on without the photo
		return nil, fmt.Errorf("photo %s cannot be read: %w: %w", id, fetch.ErrUnavailable, err)
	}
	if err != nil {
		return nil, err
	}
	o, err := inspected(data)
	if err != nil {
		return nil, err
	}
	o.readAs(id)
	return s.cache.add(id, o), nil
}
