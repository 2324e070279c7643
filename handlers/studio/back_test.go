package studio

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBackOf: a sign-in leads to the page that was asked for, by way of an address that names it, and nowhere else.
func TestBackOf(t *testing.T) {
	for asked, want := range map[string]string{
		"/": "/", "/?headline=A&utm_source=mail": "/?headline=A", "/studio/stories": "/studio/stories",
		"/studio/stories?q=a%26b&site=": "/studio/stories?q=a%26b&site=", "/studio/stories/storm-1": "/studio/stories/storm-1",
		"/studio/" + strings.Repeat("a", maxAddress): "/", "/sign-in?link=secret": "/", "/v1/articles": "/",
	} {
		back := backOf(httptest.NewRequest("GET", asked, nil))
		if back != want {
			t.Errorf("%s leads to %s", asked, back)
		}
		for _, at := range []string{"/", ProviderPath} {
			if got := backOf(httptest.NewRequest("GET", signInAddress(at, back), nil)); got != want {
				t.Errorf("%s leads by %s to %s", asked, signInAddress(at, back), got)
			}
		}
	}
}
