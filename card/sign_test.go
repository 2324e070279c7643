package card_test

import (
	"bytes"
	"errors"
	"net/url"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

var (
	oldKey = bytes.Repeat([]byte{1}, card.MinKey)
	newKey = bytes.Repeat([]byte{2}, card.MinKey)
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

func signer(t *testing.T, keys ...[]byte) *card.Signer {
	t.Helper()
	s, err := card.NewSigner(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSignedAddressVerifies(t *testing.T) {
	const path = "/v1/card.jpg"
	q := url.Values{"headline": {"기록은 남는다"}, "size": {"og"}}
	signed := signer(t, oldKey).Sign(path, q, noon.Add(time.Hour))
	if err := signer(t, newKey, oldKey).Verify(path, signed, noon); err != nil {
		t.Errorf("after a change of keys: %v", err)
	}
	if err := signer(t, oldKey).Verify(path, signed, noon.Add(time.Hour)); !errors.Is(err, card.ErrExpired) {
		t.Errorf("at its end: %v", err)
	}
	if q.Has("sig") {
		t.Error("Sign changed its argument")
	}
	signed.Set("strict", "1")
	if err := signer(t, oldKey).Verify(path, signed, noon); err != nil {
		t.Errorf("with strict added: %v", err)
	}
}

func TestTamperedAddressFails(t *testing.T) {
	const path = "/v1/card.jpg"
	good := signer(t, oldKey).Sign(path, url.Values{"headline": {"ab"}, "caption": {"c"}}, noon.Add(time.Hour))
	change := func(edit func(url.Values)) url.Values {
		q := url.Values{}
		for k, v := range good {
			q[k] = append([]string(nil), v...)
		}
		edit(q)
		return q
	}
	for why, q := range map[string]url.Values{
		"text":         change(func(q url.Values) { q.Set("headline", "abc") }),
		"moved text":   change(func(q url.Values) { q.Set("headline", "a"); q.Set("caption", "bc") }),
		"added":        change(func(q url.Values) { q.Set("theme", "x") }),
		"removed":      change(func(q url.Values) { q.Del("caption") }),
		"later expiry": change(func(q url.Values) { q.Set("expires", "99999999999") }),
		"no expiry":    change(func(q url.Values) { q.Del("expires") }),
		"no signature": change(func(q url.Values) { q.Del("sig") }),
		"empty":        change(func(q url.Values) { q.Set("sig", "") }),
		"short":        change(func(q url.Values) { q.Set("sig", q.Get("sig")[:4]) }),
		"two":          change(func(q url.Values) { q.Add("sig", q.Get("sig")) }),
		"line break":   change(func(q url.Values) { q.Set("sig", q.Get("sig")[:9]+"\n"+q.Get("sig")[9:]) }),
		"carriage":     change(func(q url.Values) { q.Set("sig", q.Get("sig")+"\r\n") }),
		"padding":      change(func(q url.Values) { q.Set("sig", q.Get("sig")+"=") }),
	} {
		if err := signer(t, oldKey).Verify(path, q, noon); !errors.Is(err, card.ErrSignature) {
			t.Errorf("%s: %v", why, err)
		}
	}
	if err := signer(t, oldKey).Verify("/v1/card.png", good, noon); !errors.Is(err, card.ErrSignature) {
		t.Errorf("other path: %v", err)
	}
	if err := signer(t, newKey).Verify(path, good, noon); !errors.Is(err, card.ErrSignature) {
		t.Errorf("other key: %v", err)
	}
}

func TestWeakKeysAreRefused(t *testing.T) {
	if _, err := card.NewSigner(); err == nil {
		t.Error("no key was taken")
	}
	if _, err := card.NewSigner(oldKey, []byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}
