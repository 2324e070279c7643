package stories

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"newsroom.example/cards/internal/photos"
)

// canceling cancels a request while its article's photo is being checked.
type canceling struct {
	Photos
	cancel func()
}

func (c canceling) Check(ctx context.Context, ref, shown string) (photos.Photo, error) {
	c.cancel()
	return c.Photos.Check(ctx, ref, shown)
}

// TestCanceledPutKeepsThePhoto: if the client disconnects during an outage while the previous photo is being checked,
// that photo is neither lost nor logged as lost.
func TestCanceledPutKeepsThePhoto(t *testing.T) {
	for _, dry := range []bool{false, true} {
		h := newHouse(t)
		first, _ := h.put(t, PutOptions{})
		h.source.change(func(s *source) { s.status = http.StatusServiceUnavailable })
		ctx, cancel := context.WithCancel(t.Context())
		h.photos = canceling{h.restart(), cancel}
		if _, err := h.Put(ctx, h.story(), PutOptions{DryRun: dry}); !errors.Is(err, context.Canceled) {
			t.Errorf("dry run %t: %v", dry, err)
		}
		if strings.Contains(h.logged.String(), "lost") {
			t.Errorf("dry run %t: logged %s", dry, h.logged)
		}
		h.photos = h.restart()
		r, warnings := h.put(t, PutOptions{})
		if r.Record.PhotoID != first.Record.PhotoID || warnings != "source_unavailable " {
			t.Errorf("dry run %t: afterwards photo %q, want %q; %s", dry, r.Record.PhotoID, first.Record.PhotoID, warnings)
		}
	}
}

// TestUnreadablePhotoIsAWarning: an article is stored even if the disk cannot read its photo, whether the article
// names the photo by ID or keeps it after an outage. It shows the photo again once the disk can read it.
func TestUnreadablePhotoIsAWarning(t *testing.T) {
	for _, upload := range []bool{true, false} {
		h := newHouse(t)
		first, _ := h.put(t, PutOptions{})
		story := h.story()
		if upload {
			story.Photo.URL = first.Record.PhotoID
		}
		h.source.change(func(s *source) { s.status = http.StatusServiceUnavailable })
		for _, broken := range []bool{true, false} {
			h.files.Fail("read", nil)
			if broken {
				h.files.Fail("read", syscall.EIO)
			}
			h.photos = h.restart()
			r, err := h.Put(t.Context(), story, PutOptions{})
			if err != nil {
				t.Fatalf("upload %t, broken %t: %v", upload, broken, err)
			}
			want := 1
			if upload && !broken {
				want = 0
			}
			if len(r.Warnings) != want || want == 1 && r.Warnings[0].Code != "source_unavailable" {
				t.Errorf("upload %t, broken %t: %+v", upload, broken, r.Warnings)
			}
			if broken != (r.Record.PhotoID == "") && upload {
				t.Errorf("upload, broken %t: photo %q", broken, r.Record.PhotoID)
			}
			if stored, err := h.Article(t.Context(), story.ID); err != nil || stored.Version != r.Record.Version {
				t.Errorf("upload %t, broken %t: %v, version %s", upload, broken, err, stored.Version)
			}
		}
	}
}
