package card_test

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

// FuzzSign signs any path and query. The signature verifies, also after the URL was written and read again, and no
// other path or query has it.
func FuzzSign(f *testing.F) {
	f.Add("/v1/card.jpg", "headline=a&caption=b", "/v1/card.jpg", "headline=a%26caption=b", int64(0))
	f.Add("/v1/card.jpg", "headline=ab", "/v1/card.jp", "gheadline=ab", int64(1))
	f.Add("/cards/a/v/300x200.jpg", "", "/cards/a/v/300x200.jpg", "sig=x&strict=1", int64(9e9))
	f.Add("/v1/card.png", "headline=a&headline=b", "/v1/card.png", "headline=b&headline=a", int64(0))
	f.Add("/v1/card.png", "a=&b", "/v1/card.png", "b=&a", int64(-1))
	s, err := card.NewSigner(newKey, oldKey)
	if err != nil {
		f.Fatal(err)
	}
	other, err := card.NewSigner([]byte(strings.Repeat("o", card.MinKey)))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, query, otherPath, otherQuery string, expires int64) {
		q, err := url.ParseQuery(query)
		if err != nil || q.Has("expires") {
			return
		}
		var until time.Time
		if expires != 0 {
			until = time.Unix(expires%(1<<40), 0)
		}
		signed := s.Sign(path, q, until)
		again, err := url.ParseQuery(signed.Encode())
		if err != nil {
			t.Fatal(err)
		}
		before := noon
		if !until.IsZero() && !until.After(noon) {
			before = until.Add(-time.Second)
		}
		if err := s.Verify(path, again, before); err != nil {
			t.Fatalf("%s?%s: %v", path, signed.Encode(), err)
		}
		if err := other.Verify(path, again, before); err == nil {
			t.Fatal("another key verifies")
		}
		forged, err := url.ParseQuery(otherQuery)
		if err != nil {
			return
		}
		forged["sig"] = signed["sig"]
		same := path == otherPath && reflect.DeepEqual(covered(forged), covered(signed))
		if err := s.Verify(otherPath, forged, before); (err == nil) != same {
			t.Fatalf("the signature of %s?%s verifies %s?%s: %v", path, signed.Encode(), otherPath, forged.Encode(), err)
		}
	})
}

// covered returns the parameters that a signature covers.
func covered(q url.Values) url.Values {
	all := url.Values{}
	for name, values := range q {
		if name != "sig" && name != "strict" {
			all[name] = values
		}
	}
	return all
}
