package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestRedirects: each kind of redirect is checked as the first address was, and the next host learns nothing
// of that.
func TestRedirects(t *testing.T) {
	port, seen := canary(t)
	pixel := onePixel()
	var last http.Header
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		last = r.Header.Clone()
		_, _ = w.Write(pixel)
	}))
	defer other.Close()
	var to string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var status int
		_, _ = fmt.Sscanf(r.URL.Path, "/%d", &status)
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}))
	defer server.Close()
	o := patient()
	o.Allow = []string{"127.0.0.1"} // the two sources; the canary is asked for under other names
	f := newClient(t, o)
	for _, status := range []int{301, 302, 303, 307, 308} {
		from := fmt.Sprintf("%s/%d", server.URL, status)
		to = other.URL + "/photo"
		if _, err := f.MediaBytes(t.Context(), from+"?secret"); err != nil {
			t.Errorf("%d to a photo: %v", status, err)
		}
		for _, name := range []string{"Referer", "Cookie", "Authorization", "X-Forwarded-For", "Via"} {
			if v := last.Values(name); len(v) > 0 {
				t.Errorf("%d: the next host gets %s: %v", status, name, v)
			}
		}
		for _, bad := range []string{
			"http://127.0.0.2:" + port, "http://[::1]:" + port, "http://localhost:" + port, "http://2130706434:" + port,
			"http://[::ffff:127.0.0.2]:" + port,
			"http://10.0.0.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "data:image/png;base64,AAAA",
			"gopher://127.0.0.2:" + port, "//127.0.0.2:" + port + "/a",
			"http://a:b@127.0.0.2:" + port, "http://", "", "http://%00/",
		} {
			to = bad
			if _, err := f.MediaBytes(t.Context(), from); !errors.Is(err, ErrUnavailable) {
				t.Errorf("%d to %q: %v", status, bad, err)
			}
		}
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("%d connections came to the canary", n)
	}
}

// TestNoWayDown: a redirect from https to http is not followed.
func TestNoWayDown(t *testing.T) {
	plain := httptest.NewServer(serves(onePixel()))
	defer plain.Close()
	to := plain.URL
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/photo" {
			_, _ = w.Write(onePixel())
			return
		}
		http.Redirect(w, r, to, http.StatusFound)
	}))
	defer secure.Close()
	f := newClient(t, patient())
	f.http.Transport.(*http.Transport).TLSClientConfig = secure.Client().Transport.(*http.Transport).TLSClientConfig
	if _, err := f.MediaBytes(t.Context(), secure.URL+"/a"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("down: %v", err)
	}
	to = secure.URL + "/photo"
	if _, err := f.MediaBytes(t.Context(), secure.URL+"/b"); err != nil {
		t.Errorf("to https: %v", err)
	}
}

// TestNoProxy: a proxy of the environment is not asked, since it would be the address checked.
func TestNoProxy(t *testing.T) {
	port, seen := canary(t)
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "http://127.0.0.1:"+port)
	}
	o := patient()
	o.Allow = nil
	f, _ := stopped(t, o)
	_, _ = f.MediaBytes(t.Context(), "http://93.184.216.34/a.jpg")
	if n := seen.Load(); n != 0 {
		t.Errorf("%d went to the proxy", n)
	}
}
