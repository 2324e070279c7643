package handlers

import (
	"strconv"
	"testing"
)

// TestManyHeaderFields: a request with more header fields than any client sends is refused, and its fields are freed.
func TestManyHeaderFields(t *testing.T) {
	for _, tt := range []struct {
		why    string
		field  func(i int) (name, value string)
		fields int
		status int
	}{
		{"as many as are taken", func(i int) (string, string) { return "X-" + strconv.Itoa(i), "" }, maxFields, 200},
		{"one more", func(i int) (string, string) { return "X-" + strconv.Itoa(i), "" }, maxFields + 1, 400},
		{"of one name", func(i int) (string, string) { return "Cookie", strconv.Itoa(i) }, maxFields + 1, 400},
		{"thousands", func(i int) (string, string) { return "X-" + strconv.Itoa(i), "" }, 5000, 400},
	} {
		r := request("GET", "/healthz", "")
		r.Header.Del("User-Agent")
		for i := range tt.fields {
			name, value := tt.field(i)
			r.Header.Add(name, value)
		}
		resp := newHouse(t).do(t, r)
		if resp.StatusCode != tt.status {
			t.Errorf("%s: %d", tt.why, resp.StatusCode)
		}
		if tt.status == 400 {
			if e := refused(t, resp).Error; e.Message != "the request has more than 128 header fields" {
				t.Errorf("%s: %q", tt.why, e.Message)
			}
			if len(r.Header) != 0 || resp.Header.Get("Connection") != "close" || resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d fields are held, %v", tt.why, len(r.Header), resp.Header)
			}
		}
	}
}
