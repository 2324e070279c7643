package later

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store"
)

// TestRightsFollow: the end of the rights of the photo or the portrait, whichever is first, is one job, however often
// the story changes before; a photo that is not shown has none.
func TestRightsFollow(t *testing.T) {
	end := noon.Add(time.Hour)
	shown := func(id string) store.Record {
		r := store.Record{Version: "v1", PhotoID: id}
		r.Article.ID, r.Article.Photo.URL = "storm-1", "https://pictures.example/a.jpg"
		r.Article.Photo.Rights.Expires = end
		return r
	}
	both := shown("upload:1")
	both.Article.Portrait = article.Photo{URL: "https://pictures.example/b.jpg", Rights: article.Rights{Expires: noon.Add(time.Minute)}}
	both.Article.PortraitID = "upload:2"
	for why, tt := range map[string]struct {
		r    store.Record
		want time.Time
	}{
		"a photo":            {shown("upload:1"), end},
		"one not stored yet": {shown(""), end},
		"one not shown":      {shown(store.NoPhoto), time.Time{}},
		"two":                {both, noon.Add(time.Minute)},
	} {
		jobs := Stored(tt.r, noon, Options{})
		if tt.want.IsZero() {
			if len(jobs) > 0 {
				t.Errorf("%s: %+v", why, jobs)
			}
			continue
		}
		if len(jobs) != 1 || jobs[0].Kind.Name != "rights" || jobs[0].Article != "storm-1" || !jobs[0].At.Equal(tt.want) || !jobs[0].Until.Equal(tt.want) {
			t.Errorf("%s: %+v", why, jobs)
		}
	}
}

// TestRightsNotEarly: on a machine whose clock is behind, the job waits until the rights have ended there.
func TestRightsNotEarly(t *testing.T) {
	d := &does{}
	now := noon.Add(-time.Minute)
	do := expirer(d, func() time.Time { return now })
	if err := do(t.Context(), queue.Job{Kind: Rights, Article: "storm-1", Until: noon}); err != queue.Later(time.Minute) || len(d.asked) > 0 { //nolint:errorlint // a value
		t.Errorf("%v, asked %v", err, d.asked)
	}
	now = noon
	if err := do(t.Context(), queue.Job{Kind: Rights, Article: "storm-1", Until: noon}); err != nil || len(d.asked) != 1 {
		t.Errorf("%v, asked %v", err, d.asked)
	}
}
