package client_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/client"
)

// TestBylines: an article is written and read with a byline in each of its forms, and keeps its other fields.
func TestBylines(t *testing.T) {
	for _, tt := range []struct {
		byline string // in JSON; empty: absent
		want   client.Article
	}{
		{``, client.Article{}},
		{`"By the Weather Desk"`, client.Article{Byline: "By the Weather Desk"}},
		{`[{"name":"Jane Roe"},{"name":"Ann Doe","url":"https://news.example/ann","x":"anndoe","fediverse":"ann@social.example"}]`,
			client.Article{Authors: []client.Author{{Name: "Jane Roe"}, {Name: "Ann Doe", URL: "https://news.example/ann", X: "anndoe", Fediverse: "ann@social.example"}}}},
	} {
		tt.want.URL, tt.want.Headline, tt.want.Tags = "https://news.example/a", "A", []string{"storm"}
		raw, err := json.Marshal(tt.want)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(raw, &fields); err != nil || string(fields["byline"]) != tt.byline || string(fields["headline"]) != `"A"` {
			t.Errorf("%v: %s", err, raw)
		}
		var got client.Article
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Error(diff)
		}
	}
	both, err := json.Marshal(client.Article{Byline: "By us", Authors: []client.Author{{Name: "Jane Roe"}}})
	if want := `{"url":"","headline":"","byline":[{"name":"Jane Roe"}]}`; string(both) != want || err != nil {
		t.Errorf("%s, %v, want %s", both, err, want)
	}
	got := client.Article{Byline: "By us"}
	if err := json.Unmarshal([]byte(`{"byline":["Jane Roe",{"name":"Ann Doe"}]}`), &got); err != nil || got.Byline != "" || len(got.Authors) != 2 || got.Authors[0].Name != "Jane Roe" {
		t.Errorf("names and objects: %+v, %v", got, err)
	}
	for _, wrong := range []string{`1`, `{}`, `[1]`, `[["a"]]`} {
		if err := json.Unmarshal([]byte(`{"byline":`+wrong+`}`), new(client.Article)); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}
