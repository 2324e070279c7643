package pictures_test

import (
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/render"
)

// TestRemoveOld: only pictures of other versions of the renderer are removed, once they are no longer requested.
func TestRemoveOld(t *testing.T) {
	store, err := blob.NewDisk(t.TempDir(), blob.DiskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	cards, err := blob.NewCache(store, pictures.KeyPrefix, 1<<20, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cards.Close() })
	service := pictures.New(pictures.Config{Renderer: newRenderer(t), Cache: cards})
	if _, err := service.Preview(t.Context(), newCard(t, false), "png", pictures.Options{}); err != nil {
		t.Fatal(err)
	}
	ours := keys(t, store)
	for _, key := range []string{"card-abc.jpg", "card-v0-abc.jpg", "card-v" + render.Version + "0-abc.png", "upload-abc"} {
		if err := store.Put(t.Context(), key, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		before  time.Time
		removed int
		left    []string
	}{
		{time.Now().Add(-time.Hour), 0, append([]string{"card-abc.jpg", "card-v0-abc.jpg",
			"card-v" + render.Version + "0-abc.png", "upload-abc"}, ours...)},
		{time.Now().Add(time.Hour), 3, append([]string{"upload-abc"}, ours...)},
	} {
		removed, err := pictures.RemoveOld(t.Context(), cards, tt.before)
		slices.Sort(tt.left)
		if left := keys(t, store); err != nil || removed != tt.removed || !slices.Equal(left, tt.left) {
			t.Errorf("removed %d, %v; left %q, want %q", removed, err, left, tt.left)
		}
	}
	if img, ok := service.Cached(t.Context(), service.Key(newCard(t, false), "png"), "png", false); !ok || len(img.Bytes) == 0 {
		t.Error("this version's card is gone")
	}
}

func keys(t *testing.T, s blob.Store) (all []string) {
	t.Helper()
	for info, err := range s.List(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, info.Key)
	}
	slices.Sort(all)
	return all
}
