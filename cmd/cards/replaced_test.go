package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// gallery is a source on loopback. The last part of a path says which validators it sends.
type gallery struct {
	mu     sync.Mutex
	photo  []byte
	number int           // of the photo
	fails  string        // how it fails: "" not, "cut" at 70 % of the file, "short" of what it states, else a status
	hold   chan struct{} // the next answer waits until it is closed; nil: none does
	held   chan struct{} // closed when that answer waits
}

func (g *gallery) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	hold := g.hold
	if g.hold = nil; hold != nil {
		close(g.held)
	}
	g.mu.Unlock()
	if hold != nil {
		<-hold
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	status := 0
	part := g.photo[:len(g.photo)*7/10]
	switch {
	case g.fails == "cut":
		_, _ = w.Write(part)
		return
	case g.fails == "short":
		w.Header().Set("Content-Length", strconv.Itoa(len(g.photo)))
		_, _ = w.Write(part)
		return
	case g.fails != "":
		_, _ = fmt.Sscan(g.fails, &status)
		w.WriteHeader(status)
		return
	}
	modified := time.Time{}
	switch r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:] {
	case "stuck": // whatever version it is asked about, it confirms, without naming it
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, g.number))
	case "etag":
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, g.number))
	case "modified":
		modified = time.Now().Truncate(time.Hour).Add(-24*time.Hour + time.Duration(g.number)*time.Second)
	case "now": // replaced within the second
		modified = time.Now()
	}
	http.ServeContent(w, r, "", modified, bytes.NewReader(g.photo))
}

