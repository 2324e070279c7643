package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/api"
)

// nested is JSON with a repeated key, so many objects deep.
func nested(depth int) string {
	return strings.Repeat(`{"a":1,"a":`, depth) + "1" + strings.Repeat("}", depth)
}

// unknownKeys is an object with so many fields that no article has.
func unknownKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"x%d":1`, i)
	}
	return "{" + b.String()[1:] + "}"
}

// refused is the refusal in an answer, which must be small and well formed.
func refused(t *testing.T, resp *http.Response) api.Error {
	t.Helper()
	raw := text(t, resp)
	var body api.Error
	if err := json.Unmarshal([]byte(raw), &body); err != nil || !utf8.ValidString(raw) {
		t.Fatalf("status %d: %v: %.500s", resp.StatusCode, err, raw)
	}
	if len(raw) > answer.MaxErrorBody || len(body.Error.Details) > card.MaxFaults || resp.StatusCode < 400 || resp.StatusCode > 499 {
		t.Errorf("status %d, %d bytes, %d details: %.500s", resp.StatusCode, len(raw), len(body.Error.Details), raw)
	}
	return body
}

func TestBodies(t *testing.T) {
	const fine = `"url":"https://news.example/a","headline":"A"`
	for _, tt := range []struct {
		why, body, field, message string // no field: taken
	}{
		{"a list", `[]`, "body", "body must be a JSON object"},
		{"nothing", `null`, "body", "body must be a JSON object"},
		{"a number", `1`, "body", "body must be a JSON object"},
		{"a list for an object", `{` + fine + `,"photo":[]}`, "photo", "photo must be an object, not a list"},
		{"an object for a text", `{"url":"https://news.example/a","headline":{}}`, "headline", "headline must be a string, not an object"},
		{"a truth for a text", `{"url":"https://news.example/a","headline":true}`, "headline", "headline must be a string, not true or false"},
		{"a text for a list", `{` + fine + `,"tags":"a"}`, "tags", "tags must be a list, not a string"},
		{"a fraction for a whole number", `{` + fine + `,"font_step":1.5}`, "font_step", "font_step must be a whole number, not a number 1.5"},
		{"a whole number out of range", `{` + fine + `,"font_step":1e400}`, "font_step", "font_step must be a whole number, not a number 1e400"},
		{"a number out of range", `{` + fine + `,"photo":{"url":"https://news.example/a.jpg","focal":[1e999,0]}}`,
			"photo.focal", "photo.focal must be a number in the range of a double, not a number 1e999"},
		{"out of range where nothing is known", `{` + fine + `,"x":-1e999}`, "x", "x is not known here"},
		{"a number for a time", `{` + fine + `,"updated_at":1e999}`, "updated_at", "updated_at must be a time of RFC 3339, such as 2026-11-23T12:00:00Z"},
		{"as deep as is taken", `{` + fine + `,"x":` + nested(15) + `}`, "x", "x is not known here"},
		{"one deeper", `{` + fine + `,"x":` + nested(16) + `}`, "body", "body is nested too deep; at most 16 levels are taken"},
		{"lists one deeper", `{"x":` + strings.Repeat("[", 16) + strings.Repeat("]", 16) + `}`, "body", "body is nested too deep; at most 16 levels are taken"},
		{"unclosed", strings.Repeat("[", maxJSON), "body", "body is nested too deep; at most 16 levels are taken"},
		{"side by side", `{` + fine + `,"x":[` + strings.Repeat("[],", 100) + `[]]}`, "x", "x is not known here"},
		{"braces in a text", `{"url":"https://news.example/a","headline":"\"` + strings.Repeat("{[", 40) + `\\"}`, "", ""},
	} {
		resp := newHouse(t).do(t, authorized("PUT", "/v1/articles/a", tt.body))
		if tt.field == "" {
			if resp.StatusCode != 201 {
				t.Errorf("%s: %s", tt.why, text(t, resp))
			}
			continue
		}
		if e := refused(t, resp).Error; e.Field != tt.field || e.Message != tt.message {
			t.Errorf("%s: %q %q", tt.why, e.Field, e.Message)
		}
	}
}

// TestRefusalsAreBounded: whatever is sent, a refusal is small, names faults up to a bound and counts the
// others, and is made with memory in proportion to what was sent.
func TestRefusalsAreBounded(t *testing.T) {
	parameters := "first="
	for i := range 1999 {
		parameters += fmt.Sprintf("&p%d=", i)
	}
	put := func(body string) *http.Request { return authorized("PUT", "/v1/articles/a", body) }
	long := strings.Repeat("뉴스<", 4000)
	for _, tt := range []struct {
		why    string
		req    *http.Request
		faults int // in all
	}{
		{"nested", put(nested(5300)), 1},
		{"6,000 unknown fields", put(unknownKeys(6000)), 6002}, // url and headline are missing too
		{"unknown fields of a photo", put(`{"url":"https://news.example/a","headline":"A","photo":` + unknownKeys(5000) + `}`), 5000},
		{"one key again and again", put(`{"headline":"A"` + strings.Repeat(`,"url":"https://news.example/a"`, 1500) + `}`), 1499},
		{"a long name", put(`{"url":"https://news.example/a","headline":"A","` + long + `":1}`), 1},
		{"long names", put(`{"url":"https://news.example/a","headline":"A"` + strings.Repeat(`,"`+strings.Repeat("<\\u0001", 200)+`":1`, 30) + `}`), 30},
		{"a long number", put(`{"url":"https://news.example/a","headline":"A","font_step":1` + strings.Repeat("0", 60_000) + `}`), 1},
		{"32 bad tags", put(`{"url":"https://news.example/a","headline":"A","tags":["` + strings.Repeat(strings.Repeat("t", 101)+`","`, 31) + strings.Repeat("t", 101) + `"]}`), 32},
		{"unknown parameters", authorized("PUT", "/v1/articles/a?"+parameters, ""), 2000},
		{"a long parameter", authorized("GET", "/v1/articles/a?"+long, ""), 1},
		{"parameters of a card", request("GET", "/v1/card.jpg?sig=AAAA&"+parameters, ""), 2000},
		{"a long target", request("GET", "/v1/share-links?url=https://news.example/a&title=A&targets="+strings.Repeat("x", 30_000), ""), 1},
	} {
		h := newHouse(t)
		handler, err := New(h.deps) // without the checks of newService, which take memory too
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		handler.ServeHTTP(w, tt.req)
		runtime.ReadMemStats(&after)
		// Each takes less than 4 MiB. What other goroutines allocate meanwhile counts too.
		if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
			t.Errorf("%s: %d bytes allocated", tt.why, used)
		}
		e := refused(t, w.Result()).Error
		if len(e.Details) > 0 && len(e.Details)+e.More != tt.faults || len(e.Details) == 0 && tt.faults > 1 {
			t.Errorf("%s: %d details and %d more, of %d", tt.why, len(e.Details), e.More, tt.faults)
		}
		if e.Field == "" || !strings.HasPrefix(e.Message, e.Field+" ") {
			t.Errorf("%s: %q %q", tt.why, e.Field, e.Message)
		}
	}
}

func TestLongNamesAreCut(t *testing.T) {
	e := refused(t, newHouse(t).do(t, authorized("PUT", "/v1/articles/a", `{"url":"https://news.example/a","headline":"A","`+strings.Repeat("뉴", 100)+`":1}`))).Error
	if want := strings.Repeat("뉴", 32) + "…"; e.Field != want || e.Message != want+" is not known here" {
		t.Errorf("%q: %q", e.Field, e.Message)
	}
}

// FuzzDecode: no body makes a fault of ours, or a long answer.
func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		`{"url":"https://news.example/a","headline":"A"}`, `[]`, `null`, ``, `{`, `"a"`, nested(5300), nested(15), unknownKeys(6000),
		`{"url":"https://news.example/a","headline":"A","photo":{"url":"upload:x","focal":[0.5,2,"a"],"src":{}},"tags":[1,null,{}]}`,
		`{"published_at":"9999-12-31T23:59:59-05:00","updated_at":7,"embargo_until":{},"headline":"\u0000\ud800","font_step":1e999}`,
		`{"URL":"x","url":null,"url":1,"headline":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}`, "{\"\xff\":1}", `{"a":1}{}`,
		`{"headline":"Tom &amp; Jerry&#8217;s <em>out</em>","url":"https://a.example/?a=1&amp;b=2"}`,
	} {
		f.Add(body)
	}
	h := newHouse(f)
	handler, err := New(h.deps)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		hostileTo(t, handler).ServeHTTP(w, authorized("PUT", "/v1/articles/a", body))
		if resp := w.Result(); resp.StatusCode >= 400 {
			refused(t, resp)
		}
	})
}
