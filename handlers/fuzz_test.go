package handlers

import (
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// FuzzRequests sends any query, header and body to any route, from those who may use it: the law of
// TestHostileRequests holds, and the OpenAPI document has the answer.
func FuzzRequests(f *testing.F) {
	h, _ := guarded(f, true)
	h.pictures.figures = func(card.Card) (pictures.Figures, error) { return pictures.Figures{}, nil }
	named := newRouter(&server{}, newEcho())
	named.routes(named)
	routes := slices.Sorted(maps.Keys(named.table))
	service, err := New(h.deps)
	if err != nil {
		f.Fatal(err)
	}
	for i, route := range routes {
		_, path, _ := strings.Cut(route, " ")
		_, query, _ := strings.Cut(addressOf(path), "?")
		f.Add(uint8(i), query, uint8(i), `"a", *`, bodyOf(path))
		f.Add(uint8(i), "headline=%F0%92%80%80&url=https://a.example/%3Cb%3E&window=7d&limit=3&strict=1&expires=9&sig=AAAA",
			uint8(i/2), "bytes=0-1", "token=a&CHAT_TYPE=MemoChat&code=abcdefg")
	}
	f.Fuzz(func(t *testing.T, route uint8, query string, header uint8, value, body string) {
		name := routes[int(route)%len(routes)]
		method, path, _ := strings.Cut(name, " ")
		bare, _, _ := strings.Cut(addressOf(path), "?")
		field := hostileHeaders[int(header)%len(hostileHeaders)].name
		if strings.ContainsAny(value, "\r\n\x00") || len(query) > 30_000 || len(value) > 30_000 {
			return
		}
		types := []string{"", "application/json", "application/x-www-form-urlencoded"}
		r := hostile{method: method, target: bare + "?" + query, body: body, contentType: types[int(header)%len(types)]}.read()
		if r == nil {
			return
		}
		authorize(r, named.table[name])
		r.Header.Set(field, value)
		w := httptest.NewRecorder()
		hostileTo(t, service).ServeHTTP(w, r)
		if problem := broken(r, w); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	})
}
