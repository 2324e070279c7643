package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
)

// forGood keeps what a URL gave, and what its source said of it. Half a photo is held in passing.
func (l *Library) forGood(url string) fetch.Keep {
	return fetch.Keep{Way: "for good", Do: func(ctx context.Context, a fetch.Answer) error {
		o := &original{data: a.Data, info: infoOf(a), cut: a.Incomplete}
		err := l.whole(ctx, o)
		if fault.KindOf(err) == fault.SourceIncomplete {
			a.Incomplete = true
			return errors.Join(err, l.inPassing(url).Do(ctx, a))
		}
		if err != nil {
			return err
		}
		p, err := l.shelve(ctx, o)
		if err == nil {
			l.sources.put(url, p.ID, a)
		}
		return err
	}}
}

// inPassing holds what a URL gave for a picture. It was promised to nobody: what is lost of it is
// fetched once more.
func (l *Library) inPassing(url string) fetch.Keep {
	return fetch.Keep{Way: "in passing", Do: func(_ context.Context, a fetch.Answer) error {
		key := fmt.Sprint(passing, l.fetched.Add(1))
		l.sources.put(url, key, a)
		l.recent.add(key, &original{data: a.Data, held: a.Held, info: infoOf(a), cut: a.Incomplete}).letGo()
		return nil
	}}
}

// given is what a fetch answered: the photo that is held since, where it still is. The caller holds it.
func (l *Library) given(ctx context.Context, url string, a fetch.Answer) (*original, error) {
	known, _ := l.sources.get(url)
	if o := l.recent.get(known.key); o != nil {
		if bytes.Equal(o.data, a.Data) {
			return o, nil
		}
		o.letGo()
	}
	if a.Held.Hold() {
		return &original{data: a.Data, held: a.Held, info: infoOf(a), cut: a.Incomplete}, nil
	}
	o, err := l.old(ctx, known) // it has left memory since it came
	if o == nil && err == nil {
		err = fetch.ErrUnavailable
	}
	return o, err
}
