package app

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob/s3"
	"newsroom.example/cards/internal/blob/s3/s3test"
)

// pngOf returns a photo, which differs for each n.
func pngOf(t *testing.T, n int) string {
	t.Helper()
	var photo bytes.Buffer
	if err := png.Encode(&photo, image.NewGray(image.Rect(0, 0, 600+n, 400))); err != nil {
		t.Fatal(err)
	}
	return photo.String()
}

// eventually waits until ok returns true.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for began := time.Now(); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("it never happens: ", what)
		}
	}
}

// cardOf returns the path of a story's og card after a PUT.
func (a *App) cardOf(t *testing.T, body string) string {
	t.Helper()
	return between(t, between(t, body, `"og":{`, `}`), `"url":"`+a.URL, `"`)
}

// patience gives the object store more time than any busy machine takes.
func patience(t *testing.T) {
	t.Helper()
	before := bucketLimits
	t.Cleanup(func() { bucketLimits = before })
	bucketLimits = s3.Limits{
		ReadCard: time.Minute, Answer: time.Minute, ReadPhoto: time.Minute, Write: time.Minute,
		ProbeEvery: 10 * time.Millisecond,
	}
}

// TestServeWithoutItsBucket: a service whose object store is away starts, is ready, takes stories and draws cards, but
// acknowledges no photo. When the store answers, it takes photos, without another start. When the store is gone again,
// the cards that were drawn are still served, and new ones are drawn.
func TestServeWithoutItsBucket(t *testing.T) {
	patience(t)
	store := s3test.New(t)
	c := config(t)
	c.Pictures = store.URL()
	a := serve(t, c)
	ready := func(when string) {
		t.Helper()
		if resp, body := a.ask(t, "GET", "/readyz", ""); resp.StatusCode != 200 {
			t.Errorf("%s: %d %s", when, resp.StatusCode, body)
		}
	}
	shown := func(when, path string) {
		t.Helper()
		if resp, _ := a.ask(t, "GET", path, ""); resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "" {
			t.Errorf("%s: %s: %d, %v", when, path, resp.StatusCode, resp.Header)
		}
	}
	ready("at the start")
	resp, body := a.ask(t, "PUT", "/v1/articles/storm", `{"url":"https://news.example/storm","headline":"Storm front stalls"}`)
	if resp.StatusCode != 201 {
		t.Fatalf("a story: %d %s", resp.StatusCode, body)
	}
	plain := a.cardOf(t, body)
	shown("without the store", plain)
	if resp, body := a.ask(t, "POST", "/v1/photos", pngOf(t, 0)); resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" {
		t.Errorf("a photo: %d %s", resp.StatusCode, body)
	}
	store.Start(t)
	id := ""
	eventually(t, "a photo is stored", func() bool {
		resp, body := a.ask(t, "POST", "/v1/photos", pngOf(t, 0))
		if resp.StatusCode != 201 {
			return false
		}
		id = between(t, body, `"id":"`, `"`)
		return true
	})
	withPhoto, n := "", 0
	eventually(t, "a card is stored", func() bool { // the first may be drawn before the store is asked for cards again
		n++
		_, body = a.ask(t, "PUT", "/v1/articles/harbor",
			`{"url":"https://news.example/harbor","headline":"Harbor opens `+strconv.Itoa(n)+`","photo":{"url":"`+id+`"}}`)
		withPhoto = a.cardOf(t, body)
		shown("with the store", withPhoto)
		found, _ := filepath.Glob(filepath.Join(store.Dir, "news", "by-photo", "upload-*", "card-*"))
		stored, _ := filepath.Glob(filepath.Join(store.Dir, "news", "cards", "card-*"))
		return len(found) > 0 && len(stored) > 0
	})
	ready("with the store")
	store.Stop(t)
	shown("afterwards", plain)
	shown("afterwards", withPhoto)
	if resp, body := a.ask(t, "PUT", "/v1/articles/storm", `{"url":"https://news.example/storm","headline":"Storm is over"}`); resp.StatusCode != 200 {
		t.Errorf("a changed story: %d %s", resp.StatusCode, body)
	} else {
		shown("afterwards", a.cardOf(t, body))
	}
	eventually(t, "photos are refused", func() bool {
		resp, _ := a.ask(t, "POST", "/v1/photos", pngOf(t, 1))
		return resp.StatusCode == 503
	})
	ready("afterwards")
}

// TestAPhotoIsWithdrawnFromABucket: of two replicas on one bucket, one withdraws a photo: the other does not show or
// store it any more, and nothing of it is left in the bucket.
func TestAPhotoIsWithdrawnFromABucket(t *testing.T) {
	patience(t)
	store := s3test.Start(t)
	c := config(t)
	c.Pictures = store.URL()
	one, two := serve(t, c), serve(t, c)
	_, body := one.ask(t, "POST", "/v1/photos", pngOf(t, 0))
	id := between(t, body, `"id":"`, `"`)
	story := `{"url":"https://news.example/storm","headline":"Storm front stalls","photo":{"url":"` + id + `"}}`
	_, body = one.ask(t, "PUT", "/v1/articles/storm", story)
	path := one.cardOf(t, body)
	signed := "/v1/card.jpg?headline=Storm&size=story&photo=" + id
	for _, a := range []*App{one, two} {
		for _, path := range []string{path, signed} {
			if resp, _ := a.ask(t, "GET", path, ""); resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "" {
				t.Fatalf("%s: %d %v", path, resp.StatusCode, resp.Header)
			}
		}
	}
	if resp, body := one.ask(t, "DELETE", "/v1/photos/"+id, ""); resp.StatusCode != 200 {
		t.Fatalf("withdrawn: %d %s", resp.StatusCode, body)
	}
	eventually(t, "the other replica knows", func() bool {
		resp, _ := two.ask(t, "GET", path, "")
		return resp.StatusCode == 410
	})
	for _, a := range []*App{one, two, serve(t, c)} {
		if resp, body := a.ask(t, "POST", "/v1/photos", pngOf(t, 0)); resp.StatusCode != 410 {
			t.Errorf("uploaded again: %d %s", resp.StatusCode, body)
		}
		if resp, _ := a.ask(t, "GET", signed, ""); resp.Header.Get("X-Card-Degraded") != "gone" {
			t.Errorf("a signed card: %d %v", resp.StatusCode, resp.Header)
		}
	}
	eventually(t, "nothing is left", func() bool { return !holds(t, store.Dir, strings.TrimPrefix(id, "upload:")) })
}

// holds reports whether a file below dir has the text in its name or content.
func holds(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // it was removed meanwhile
		}
		raw, _ := os.ReadFile(path)
		found = found || bytes.Contains(raw, []byte(text)) || strings.Contains(path, text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestBucketSettings: a setting that cannot work stops the start, names the flag, and is not repeated.
func TestBucketSettings(t *testing.T) {
	s3test.Credentials(t, "cards-test-secret-key")
	for _, pictures := range []string{
		"s3://", "s3://key:hidden@news", "s3://news?secret=hidden", "s3://news?endpoint=http://hidden:hidden@host",
	} {
		c := config(t)
		c.Pictures = pictures
		a, err := New(t.Context(), c, discard())
		a.Close()
		var wrong *SettingError
		if !errors.As(err, &wrong) || wrong.Setting != "pictures" || strings.Contains(wrong.Problem, "hidden") {
			t.Errorf("%s: %v", pictures, err)
		}
	}
}
