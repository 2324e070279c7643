package s3

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/blobtest"
	"newsroom.example/cards/internal/blob/s3/s3test"
)

// TestStores: originals, and caches over cards with and without memory, are stores.
func TestStores(t *testing.T) {
	server := s3test.Start(t)
	n := 0
	bucket := func(t *testing.T) *Bucket {
		n++
		b, err := Open(Settings{
			Bucket: s3test.Bucket, Prefix: fmt.Sprint("suite/", n), Endpoint: server.Addr, Insecure: true, Region: s3test.Region,
		}, Options{Limits: patient, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = b.Close() })
		for _, folder := range []string{originals, cards} { // versitygw removes an empty folder under those who write to it
			if err := b.put(t.Context(), folder+".keep", nil, false); err != nil {
				t.Fatal(err)
			}
		}
		return b
	}
	cached := func(memory int64) func(t *testing.T) blob.Store {
		return func(t *testing.T) blob.Store {
			cards := bucket(t).Cards(labelOf)
			c, err := blob.NewCacheOver(cards, memory, 8)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = c.Close() })
			return flushed{c, cards}
		}
	}
	for name, open := range map[string]func(t *testing.T) blob.Store{
		"originals":            func(t *testing.T) blob.Store { return bucket(t).Originals() },
		"cards":                cached(64 << 20),
		"cards without memory": cached(1),
	} {
		t.Run(name, func(t *testing.T) { blobtest.Run(t, open) })
	}
}

// TestReplicas: a card that one replica has drawn costs another one request, and none when it is asked for again.
func TestReplicas(t *testing.T) {
	proxy := s3test.NewProxy(t, s3test.Start(t).Addr)
	one, _ := open(t, proxy.Addr, patient)
	two, _ := open(t, proxy.Addr, patient)
	drawn := cardsOf(t, one)
	put(t, drawn, "card-1.jpg", "upload:1 pixels")
	flush(t, drawn)
	if calls, want := proxy.Calls(), []string{"PUT by-photo/upload-1/card-1.jpg", "PUT cards/card-1.jpg"}; !slices.Equal(calls, want) {
		t.Errorf("storing: %q", calls)
	}
	cache, err := blob.NewCacheOver(cardsOf(t, two), 1<<20, 8)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if data, err := cache.Get(t.Context(), "card-1.jpg"); err != nil || string(data) != "upload:1 pixels" {
			t.Errorf("%q, %v", data, err)
		}
	}
	if calls := proxy.Calls(); !slices.Equal(calls, []string{"GET cards/card-1.jpg"}) {
		t.Errorf("reading: %q", calls)
	}
}

// TestOriginalsAreConditional: a photo that is there is not written again, but read and compared.
func TestOriginalsAreConditional(t *testing.T) {
	proxy := s3test.NewProxy(t, s3test.Start(t).Addr)
	b, _ := open(t, proxy.Addr, patient)
	o := b.Originals()
	for range 2 {
		put(t, o, "photo-1", "light")
	}
	if calls, want := proxy.Calls(), []string{"PUT originals/photo-1", "PUT originals/photo-1", "GET originals/photo-1"}; !slices.Equal(calls, want) {
		t.Errorf("%q", calls)
	}
}

