package photo

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestRefetch(t *testing.T) {
	pixel := onePixel(t)
	tag, date := `"v1"`, "Mon, 02 Jan 2006 15:04:05 GMT"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", date)
		w.Header().Set("Cache-Control", "max-age=120")
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") == date || r.URL.Path == "/always" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(pixel)
	}))
	defer server.Close()
	f := fetcher(t, patient())
	first, err := f.Refetch(t.Context(), server.URL, Validators{})
	if err != nil || len(first.Data) != len(pixel) || first.NotModified || first.Validators != (Validators{tag, date}) || first.Fresh != 2*time.Minute {
		t.Fatalf("first: %+v, %v", first, err)
	}
	again, err := f.Refetch(t.Context(), server.URL, first.Validators)
	if err != nil || !again.NotModified || again.Data != nil || again.Validators != first.Validators {
		t.Errorf("unchanged: %+v, %v", again, err)
	}
	old, err := f.Refetch(t.Context(), server.URL, Validators{ETag: `"v0"`})
	if err != nil || old.NotModified || len(old.Data) != len(pixel) {
		t.Errorf("changed: %+v, %v", old, err)
	}
	if _, err := f.Refetch(t.Context(), server.URL+"/always", Validators{}); err == nil {
		t.Error("304 to who knows nothing was taken")
	}
}

func TestFreshness(t *testing.T) {
	for _, tt := range []struct {
		cache, age string
		want       time.Duration
	}{
		{"", "", time.Minute}, {"max-age=30", "", 30 * time.Second}, {"public, Max-Age=90, immutable", "", 90 * time.Second},
		{"max-age=90", "60", 30 * time.Second}, {"max-age=90", "100", 0}, {"max-age=31536000", "", maxFresh}, {"no-store", "", 0},
		{"max-age=60, no-cache", "", 0}, {"max-age=-1", "", 0}, {"max-age=x", "", 0}, {"max-age=99999999999999999999", "", 0}, {`max-age="30"`, "", 30 * time.Second},
		{"max-age=90", "-5", 90 * time.Second},
	} {
		h := http.Header{"Cache-Control": {tt.cache}, "Age": {tt.age}}
		if got := freshOf(h); got != tt.want {
			t.Errorf("%q, age %q: %v, want %v", tt.cache, tt.age, got, tt.want)
		}
	}
	long := http.Header{"Etag": {strings.Repeat("x", 1000)}, "Last-Modified": {strings.Repeat("x", 1000)}}
	if v := validatorsOf(long); v != (Validators{}) {
		t.Errorf("%d bytes are remembered", len(v.ETag)+len(v.LastModified))
	}
}
