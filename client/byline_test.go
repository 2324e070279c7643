package client_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/client"
)

// TestBylines: a byline is sent in each of its forms, and one that was read is sent again as it was.
func TestBylines(t *testing.T) {
	ann := client.Author{Name: "Ann Doe", URL: "https://news.example/ann", X: "anndoe", Fediverse: "ann@social.example"}
	const annJSON = `{"name":"Ann Doe","url":"https://news.example/ann","x":"anndoe","fediverse":"ann@social.example"}`
	for _, tt := range []struct {
		byline any
		want   string // in JSON; empty: absent
		by     []client.Author
	}{
		{nil, ``, nil},
		{"By the Weather Desk", `"By the Weather Desk"`, []client.Author{{Name: "By the Weather Desk"}}},
		{[]string{"Jane Roe", "Ann Doe"}, `["Jane Roe","Ann Doe"]`, []client.Author{{Name: "Jane Roe"}, {Name: "Ann Doe"}}},
		{[]client.Author{ann}, `[` + annJSON + `]`, []client.Author{ann}},
		{[]any{"Jane Roe", ann}, `["Jane Roe",` + annJSON + `]`, []client.Author{{Name: "Jane Roe"}, ann}},
	} {
		sent, err := json.Marshal(client.Article{Byline: tt.byline})
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(sent, &fields); err != nil || string(fields["byline"]) != tt.want {
			t.Errorf("%v: %s, want %s", err, sent, tt.want)
		}
		var read client.Article
		if err := json.Unmarshal(sent, &read); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(tt.by, read.By()) + cmp.Diff(tt.by, client.Article{Byline: tt.byline}.By()); diff != "" {
			t.Errorf("%s: %s", tt.want, diff)
		}
		again, err := json.Marshal(read)
		var want, got any
		if json.Unmarshal(sent, &want) != nil || json.Unmarshal(again, &got) != nil || err != nil || !cmp.Equal(want, got) {
			t.Errorf("%s is sent again as %s", sent, again)
		}
	}
	for _, none := range []any{1, []int{1}, "", map[string]string{}, func() {}} {
		if by := (client.Article{Byline: none}).By(); by != nil {
			t.Errorf("%v: %v", none, by)
		}
	}
}