// TestDeleteOfPhoto: withdrawing a photo removes its cards, also those that another replica has stored and those that
// wait, and looks at no other card.
func TestDeleteOfPhoto(t *testing.T) {
	server := s3test.Start(t)
	proxy := s3test.NewProxy(t, server.Addr)
	one, _ := open(t, proxy.Addr, patient)
	two, _ := open(t, server.Addr, patient)
	elsewhere, here := cardsOf(t, two), cardsOf(t, one)
	for key, data := range map[string]string{
		"card-1.jpg": "upload:1 a", "card-2.png": "upload:1 b", "card-3.jpg": "upload:12 c", "card-4.jpg": "text",
	} {
		put(t, elsewhere, key, data)
	}
	flush(t, elsewhere)
	here.queue.put("card-5.jpg", []byte("upload:1 waits"))
	flush(t, here)
	proxy.Calls()
	gone := map[string]bool{}
	if err := here.DeleteFunc(t.Context(), []string{"upload:1", "upload:9", "no/key"}, 0, nil, func(key string) { gone[key] = true }); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(gone) != "map[card-1.jpg:true card-2.png:true card-5.jpg:true]" {
		t.Errorf("gone: %v", gone)
	}
	for _, call := range proxy.Calls() {
		if strings.Contains(call, "card-3") || strings.Contains(call, "card-4") || call == "LIST " || call == "LIST cards/" {
			t.Errorf("it looks further than it must: %s", call)
		}
	}
	for key, want := range map[string]bool{"card-1.jpg": false, "card-2.png": false, "card-3.jpg": true, "card-4.jpg": true, "card-5.jpg": false} {
		if _, err := elsewhere.Get(t.Context(), key); (err == nil) != want {
			t.Errorf("%s: %v", key, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(server.Dir, "news", "by-photo", "upload-1", "*")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// overwrite changes the content of an object under the server.
func overwrite(t *testing.T, server *s3test.Server, name string, change func(raw []byte) []byte) {
	t.Helper()
	path := filepath.Join(server.Dir, "news", filepath.FromSlash(name))
	raw, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, change(raw), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestDamage: a damaged card is removed; a damaged photo is put aside, is not taken for stored, and is stored anew.
func TestDamage(t *testing.T) {
	for why, damage := range map[string]func([]byte) []byte{
		"a bit":   func(raw []byte) []byte { raw[len(raw)-1] ^= 1; return raw },
		"shorter": func(raw []byte) []byte { return raw[:len(raw)/2] },
		"empty":   func([]byte) []byte { return nil },
	} {
		server := s3test.Start(t)
		b, lines := open(t, server.Addr, patient)
		c, o := cardsOf(t, b), b.Originals()
		put(t, c, "card-1.jpg", "pixels")
		flush(t, c)
		put(t, o, "photo-1", "light")
		put(t, o, "photo-2", "shade")
		overwrite(t, server, "cards/card-1.jpg", damage)
		overwrite(t, server, "originals/photo-1", damage)
		if data, err := c.Get(t.Context(), "card-1.jpg"); !errors.Is(err, blob.ErrDamaged) {
			t.Errorf("%s: a card: %q, %v", why, data, err)
		}
		if _, err := os.Stat(filepath.Join(server.Dir, "news", "cards", "card-1.jpg")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the card is left: %v", why, err)
		}
		for range 2 {
			if data, err := o.Get(t.Context(), "photo-1"); !errors.Is(err, blob.ErrDamaged) {
				t.Errorf("%s: a photo: %q, %v", why, data, err)
			}
		}
		if aside, _ := filepath.Glob(filepath.Join(server.Dir, "news", "damaged", "photo-1~*")); len(aside) != 1 {
			t.Errorf("%s: put aside: %v", why, aside)
		}
		if n := strings.Count(lines.String(), "a stored photo is damaged"); n != 1 {
			t.Errorf("%s: logged %d times", why, n)
		}
		for key, want := range map[string]bool{"photo-1": false, "photo-2": true, "photo-3": false} {
			if has, err := o.Has(t.Context(), key); has != want || err != nil {
				t.Errorf("%s: has %s: %t, %v", why, key, has, err)
			}
		}
		put(t, o, "photo-1", "light")
		if data, err := o.Get(t.Context(), "photo-1"); string(data) != "light" || err != nil {
			t.Errorf("%s: stored anew: %q, %v", why, data, err)
		}
		if err := o.Delete(t.Context(), "photo-1"); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(server.Dir, "news", "*", "photo-1*")); len(left) != 0 {
			t.Errorf("%s: left of a deleted photo: %v", why, left)
		}
	}
}

// attempts are calls with the error that each gives while the store is away.
func attempts(t *testing.T, c *Cards, o Originals) map[string]func() error {
	t.Helper()
	return map[string]func() error{
		"read a card":        func() error { _, err := c.Get(t.Context(), "card-1.jpg"); return err },
		"delete a card":      func() error { return c.Delete(t.Context(), "card-1.jpg") },
		"withdraw":           func() error { return c.DeleteFunc(t.Context(), []string{"upload:1"}, 0, nil, nil) },
		"read a photo":       func() error { _, err := o.Get(t.Context(), "photo-1"); return err },
		"look for a photo":   func() error { _, err := o.Has(t.Context(), "photo-1"); return err },
		"store a photo":      func() error { return o.Put(t.Context(), "photo-1", []byte("light")) },
		"delete a photo":     func() error { return o.Delete(t.Context(), "photo-1") },
		"store another":      func() error { return o.Put(t.Context(), "photo-2", []byte("shade")) },
		"read another photo": func() error { _, err := o.Get(t.Context(), "photo-2"); return err },
	}
}

// TestAway: while the store is stopped, every call fails with an error that says so, and after a few no call reaches it;
// a card is not stored, which is no error. When it is back, everything works, without a new start.
func TestAway(t *testing.T) {
	server := s3test.New(t)
	b, lines := open(t, server.Addr, patient) // it was never there
	c, o := cardsOf(t, b), b.Originals()
	fails(t, b.photos)
	fails(t, b.reads)
	for round := range 2 {
		for what, try := range attempts(t, c, o) {
			if err := try(); !errors.Is(err, blob.ErrUnavailable) && !errors.Is(err, blob.ErrUnreadable) {
				t.Errorf("%d: %s: %v", round, what, err)
			}
		}
		put(t, c, "card-1.jpg", "pixels")
		server.Start(t)
		works(t, b.photos)
		works(t, b.reads)
		if _, err := c.Get(t.Context(), "card-1.jpg"); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%d: a card that was drawn meanwhile: %v", round, err)
		}
		put(t, o, "photo-1", "light")
		if err := o.Delete(t.Context(), "photo-1"); err != nil {
			t.Error(err)
		}
		server.Stop(t)
		for range maxFailures {
			_, _ = o.Get(t.Context(), "photo-1")
			_, _ = c.Get(t.Context(), "card-1.jpg")
		}
		if !b.photos.isOpen() || !b.reads.isOpen() {
			t.Errorf("%d: it is still asked", round)
		}
	}
	for _, want := range []string{"uploads are refused", "they are drawn again", "answers again", "connection refused"} {
		arrives(t, lines, want)
	}
}

// TestSlow: a caller waits for one limit, whether no answer begins or a body does not end, and from then on for nothing.
func TestSlow(t *testing.T) {
	server := s3test.Start(t)
	proxy := s3test.NewProxy(t, server.Addr)
	hang := func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}
	drip := func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
		w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("drop"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request, http.Handler)
		limits Limits
		try    func(*Cards, Originals) error
	}{
		"a card": {hang, impatient, func(c *Cards, _ Originals) error { _, err := c.Get(t.Context(), "card-1"); return err }},
		"a card that drips": {drip, impatient, func(c *Cards, _ Originals) error {
			_, err := c.Get(t.Context(), "card-1")
			return err
		}},
		"a photo": {hang, impatient, func(_ *Cards, o Originals) error { _, err := o.Get(t.Context(), "photo-1"); return err }},
		"a photo that drips": {
			drip, Limits{time.Minute, time.Minute, time.Millisecond, time.Minute, time.Minute},
			func(_ *Cards, o Originals) error { _, err := o.Get(t.Context(), "photo-1"); return err },
		},
		"has":    {hang, impatient, func(_ *Cards, o Originals) error { _, err := o.Has(t.Context(), "photo-1"); return err }},
		"store":  {hang, impatient, func(_ *Cards, o Originals) error { return o.Put(t.Context(), "photo-1", []byte("x")) }},
		"delete": {hang, impatient, func(_ *Cards, o Originals) error { return o.Delete(t.Context(), "photo-1") }},
		"list": {hang, impatient, func(c *Cards, _ Originals) error {
			return c.DeleteFunc(t.Context(), []string{"upload:1"}, 0, nil, nil)
		}},
	} {
		proxy.Pass()
		b, _ := open(t, proxy.Addr, patient)
		b.trying.Wait()
		b.limits = test.limits
		b.reads.close() // so that they do not open: each round is a call
		b.photos.close()
		proxy.Answer(test.answer)
		c, o := cardsOf(t, b), b.Originals()
		proxy.Calls()
		for round := range 3 {
			if err := test.try(c, o); !errors.Is(err, blob.ErrUnavailable) && !errors.Is(err, blob.ErrUnreadable) {
				t.Errorf("%s, %d: %v", name, round, err)
			}
		}
	}
}

// TestLimits: a picture for which a card and a photo are asked for in vain is delayed by at most 0.3 s.
func TestLimits(t *testing.T) {
	if l := DefaultLimits(); l.ReadCard+l.Answer > 300*time.Millisecond {
		t.Errorf("%+v", l)
	}
}

// TestBadAnswers: errors of the server and broken transfers are errors, never data and never damage; after three in a
// row the store is not asked.
func TestBadAnswers(t *testing.T) {
	server := s3test.Start(t)
	proxy := s3test.NewProxy(t, server.Addr)
	seed, _ := open(t, server.Addr, patient)
	put(t, seed.Originals(), "photo-1", strings.Repeat("light", 1000))
	stored := cardsOf(t, seed)
	put(t, stored, "card-1.jpg", strings.Repeat("pixels", 1000))
	flush(t, stored)
	for why, answer := range map[string]func(http.ResponseWriter, *http.Request, http.Handler){
		"500": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.WriteHeader(http.StatusInternalServerError)
		},
		"503 of a store": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "<Error><Code>SlowDown</Code><Message>secret &amp; text</Message></Error>")
		},
		"a page of a proxy": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, "<html>Bad gateway</html>")
		},
		"cut short": func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
			if r.Method != http.MethodGet {
				panic(http.ErrAbortHandler)
			}
			whole := httptest.NewRecorder()
			pass.ServeHTTP(whole, r)
			for name := range whole.Header() {
				w.Header().Set(name, whole.Header().Get(name))
			}
			w.WriteHeader(whole.Code)
			_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
			panic(http.ErrAbortHandler)
		},
		"no answer": func(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) },
	} {
		proxy.Pass()
		limits := patient
		limits.ProbeEvery = time.Hour
		b, lines := open(t, proxy.Addr, limits)
		b.trying.Wait()
		c, o := cardsOf(t, b), b.Originals()
		proxy.Answer(answer)
		for what, try := range map[string]func() error{
			"card":  func() error { _, err := c.Get(t.Context(), "card-1.jpg"); return err },
			"photo": func() error { _, err := o.Get(t.Context(), "photo-1"); return err },
			"has":   func() error { _, err := o.Has(t.Context(), "photo-1"); return err },
			"put":   func() error { return o.Put(t.Context(), "photo-2", []byte("x")) },
		} {
			err := try()
			if !errors.Is(err, blob.ErrUnreadable) && !errors.Is(err, blob.ErrUnavailable) || errors.Is(err, blob.ErrNotFound) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %s: %v", why, what, err)
			}
		}
		for range maxFailures {
			_, _ = c.Get(t.Context(), "card-1.jpg")
		}
		proxy.Calls()
		for range 5 {
			_, _ = c.Get(t.Context(), "card-1.jpg")
			_, _ = o.Get(t.Context(), "photo-1")
		}
		if calls := proxy.Calls(); len(calls) != 0 {
			t.Errorf("%s: still asked: %q", why, calls)
		}
		if strings.Contains(lines.String(), "secret") || strings.Contains(lines.String(), "is damaged") {
			t.Errorf("%s: %s", why, lines)
		}
	}
	proxy.Pass()
	again, _ := open(t, proxy.Addr, patient)
	if data, err := again.Originals().Get(t.Context(), "photo-1"); len(data) != 5000 || err != nil {
		t.Errorf("the photo: %d bytes, %v", len(data), err)
	}
}