// shows has the gallery show the photo of the number from now on, and fail in the way.
func (g *gallery) shows(t *testing.T, number int, fails string) {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range m.Pix {
		m.Pix[i] = uint8(i*i>>7 + 60*number)
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	m.Set(0, 0, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.photo, g.number, g.fails = out.Bytes(), number, fails
}

// codes are those of an answer's warnings.
func codes(answer map[string]any) (all string) {
	warnings, _ := answer["warnings"].([]any)
	for _, w := range warnings {
		all += at(w.(map[string]any), "code") + " "
	}
	return strings.TrimSpace(all)
}

// TestPhotoReplacedInPlace: another photo under the same address arrives with the next PUT, whatever the
// source says of its photos.
func TestPhotoReplacedInPlace(t *testing.T) {
	g := &gallery{}
	source := httptest.NewServer(g)
	defer source.Close()
	s := serve(t, t.TempDir(), "--photo-allow", source.Listener.Addr().String())
	for _, validator := range []string{"etag", "modified", "now", "neither"} {
		for _, way := range []string{"PUT", "DELETE and PUT"} {
			id := validator + "-" + way[:1]
			body := storyOf(id, source.URL+"/"+id+"/"+validator, "Storm front stalls")
			put := func(status int) map[string]any {
				t.Helper()
				if way != "PUT" && status == 200 {
					status = 201
					s.do("DELETE", "/v1/articles/"+id, nil)
				}
				return s.answer(s.do("PUT", "/v1/articles/"+id, body), status)
			}
			g.shows(t, 1, "")
			first := put(201)
			picture := at(first, "images", "og", "url")
			before := s.bytes(s.do("GET", picture, nil))
			if same := put(200); at(same, "version") != at(first, "version") || same["warnings"] != nil {
				t.Errorf("%s, %s: the same bytes: %v", validator, way, same)
			}
			g.shows(t, 2, "")
			dry := s.answer(s.do("PUT", "/v1/articles/"+id+"?dry_run=1", body), 200)
			other := put(200)
			if at(other, "version") == at(first, "version") || at(dry, "version") != at(other, "version") || other["warnings"] != nil {
				t.Errorf("%s, %s: other bytes: version %s, then %s, dry %s", validator, way, at(first, "version"), at(other, "version"), at(dry, "version"))
			}
			after := s.do("GET", at(other, "images", "og", "url"), nil)
			if bytes.Equal(s.bytes(after), before) || after.Header.Get("X-Card-Degraded") != "" || !strings.Contains(after.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s, %s: the new picture: %v", validator, way, after.Header)
			}
			if old := s.bytes(s.do("GET", picture, nil)); !bytes.Equal(old, before) {
				t.Errorf("%s, %s: the old picture has changed", validator, way)
			}
		}
	}
}

// TestStuckSource: a source that confirms every version brings no old photo back with a withdrawn story.
func TestStuckSource(t *testing.T) {
	g := &gallery{}
	source := httptest.NewServer(g)
	defer source.Close()
	s := serve(t, t.TempDir(), "--photo-allow", source.Listener.Addr().String())
	body := story(source.URL+"/pier/stuck", "Storm front stalls")
	g.shows(t, 1, "")
	first := s.answer(s.do("PUT", "/v1/articles/a", body), 201)
	before := s.bytes(s.do("GET", at(first, "images", "og", "url"), nil))
	g.shows(t, 2, "")
	s.do("DELETE", "/v1/articles/a", nil)
	back := s.answer(s.do("PUT", "/v1/articles/a", body), 201)
	if after := s.bytes(s.do("GET", at(back, "images", "og", "url"), nil)); bytes.Equal(after, before) || back["warnings"] != nil {
		t.Errorf("the old photo is back: %v", back["warnings"])
	}
}

// TestDeleteOvertakesPut: a story is withdrawn at once while a PUT waits for its photo, and stays so.
func TestDeleteOvertakesPut(t *testing.T) {
	g := &gallery{}
	source := httptest.NewServer(g)
	defer source.Close()
	s := serve(t, t.TempDir(), "--photo-allow", source.Listener.Addr().String())
	body := story(source.URL+"/pier/etag", "Storm front stalls")
	g.shows(t, 1, "")
	s.answer(s.do("PUT", "/v1/articles/a", body), 201)
	hold, held := make(chan struct{}), make(chan struct{})
	g.mu.Lock()
	g.hold, g.held = hold, held
	g.mu.Unlock()
	overtaken := make(chan *http.Response, 1)
	go func() { overtaken <- s.do("PUT", "/v1/articles/a", body) }()
	<-held
	if resp := s.do("DELETE", "/v1/articles/a", nil); resp.StatusCode != 204 {
		t.Errorf("DELETE: %d", resp.StatusCode)
	}
	close(hold)
	if put := s.answer(<-overtaken, 410); at(put, "error", "code") != "expired" {
		t.Errorf("the PUT: %v", put)
	}
	s.answer(s.do("GET", "/v1/articles/a", nil), 410)
	s.answer(s.do("PUT", "/v1/articles/a", body), 201)
}

// TestOutageAndTakeDown: an outage strips no story of its photo; a photo that is gone goes, and does not
// come back with a withdrawn story.
func TestOutageAndTakeDown(t *testing.T) {
	g := &gallery{}
	source := httptest.NewServer(g)
	defer source.Close()
	s := serve(t, t.TempDir(), "--photo-allow", source.Listener.Addr().String())
	body := story(source.URL+"/pier/etag", "Storm front stalls")
	g.shows(t, 1, "")
	first := s.answer(s.do("PUT", "/v1/articles/a", body), 201)
	before := s.bytes(s.do("GET", at(first, "images", "og", "url"), nil))
	g.shows(t, 1, "503")
	outage := s.answer(s.do("PUT", "/v1/articles/a", body), 200)
	if codes(outage) != "source_unavailable" || at(outage, "version") != at(first, "version") {
		t.Errorf("an outage: %v", outage["warnings"])
	}
	changed := s.answer(s.do("PUT", "/v1/articles/a", story(source.URL+"/pier/etag", "Storm front moves on")), 200)
	if resp := s.do("GET", at(changed, "images", "og", "url"), nil); resp.Header.Get("X-Card-Degraded") != "" || codes(changed) != "source_unavailable" {
		t.Errorf("another headline meanwhile: %v", resp.Header)
	}
	if strict := s.answer(s.do("PUT", "/v1/articles/a?strict=1", body), 422); at(strict, "error", "code") != "source_unavailable" || at(strict, "error", "field") != "photo.url" {
		t.Errorf("strict: %v", strict)
	}
	s.do("DELETE", "/v1/articles/a", nil)
	back := s.answer(s.do("PUT", "/v1/articles/a", body), 201)
	if resp := s.do("GET", at(back, "images", "og", "url"), nil); resp.Header.Get("X-Card-Degraded") != "source_unavailable" || bytes.Equal(s.bytes(resp), before) {
		t.Errorf("after DELETE: %v", resp.Header)
	}
	g.shows(t, 1, "")
	if again := s.answer(s.do("PUT", "/v1/articles/a", body), 200); at(again, "version") != at(first, "version") || again["warnings"] != nil {
		t.Errorf("the outage is over: %v", again)
	}
	g.shows(t, 1, "404")
	gone := s.answer(s.do("PUT", "/v1/articles/a", body), 200)
	resp := s.do("GET", at(gone, "images", "og", "url"), nil)
	if codes(gone) != "source_unavailable" || resp.Header.Get("X-Card-Degraded") != "source_unavailable" || bytes.Equal(s.bytes(resp), before) {
		t.Errorf("taken down: %v, %v", gone["warnings"], resp.Header)
	}
}

// TestHalfAPhoto: of a source that breaks off the card shows what came, and says so; it is whole by
// itself once the source is.
func TestHalfAPhoto(t *testing.T) {
	g := &gallery{}
	source := httptest.NewServer(g)
	defer source.Close()
	s := serve(t, t.TempDir(), "--photo-allow", source.Listener.Addr().String())
	for _, fails := range []string{"cut", "short"} {
		body := storyOf(fails, source.URL+"/"+fails+"/etag", "Storm front stalls")
		g.shows(t, 3, fails)
		if strict := s.answer(s.do("PUT", "/v1/articles/"+fails+"?strict=1", body), 422); at(strict, "error", "code") != "source_incomplete" || at(strict, "error", "field") != "photo.url" {
			t.Errorf("%s, strict: %v", fails, strict)
		}
		half := s.answer(s.do("PUT", "/v1/articles/"+fails, body), 201)
		if codes(half) != "source_incomplete" {
			t.Errorf("%s: %v", fails, half["warnings"])
		}
		picture := at(half, "images", "og", "url")
		resp := s.do("GET", picture, nil)
		shown, h := s.bytes(resp), resp.Header
		if resp.StatusCode != 200 || h.Get("X-Card-Degraded") != "source_incomplete" || h.Get("Cache-Control") != "public, max-age=60" || h.Get("ETag") != "" {
			t.Errorf("%s: %d %v", fails, resp.StatusCode, h)
		}
		if strict := s.answer(s.do("GET", picture+"?strict=1", nil), 422); at(strict, "error", "code") != "source_incomplete" {
			t.Errorf("%s, a strict picture: %v", fails, strict)
		}
		g.shows(t, 3, "")
		whole := s.answer(s.do("PUT", "/v1/articles/"+fails, body), 200) // asks at once; readers' pictures wait a moment
		if whole["warnings"] != nil {
			t.Errorf("%s, mended: %v", fails, whole["warnings"])
		}
		for _, address := range []string{at(whole, "images", "og", "url"), picture} {
			resp := s.do("GET", address, nil)
			if resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "" || bytes.Equal(s.bytes(resp), shown) {
				t.Errorf("%s, mended: %d %v", fails, resp.StatusCode, resp.Header)
			}
		}
	}
	for _, fails := range []string{"cut", "short"} { // a story that shows a whole photo keeps it
		address := source.URL + "/whole-" + fails + "/none"
		g.shows(t, 4, "")
		s.answer(s.do("PUT", "/v1/articles/whole-"+fails, storyOf("whole-"+fails, address, "Storm front stalls")), 201)
		g.shows(t, 4, fails)
		fixed := s.answer(s.do("PUT", "/v1/articles/whole-"+fails, storyOf("whole-"+fails, address, "Storm front moves on")), 200)
		resp := s.do("GET", at(fixed, "images", "og", "url"), nil)
		if codes(fixed) != "source_incomplete" || resp.Header.Get("X-Card-Degraded") != "" || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: a headline is mended: %v, %v", fails, fixed["warnings"], resp.Header)
		}
		if message := fmt.Sprint(fixed["warnings"]); !strings.Contains(message, "keeps the photo") {
			t.Errorf("%s: %s", fails, message)
		}
	}
	upload := s.answer(s.do("POST", "/v1/photos", photoJPEG(t)[:20_000]), 422)
	if at(upload, "error", "code") != "image_invalid" || !strings.Contains(at(upload, "error", "message"), "cut short") {
		t.Errorf("half an upload: %v", upload)
	}
}
