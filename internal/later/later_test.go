package later

import (
	"context"
	"errors"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// TestStored: one job follows from a version: its cards are drawn, now or before its embargo ends, unless its photo is
// missing, which comes with another version.
func TestStored(t *testing.T) {
	version := func(change func(*store.Record)) store.Record {
		r := store.Record{Version: "v1", PhotoID: "upload:1"}
		r.Article.ID, r.Article.Photo.URL = "storm-1", "https://pictures.example/a.jpg"
		change(&r)
		return r
	}
	missing := func(code string) func(*store.Record) {
		return func(r *store.Record) {
			r.PhotoID, r.Warnings = "", []article.Warning{{Code: "no_alt", Field: "photo.alt"}, {Code: code, Field: "photo.url"}}
		}
	}
	end := noon.Add(time.Hour)
	drawn := queue.Job{Kind: Draw, Article: "storm-1", Version: "v1"}
	again := queue.Job{Kind: Photo, Article: "storm-1", Version: "v1", At: noon.Add(firstPause)}
	ahead := queue.Job{Kind: Embargo, Article: "storm-1", Until: end, At: end.Add(-embargoLead)}
	for why, tt := range map[string]struct {
		r       store.Record
		all     *queue.Job
		without *queue.Job // if nothing is drawn ahead
	}{
		"with its photo":            {version(func(*store.Record) {}), &drawn, nil},
		"without a photo":           {version(func(r *store.Record) { r.PhotoID, r.Article.Photo.URL = "", "" }), &drawn, nil},
		"its photo was withdrawn":   {version(func(r *store.Record) { r.PhotoID = store.NoPhoto }), &drawn, nil},
		"under embargo":             {version(func(r *store.Record) { r.Article.EmbargoUntil = end }), &ahead, nil},
		"its embargo ends now":      {version(func(r *store.Record) { r.Article.EmbargoUntil = noon }), &drawn, nil},
		"its source is away":        {version(missing("source_unavailable")), &again, &again},
		"its source is slow":        {version(missing("source_timeout")), &again, &again},
		"a part of it came":         {version(missing("source_incomplete")), &again, &again},
		"too many were fetched":     {version(missing("overloaded")), &again, &again},
		"it will never be a photo":  {version(missing("unsupported_image")), &drawn, nil},
		"its photo came afterwards": {version(func(r *store.Record) { missing("source_timeout")(r); r.PhotoID = "upload:1" }), &drawn, nil},
	} {
		for drawing, want := range map[bool]*queue.Job{true: tt.all, false: tt.without} {
			got := Stored(tt.r, noon, Options{DrawAhead: drawing})
			switch {
			case want == nil && len(got) == 0:
			case want == nil || len(got) != 1 || got[0].Kind.Name != want.Kind.Name || got[0].Article != want.Article ||
				got[0].Version != want.Version || !got[0].Until.Equal(want.Until) || !got[0].At.Equal(want.At):
				t.Errorf("%s, drawing %t: %+v", why, drawing, got)
			}
		}
	}
}

// TestADayOfPauses: a photo is asked for over a day, often at first.
func TestADayOfPauses(t *testing.T) {
	all, last := firstPause, firstPause
	for _, p := range Photo.Pauses {
		if p < last {
			t.Errorf("%v after %v", p, last)
		}
		all, last = all+p, p
	}
	if all < 23*time.Hour || all > 25*time.Hour || len(Photo.Pauses) > 30 {
		t.Errorf("%d pauses, %v in all", len(Photo.Pauses), all)
	}
}

// does records what is asked of it.
type does struct {
	asked []string
	err   error
}

func (d *does) DrawAhead(_ context.Context, id, version string) error {
	d.asked = append(d.asked, "draw "+id+" "+version)
	return d.err
}

func (d *does) DrawForEmbargo(_ context.Context, id string, end time.Time) error {
	d.asked = append(d.asked, "embargo "+id+" "+end.Format(time.RFC3339))
	return d.err
}

func (d *does) Refetch(_ context.Context, id, version string) error {
	d.asked = append(d.asked, "photo "+id+" "+version)
	return d.err
}

func (d *does) EndBreaking(_ context.Context, id string, end time.Time) error {
	d.asked = append(d.asked, "badge "+id+" "+end.Format(time.RFC3339))
	return d.err
}

func (d *does) EndRights(_ context.Context, id string, end time.Time) error {
	d.asked = append(d.asked, "rights "+id+" "+end.Format(time.RFC3339))
	return d.err
}

func (d *does) PruneClicks(_ context.Context, before time.Time) (int, error) {
	d.asked = append(d.asked, "prune_clicks "+before.Format(time.DateOnly))
	return 1, d.err
}

func (d *does) PruneEntries(_ context.Context, before time.Time) (int, error) {
	d.asked = append(d.asked, "prune_entries "+before.Format(time.DateOnly))
	return 1, d.err
}

func (d *does) PruneSessions(_ context.Context, now time.Time) (int, error) {
	d.asked = append(d.asked, "prune_sessions "+now.Format(time.DateOnly))
	return 1, d.err
}

// TestWorkers: each kind has a worker that asks for the right thing. A drawing that finds no slot is put off, and every
// other error is one.
func TestWorkers(t *testing.T) {
	failed := errors.New("broken")
	for _, tt := range []struct {
		err, drawing, others error
	}{
		{nil, nil, nil},
		{failed, failed, failed},
		{pictures.ErrOverloaded, queue.Later(busyPause), pictures.ErrOverloaded},
		{context.DeadlineExceeded, queue.Later(busyPause), context.DeadlineExceeded},
		{fault.New(fault.Unavailable, "disk"), fault.New(fault.Unavailable, "disk"), fault.New(fault.Unavailable, "disk")},
	} {
		d := &does{err: tt.err}
		c := Config(d, d, func() time.Time { return noon }, Options{DrawAhead: true})
		for _, w := range c.Workers {
			want := tt.others
			if w.Kind.Spare {
				want = tt.drawing
			}
			err := w.Do(t.Context(), queue.Job{Kind: w.Kind, Article: "storm-1", Version: "v1", Until: noon})
			if (err == nil) != (want == nil) || err != nil && err.Error() != want.Error() {
				t.Errorf("%s with %v: %v", w.Kind.Name, tt.err, err)
			}
		}
		want := []string{"draw storm-1 v1", "embargo storm-1 2026-11-29T12:00:00Z", "photo storm-1 v1", "badge storm-1 2026-11-29T12:00:00Z", "rights storm-1 2026-11-29T12:00:00Z",
			"prune_clicks 2026-10-29", "prune_entries 2025-10-29",
			"prune_sessions 2026-11-29"}
		if len(d.asked) != len(want) || c.NoSpare {
			t.Fatalf("%v", d.asked)
		}
		for i := range want {
			if d.asked[i] != want[i] {
				t.Errorf("%s, not %s", d.asked[i], want[i])
			}
		}
	}
	if !Config(nil, nil, time.Now, Options{}).NoSpare {
		t.Error("drawing ahead is not left to others")
	}
}
