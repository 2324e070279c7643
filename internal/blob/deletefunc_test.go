package blob

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestDeleteFunc: pictures are deleted by their first bytes, from the folder, from memory, and those that are in memory
// only. Keys with another prefix are not the cache's.
func TestDeleteFunc(t *testing.T) {
	dir := t.TempDir()
	c := cache(t, dir, 1<<20, 1<<20)
	if err := disk(t, dir).Put(t.Context(), "photo-1", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for i, data := range []string{"xyz", "x", "yx", "", "xyzxyzxyz"} {
		if err := c.Put(t.Context(), fmt.Sprint("card-", i), []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	c.Hold("card-held", []byte("xy"))
	c.Hold("card-other", []byte("y"))
	heads := map[string]string{}
	match := func(key string, head []byte) bool {
		heads[key] = string(head)
		return strings.HasPrefix(string(head), "x")
	}
	if deleted, err := c.DeleteFunc(t.Context(), nil, 2, match); deleted != 4 || err != nil {
		t.Errorf("deleted %d, %v", deleted, err)
	}
	if want := "map[card-0:xy card-1:x card-2:yx card-3: card-4:xy card-held:xy card-other:y]"; fmt.Sprint(heads) != want {
		t.Errorf("heads %v", heads)
	}
	for key, want := range map[string]bool{
		"card-0": false, "card-1": false, "card-2": true, "card-3": true, "card-4": false, "card-held": false, "card-other": true,
	} {
		if _, err := c.Get(t.Context(), key); (err == nil) != want {
			t.Errorf("%s: %v", key, err)
		}
	}
	if _, err := cache(t, dir, 1<<20, 1<<20).Get(t.Context(), "card-0"); !errors.Is(err, ErrNotFound) {
		t.Errorf("in the folder: %v", err)
	}
	if _, err := disk(t, dir).Get(t.Context(), "photo-1"); err != nil {
		t.Errorf("an original: %v", err)
	}
}
