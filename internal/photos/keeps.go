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
func (l *Library) toStore(url string) fetch.Keep {
	return fetch.Keep{Way: "stored", Do: func(ctx context.Context, a fetch.Answer) error {
		o := &original{data: a.Data, info: infoOf(a), cut: a.Incomplete}
		err := l.whole(ctx, o)
		if fault.KindOf(err) == fault.SourceIncomplete {
			a.Incomplete = true
			return errors.Join(err, l.toDraw(url).Do(ctx, a))
		}
		if err != nil {
			return err
		}
		p, err := l.keep(ctx, o)
		if err == nil {
			l.sources.put(url, p.ID, a)
		}
		return err
	}}
}

// temporary begins the keys of photos that were fetched for a picture, and are not stored.
const temporary = "temporary:"

// toDraw holds what a URL gave for a picture, in memory alone: it can be fetched again.
func (l *Library) toDraw(url string) fetch.Keep {
	return fetch.Keep{Way: "temporary", Do: func(_ context.Context, a fetch.Answer) error {
		key := fmt.Sprint(temporary, l.fetched.Add(1))
		l.sources.put(url, key, a)
		l.cache.add(key, &original{data: a.Data, info: infoOf(a), cut: a.Incomplete})
		return nil
	}}
}

// answered is the photo of an answer: the one in the cache, where that is still there.
func (l *Library) answered(url string, a fetch.Answer) *original {
	known, _ := l.sources.get(url)
	if o := l.cache.get(known.key); o != nil && bytes.Equal(o.data, a.Data) {
		return o
	}
	return &original{data: a.Data, info: infoOf(a), cut: a.Incomplete}
}
