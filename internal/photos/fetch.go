package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
)

// fetch returns the photo at a URL: the last one if it is fresh, otherwise what its source sends. With q.Fresh it
// always asks the source, which may confirm only the photo shown. fetch returns both a photo and an error if
// q.Keep failed.
func (s *Store) fetch(ctx context.Context, ref, shown string, q fetch.Request) (*loaded, error) {
	if s.fetcher == nil {
		return nil, fmt.Errorf("no photo is fetched here: %w", fetch.ErrUnavailable)
	}
	known, fresh := s.sources.get(ref)
	if known.withdrawn != "" && fresh && !q.Fresh {
		return nil, withdrawnError(known.withdrawn)
	}
	if q.Fresh && known.key != shown {
		known = source{}
	}
	old, err := s.previous(ctx, known)
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
	return s.photoOf(ref, a), err
}

// tooSlow reports whether a source did not answer in time. The last photo is used instead.
func tooSlow(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.SourceTimeout || kind == fault.PhotoOverloaded
}

// previous returns the photo that a source sent last, or nil if nothing is known of it.
func (s *Store) previous(ctx context.Context, known source) (*loaded, error) {
	if known.key == "" {
		return nil, nil
	}
	if !strings.HasPrefix(known.key, temporary) {
		return s.readStored(ctx, known.key)
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

// toStore returns a fetch.Keep that stores the fetched photo and remembers its source's answer. An incomplete photo
// is only cached, as temporary.
func (s *Store) toStore(url string) fetch.Keep {
	return fetch.Keep{Way: "stored", Do: func(ctx context.Context, a fetch.Answer) error {
		o := &loaded{data: a.Data, info: infoOf(a), cut: a.Incomplete}
		err := s.whole(ctx, o)
		if fault.KindOf(err) == fault.SourceIncomplete {
			a.Incomplete = true
			return errors.Join(err, s.toDraw(url).Do(ctx, a))
		}
		if err != nil {
			return err
		}
		p, err := s.add(ctx, o)
		if err == nil {
			s.sources.put(url, p.ID, a)
		}
		return err
	}}
}

// temporary begins the keys of photos that were fetched for a picture and are not stored.
const temporary = "temporary:"

// toDraw returns a fetch.Keep that caches the fetched photo in memory, unless it was withdrawn. It is not stored: it
// can be fetched again.
func (s *Store) toDraw(url string) fetch.Keep {
	return fetch.Keep{Way: "temporary", Do: func(_ context.Context, a fetch.Answer) error {
		key := fmt.Sprint(temporary, s.fetched.Add(1))
		s.sources.put(url, key, a)
		o := s.cache.add(key, &loaded{data: a.Data, info: infoOf(a), cut: a.Incomplete})
		return s.refuse(url, o)
	}}
}

// photoOf returns the photo of an answer: the cached one if it is still cached.
func (s *Store) photoOf(url string, a fetch.Answer) *loaded {
	known, _ := s.sources.get(url)
	if o := s.cache.get(known.key); o != nil && bytes.Equal(o.data, a.Data) {
		return o
	}
	return &loaded{data: a.Data, info: infoOf(a), cut: a.Incomplete}
}
