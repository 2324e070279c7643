package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
)

// toStore stores what a URL gave, and what its source said of it. Half a photo is held temporarily.
func (s *Store) toStore(url string) fetch.Keep {
	return fetch.Keep{Way: "stored", Do: func(ctx context.Context, a fetch.Answer) error {
		o := &original{data: a.Data, info: infoOf(a), cut: a.Incomplete}
		err := s.whole(ctx, o)
		if fault.KindOf(err) == fault.SourceIncomplete {
			a.Incomplete = true
			return errors.Join(err, s.toDraw(url).Do(ctx, a))
		}
		if err != nil {
			return err
		}
		p, err := s.keep(ctx, o)
		if err == nil {
			s.sources.put(url, p.ID, a)
		}
		return err
	}}
}

// temporary begins the keys of photos that were fetched for a picture, and are not stored.
const temporary = "temporary:"

// toDraw holds what a URL gave for a picture, in memory alone: it can be fetched again.
func (s *Store) toDraw(url string) fetch.Keep {
	return fetch.Keep{Way: "temporary", Do: func(_ context.Context, a fetch.Answer) error {
		key := fmt.Sprint(temporary, s.fetched.Add(1))
		s.sources.put(url, key, a)
		s.cache.add(key, &original{data: a.Data, info: infoOf(a), cut: a.Incomplete})
		return nil
	}}
}

// answered is the photo of an answer: the one in the cache, where that is still there.
func (s *Store) answered(url string, a fetch.Answer) *original {
	known, _ := s.sources.get(url)
	if o := s.cache.get(known.key); o != nil && bytes.Equal(o.data, a.Data) {
		return o
	}
	return &original{data: a.Data, info: infoOf(a), cut: a.Incomplete}
}
