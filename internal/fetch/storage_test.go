package fetch

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestStorageHosts: requests go to the named hosts, also at a private address, and to no other, whoever asks for it.
func TestStorageHosts(t *testing.T) {
	asked := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer other.Close()
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
		}
	}))
	defer store.Close()
	way := NewStorage("127.0.0.1", ".store.example")
	defer way.Close()
	client := &http.Client{Transport: way}
	for target, want := range map[string]bool{store.URL: true, store.URL + "/away": false, elsewhere: false} {
		resp, err := client.Get(target)
		if (err == nil) != want {
			t.Errorf("%s: %v", target, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		}
	}
	if asked != 0 {
		t.Errorf("the other host was asked %d times", asked)
	}
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.0.0.1:1": true, "news.store.example": true, "NEWS.STORE.example:99": true, "store.example": false,
		"evilstore.example": false, "store.example.evil": false, "127.0.0.10": false, "": false,
	} {
		if got := way.may((&url.URL{Host: host}).Hostname()); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}

// TestStorageUsesNoProxy: the environment does not lead credentials to a proxy.
func TestStorageUsesNoProxy(t *testing.T) {
	if NewStorage("x").transport.Proxy != nil {
		t.Error("there is a proxy")
	}
}

// TestStorageConnections: the store gets only so many connections at once; the other requests wait for one.
func TestStorageConnections(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	count := func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		now += n
		most = max(most, now)
		return now
	}
	release := make(chan struct{})
	store := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		count(1)
		<-release
		count(-1)
	}))
	defer store.Close()
	way := NewStorage("127.0.0.1")
	defer way.Close()
	client := &http.Client{Transport: way}
	var asking sync.WaitGroup
	for range storageConns + 20 {
		asking.Go(func() {
			resp, err := client.Get(store.URL)
			if err == nil {
				err = resp.Body.Close()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	for count(0) < storageConns {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond) // in which others would come if they could
	close(release)
	asking.Wait()
	if most != storageConns {
		t.Errorf("%d at once", most)
	}
}
