package contract

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	refusal = `{"error":{"code":"not_found","message":"nothing is here","request_id":"1"}}`
	top     = `{"window":"24h","stories":[]}`
	put     = `{"url":"https://news.example/a","headline":"A"}`
)

// TestCheck: what the document does not say is found, and nothing else.
func TestCheck(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	jsonHeader := []string{"Content-Type", "application/json", "Cache-Control", "public, max-age=5"}
	for _, tt := range []struct {
		why, method, target, sent string
		status                    int
		header                    []string
		body                      string
		problem                   string // a part of the error; empty: there is none
	}{
		{"fine", "GET", "/v1/top?limit=3&_=1", "", 200, jsonHeader, top, ""},
		{"no body by HEAD", "HEAD", "/v1/top", "", 200, jsonHeader, "", ""},
		{"a parameter without a value", "GET", "/v1/top?limit=", "", 200, jsonHeader, top, ""},
		{"an undocumented status", "GET", "/v1/top", "", 402, jsonHeader, refusal, "does not have the status"},
		{"a fault of the service", "GET", "/v1/top", "", 500, jsonHeader, refusal, ""},
		{"an undocumented header", "GET", "/v1/top", "", 200, append(jsonHeader, "X-Rate", "1"), top, "the header X-Rate"},
		{"a missing header", "GET", "/v1/top", "", 200, jsonHeader[:2], top, "Cache-Control is missing"},
		{"an undocumented field", "GET", "/v1/top", "", 200, jsonHeader, `{"window":"24h","stories":[],"total":1}`, "total"},
		{"a value out of its range", "GET", "/v1/top", "", 400, jsonHeader, `{"error":{"code":"a","message":"b","request_id":"c","more":0}}`, "more"},
		{"an undocumented field inside", "GET", "/v1/top", "", 400, jsonHeader, `{"error":{"code":"a","message":"b","request_id":"c","cause":"d"}}`, "cause"},
		{"a missing field", "GET", "/v1/top", "", 200, jsonHeader, `{"window":"24h"}`, "stories"},
		{"a field of another type", "GET", "/v1/top", "", 200, jsonHeader, `{"window":24,"stories":[]}`, "window"},
		{"no JSON", "GET", "/v1/top", "", 200, jsonHeader, `{`, "decode"},
		{"another media type", "GET", "/v1/top", "", 200, []string{"Content-Type", "text/html", "Cache-Control", "no-store"}, top, "text/html"},
		{"no body", "GET", "/v1/top", "", 200, jsonHeader, "", "none came"},
		{"a body after all", "DELETE", "/v1/articles/a", "", 204, nil, "x", "no body"},
		{"a request beyond the document", "GET", "/v1/top?limit=500", "", 200, jsonHeader, top, "does not allow the request"},
		{"such a request, refused", "GET", "/v1/top?limit=500", "", 400, jsonHeader, refusal, ""},
		{"a body beyond the document", "PUT", "/v1/articles/a", `{"url":"https://news.example/a"}`, 401, append(jsonHeader, "WWW-Authenticate", "Bearer"), refusal, ""},
		{"no route", "GET", "/nothing", "", 404, jsonHeader, refusal, ""},
		{"no route, and an answer", "GET", "/nothing", "", 200, jsonHeader, top, "does not have it"},
		{"no route, and a page", "GET", "/nothing", "", 404, []string{"Content-Type", "text/html"}, "<p>", "text/html"},
		{"no route, and another error", "GET", "/nothing", "", 404, jsonHeader, `{"error":"gone"}`, "error"},
		{"a slash in an id", "GET", "/s/a%2Fb", "", 404, jsonHeader, refusal, ""},
		{"the more fixed path", "POST", "/v1/articles/a:refresh", "", 404, jsonHeader, refusal, ""},
		{"methods", "OPTIONS", "/v1/top", "", 204, []string{"Allow", "GET"}, "", ""},
	} {
		r := httptest.NewRequest(tt.method, tt.target, strings.NewReader(tt.sent))
		header := http.Header{}
		for i := 0; i+1 < len(tt.header); i += 2 {
			header.Set(tt.header[i], tt.header[i+1])
		}
		x := Exchange{Request: r, Sent: []byte(tt.sent), Status: tt.status, Header: header, Body: []byte(tt.body)}
		err := c.Check(x)
		if tt.problem == "" && err != nil || tt.problem != "" && (err == nil || !strings.Contains(err.Error(), tt.problem)) {
			t.Errorf("%s: %v, want %q", tt.why, err, tt.problem)
		}
	}
	x := Exchange{Request: httptest.NewRequest("GET", "/v1/top?limit=500", nil), Status: 200, Header: http.Header{}, Body: []byte(top)}
	x.Header.Set("Content-Type", "application/json")
	x.Header.Set("Cache-Control", "no-store")
	if err := c.CheckAnswer(x); err != nil {
		t.Errorf("the answer alone: %v", err)
	}
	x = Exchange{Request: httptest.NewRequest("PUT", "/v1/articles/a", nil), Sent: []byte(strings.Replace(put, "headline", "title", 1)), Status: 204}
	if err := c.Check(x); err == nil || !strings.Contains(err.Error(), "headline") {
		t.Errorf("a body without a headline: %v", err)
	}
}

// TestHold: an exchange is seen as it went over the wire.
func TestHold(t *testing.T) {
	var seen Exchange
	h := Hold(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.CopyN(io.Discard, r.Body, 3)
		r.URL.Path = "/changed"
		w.Header().Set("X-A", "1")
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusAccepted)
		w.Header().Set("X-B", "too late")
		_, _ = io.WriteString(w, "answer")
	}), func(x Exchange) { seen = x })
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("PUT", "/path", strings.NewReader("request")))
	if w.Body.String() != "answer" || seen.Request.URL.Path != "/path" || string(seen.Sent) != "req" || seen.Status != 202 ||
		seen.Header.Get("X-A") != "1" || seen.Header.Get("X-B") != "" || string(seen.Body) != "answer" {
		t.Errorf("%+v", seen)
	}
}
