package handlers

import (
	"bufio"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/pictures"
)

// maxAnswer is the most that a response without a picture may have, whatever the request asks for, in bytes.
const maxAnswer = 1 << 20

// maxRefusal is the most that a refusal may have, in bytes.
const maxRefusal = 8 << 10

// pages are the paths that people open in a browser, which refuse with a page: the sign-in, and those for readers.
var pages = []string{"/", "/kakao", "/sign-in", "/sign-in/provider", "/sign-in/callback", "/studio/stories", "/studio/top", "/look"}

// hostile is a request as a program might send it that looks for faults. Empty parts are as usual.
type hostile struct {
	why, method, target, header, value, contentType, body string
}

// read parses the request as net/http does. It returns nil if net/http refuses it.
func (h hostile) read() *http.Request {
	if strings.ContainsAny(h.target, " \r\n") {
		return nil
	}
	r, err := http.ReadRequest(bufio.NewReaderSize(strings.NewReader(h.method+" "+h.target+" HTTP/1.1\r\nHost: cards.example\r\n\r\n"), 64<<10))
	if err != nil {
		return nil
	}
	body := httptest.NewRequest(h.method, "/", strings.NewReader(h.body))
	r.Body, r.ContentLength, r.RemoteAddr = body.Body, body.ContentLength, "198.51.100.7:1"
	r.Header.Set("User-Agent", "Mozilla/5.0 (Macintosh) Safari/605.1.15")
	if h.contentType != "" {
		r.Header.Set("Content-Type", h.contentType)
	}
	return r
}

// authorize gives the request what its route requires, unless the hostile header is of that kind.
func authorize(r *http.Request, who authority) {
	switch who {
	case kakaoKey:
		r.Header.Set("Authorization", "KakaoAK kakao-admin-key")
		r.Header.Set("X-Kakao-Resource-ID", "1")
	case anyone:
	default:
		r.Header.Set("Authorization", "Bearer "+token)
	}
}

// TestHostileRequests is the law of everything that this service answers to. Every route gets every kind of hostile
// input, from strangers and from those who may use it. No response is a fault of the service, and each refusal is
// small, not cached, and has the form of the API. With -short, a seventh of the inputs is tried.
func TestHostileRequests(t *testing.T) {
	h, _ := guarded(t, true)
	h.pictures.figures = func(card.Card) (pictures.Figures, error) { return pictures.Figures{}, nil }
	h.deps.Provider, h.deps.ProviderID = fakeProvider{}, "p"
	parameters := documentedParameters(t)
	for route, who := range registered(t, h) {
		service, err := newHostileService(t, h.deps)
		if err != nil {
			t.Fatal(err)
		}
		method, path, _ := strings.Cut(route, " ")
		if method == http.MethodHead && testing.Short() { // the handlers of GET
			continue
		}
		for i, in := range hostilesOf(method, path, parameters[path]) {
			if testing.Short() && i%7 != 0 {
				continue
			}
			for _, allowed := range []bool{false, true} {
				r := in.read()
				if r == nil {
					continue
				}
				if allowed {
					authorize(r, who)
				}
				if in.header != "" {
					r.Header.Set(in.header, in.value)
				}
				w := httptest.NewRecorder()
				service.ServeHTTP(w, r)
				if problem := broken(r, w); problem != "" {
					t.Errorf("%s, %s, authorized %t: %s", route, in.why, allowed, problem)
				}
			}
		}
	}
}

// documentedParameters returns the names of the query's parameters by the path of a route.
func documentedParameters(t testing.TB) map[string][]string {
	t.Helper()
	doc, err := document.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	s := newRouter(&server{}, newEcho())
	s.routes(s)
	for route := range s.table {
		method, path, _ := strings.Cut(route, " ")
		item := doc.Paths.Value(documented(path))
		op := item.GetOperation(strings.Replace(method, http.MethodHead, http.MethodGet, 1))
		for _, p := range slices.Concat(item.Parameters, op.Parameters) {
			if p.Value.In == "query" && !slices.Contains(all[path], p.Value.Name) {
				all[path] = append(all[path], p.Value.Name)
			}
		}
	}
	for _, path := range []string{"/", "/studio.json"} { // the API's document leaves out the form of the studio
		all[path] = append([]string{"url", "alt", "description", "key"}, card.Parameters()...)
	}
	return all
}

// broken says which promise a response breaks; it returns "" if it keeps all.
func broken(r *http.Request, w *httptest.ResponseRecorder) string {
	header, size := w.Header(), w.Body.Len()
	switch {
	case w.Code >= 500 && !(w.Code == http.StatusNotImplemented && r.URL.Path == "/oembed"):
		return "status " + http.StatusText(w.Code) + ": " + w.Body.String()
	case header.Get("X-Content-Type-Options") != "nosniff" && w.Code != http.StatusNotModified:
		return "without nosniff"
	case size > maxAnswer:
		return "the response is too large"
	case w.Code < 400:
		return ""
	case size > maxRefusal:
		return "the refusal is too large: " + w.Body.String()[:200]
	case header.Get("Cache-Control") != "no-store":
		return "caches may store the refusal: " + header.Get("Cache-Control")
	case header.Get("Location") != "":
		return "the refusal leads elsewhere"
	case header.Get("Content-Encoding") == "" && !utf8.Valid(w.Body.Bytes()):
		return "the refusal is no UTF-8"
	case slices.Contains(pages, r.URL.Path) && strings.HasPrefix(header.Get("Content-Type"), "text/html"):
		return ""
	case header.Get("Content-Type") != "application/json":
		return "the refusal is " + header.Get("Content-Type")
	}
	var body api.Error
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		return err.Error()
	}
	e := body.Error
	if e.Code == "" || e.Message == "" || e.RequestId != header.Get("X-Request-Id") || len(e.Details) > card.MaxFaults {
		return w.Body.String()
	}
	return ""
}

// TestHostileListIsWhole: each kind of input reaches each kind of route, so that the law holds nothing by leaving it
// out.
func TestHostileListIsWhole(t *testing.T) {
	h, _ := guarded(t, true)
	parameters := documentedParameters(t)
	reached := map[string]int{}
	for route := range registered(t, h) {
		method, path, _ := strings.Cut(route, " ")
		for _, in := range hostilesOf(method, path, parameters[path]) {
			if kind, _, _ := strings.Cut(in.why, " "); in.read() != nil {
				reached[kind]++
			}
		}
	}
	for _, kind := range []string{"query", "parameter", "path", "header", "body", "method"} {
		if reached[kind] < 50 {
			t.Errorf("%s: %d requests: %v", kind, reached[kind], slices.Sorted(maps.Keys(reached)))
		}
	}
	for _, path := range []string{"/v1/card.jpg", "/", "/studio.json"} {
		if n := len(parameters[path]); n < 15 {
			t.Errorf("%s has %d parameters", path, n)
		}
	}
}