// TestWrongCredentials: the log says what the store answers, and neither it nor an error has a secret.
func TestWrongCredentials(t *testing.T) {
	server := s3test.Start(t)
	const wrong = "not-the-secret-of-the-store"
	s3test.Credentials(t, wrong)
	b, lines := open(t, server.Addr, patient)
	fails(t, b.photos)
	all := ""
	for what, try := range attempts(t, cardsOf(t, b), b.Originals()) {
		err := try()
		if err == nil {
			t.Errorf("%s works", what)
			continue
		}
		all += err.Error()
	}
	arrives(t, lines, "SignatureDoesNotMatch")
	all += lines.String()
	for _, secret := range []string{wrong, s3test.AccessKey, s3test.SecretKey, "Signature="} {
		if strings.Contains(all, secret) {
			t.Errorf("%s: %s", secret, all)
		}
	}
}

// TestNoBucket: the log names a bucket that does not exist.
func TestNoBucket(t *testing.T) {
	server := s3test.Start(t)
	lines := &logged{}
	b, err := Open(Settings{Bucket: "another", Endpoint: server.Addr, Insecure: true, Region: s3test.Region}, Options{Limits: patient, Log: textLog(lines)})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	fails(t, b.photos)
	arrives(t, lines, "NoSuchBucket")
}

// TestLargeObjects: an object that is larger than anything stored here is not read, also if its size is not known.
func TestLargeObjects(t *testing.T) {
	for _, tt := range []struct{ size, most int64 }{
		{maxObject + 1, 0}, {1 << 40, 0}, {-1, maxObject + 1},
	} {
		body := &zeros{}
		if raw, err := read(body, tt.size); !errors.Is(err, errLarge) || len(raw) != 0 || body.read > tt.most {
			t.Errorf("%d: %d bytes, %v; %d were read", tt.size, len(raw), err, body.read)
		}
	}
	for _, size := range []int64{-1, 5} {
		if raw, err := read(strings.NewReader("light"), size); string(raw) != "light" || err != nil {
			t.Errorf("%d: %q, %v", size, raw, err)
		}
	}
	if raw, err := read(strings.NewReader("light"), 6); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut short: %q, %v", raw, err)
	}
}

// zeros is an endless body.
type zeros struct{ read int64 }

func (z *zeros) Read(p []byte) (int, error) {
	clear(p)
	z.read += int64(len(p))
	return len(p), nil
}
