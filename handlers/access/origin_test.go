package access

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestStricterThanTheLibrary: whatever http.CrossOriginProtection refuses of requests that change something is refused
// here too, and so is what it lets through from an origin without TLS.
func TestStricterThanTheLibrary(t *testing.T) {
	at := now
	g := guardAt("https://cards.example", newMemory(), &at, nil)
	theirs := http.NewCrossOriginProtection()
	if err := theirs.AddTrustedOrigin("https://cards.example"); err != nil {
		t.Fatal(err)
	}
	stricter, same := 0, 0
	for _, host := range []string{"cards.example", "cards.internal", "evil.example"} {
		for _, site := range []string{"", "same-origin", "same-site", "cross-site", "none", "other"} {
			for _, origin := range []string{"", "null", "https://cards.example", "http://cards.example", "https://evil.example", "https://cards.internal", "https://cards.example:8443"} {
				for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
					r := httptest.NewRequest(method, "/studio/photos", nil)
					r.Host = host
					for name, value := range map[string]string{"Sec-Fetch-Site": site, "Origin": origin, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"} {
						if value != "" {
							r.Header.Set(name, value)
						}
					}
					refused := theirs.Check(r) != nil
					// An origin that the library trusts by its list is one of ours too.
					switch taken := g.mayBeSignedIn(r); {
					case refused && taken:
						t.Errorf("%s to %s from %q, %q: the library refuses it", method, host, origin, site)
					case !refused && !taken:
						stricter++
					default:
						same++
					}
				}
			}
		}
	}
	if stricter == 0 || same == 0 {
		t.Errorf("%d stricter, %d the same", stricter, same)
	}
}

// TestLimitersOfSignIns: returns from a provider have a limit of their own, so that they use up no tries.
func TestLimitersOfSignIns(t *testing.T) {
	at := now
	g := guardAt("https://cards.example", newMemory(), &at, nil)
	client := Client("198.51.100.7")
	for range MissBurst {
		if !g.Returns.Take(client, at) {
			t.Fatal("limited early")
		}
	}
	if g.Returns.Take(client, at) || !g.SignIns.Take(client, at) || !g.Returns.Take(client, at.Add(2*time.Second)) {
		t.Error("the limits are one")
	}
}
