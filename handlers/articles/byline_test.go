package articles

import (
	"encoding/json"
	"slices"
	"testing"

	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// TestBylinesReadBack: a byline is answered as it was given.
func TestBylinesReadBack(t *testing.T) {
	for given, want := range map[string]string{
		`"By the Weather Desk"`: `"By the Weather Desk"`,
		`"A, B and C"`:          `"A, B and C"`,
		`["Jane Roe"]`:          `["Jane Roe"]`,
		`["Jane Roe",{"name":"Ann Doe","url":"https://news.example/ann"}]`:       `["Jane Roe",{"name":"Ann Doe","url":"https://news.example/ann"}]`,
		`[{"name":"Jane Roe"},{"fediverse":"@a@b.example","x":"@c","name":"D"}]`: `["Jane Roe",{"name":"D","x":"c","fediverse":"a@b.example"}]`,
		`["Jane Roe",{"name":"D","x":null}]`:                                     `["Jane Roe","D"]`,
		`[]`:                                                                     ``, `null`: ``, `""`: ``, ``: ``, `["",""]`: ``,
	} {
		byline, authors, err := parseByline(json.RawMessage(given))
		if err != nil {
			t.Errorf("%s: %v", given, err)
		}
		a, err := article.Article{ID: "a", URL: "https://news.example/a", Headline: "A", Byline: byline, Authors: authors}.Normalize()
		if err != nil || string(present.Byline(a)) != want {
			t.Errorf("%s becomes %s, %v, want %s", given, present.Byline(a), err, want)
		}
	}
}

func TestBylinesThatAreNone(t *testing.T) {
	for given, fields := range map[string][]string{
		`1`: {"byline"}, `1e999`: {"byline"}, `true`: {"byline"}, `{"name":"A"}`: {"byline"}, `[["A"]]`: {"byline"}, `[1,"A",null]`: {"byline", "byline"},
		`[{"name":1}]`: {"byline.name"}, `[{"name":"A","handle":"a","url":[]}]`: {"byline.handle", "byline.url"},
	} {
		_, _, err := parseByline(json.RawMessage(given))
		var got []string
		named, _ := fault.Fields(err)
		for _, f := range named {
			got = append(got, f.Field)
		}
		if !slices.Equal(got, fields) {
			t.Errorf("%s: faults %q (%v), want %q", given, got, err, fields)
		}
	}
}
