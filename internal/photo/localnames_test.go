package photo

import (
	"net/url"
	"testing"
)

// TestLocalNames asks the guard itself, before any resolver: some names are local whatever DNS says.
func TestLocalNames(t *testing.T) {
	own, err := newGuard(DefaultFetchOptions())
	if err != nil {
		t.Fatal(err)
	}
	for host, local := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "localhost.": true, "a.localhost": true, "printer.local": true,
		"db.internal": true, "metadata.google.internal.": true, "a.localdomain": true, "nas.home.arpa": true, "localhost:8080": true,
		"news.example": false, "local.example": false, "internal.example": false, "mylocalhost.example": false, "notlocal": false,
	} {
		if err := own.checkHost(&url.URL{Scheme: "https", Host: host}); (err != nil) != local {
			t.Errorf("%s: %v", host, err)
		}
	}
}
