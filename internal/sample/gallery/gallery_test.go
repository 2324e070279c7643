package gallery

import (
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/internal/sample"
)

// TestStories: the gallery is as large and as varied as the law over it needs, and every story is a valid card.
func TestStories(t *testing.T) {
	ids, langs, headlines := map[string]bool{}, map[string]int{}, map[string]bool{}
	templates, scenes, shapes := map[string]int{}, map[string]int{}, map[string]int{}
	for _, s := range Stories() {
		if ids[s.ID] || headlines[s.Card.Headline] || !strings.HasPrefix(s.ID, strings.ToLower(s.Lang)+"-") {
			t.Errorf("%s: the ID or the headline is there twice, or the ID is not of the language", s.ID)
		}
		ids[s.ID], headlines[s.Card.Headline] = true, true
		langs[s.Lang]++
		templates[s.Card.TemplateName(s.Photo != "")]++
		scenes[s.Photo]++
		shapes[s.Shape]++
	}
	if len(ids) < 120 || len(langs) < 36 {
		t.Errorf("%d stories in %d languages", len(ids), len(langs))
	}
	for _, name := range []string{"photo", "split", "text", "quote", "breaking", "live", "number", "video", "audio",
		"opinion", "strip", "plain"} {
		if templates[name] == 0 {
			t.Errorf("no story shows the template %s", name)
		}
	}
	for _, s := range sample.Scenes {
		if scenes[s.Name] == 0 {
			t.Errorf("no story has the photo %s", s.Name)
		}
	}
	for name := range Shapes {
		if shapes[name] == 0 {
			t.Errorf("no photo is %q", name)
		}
	}
}

func TestPhotos(t *testing.T) {
	all := Stories()
	bare := slices.IndexFunc(all, func(s Story) bool { return s.Photo == "" })
	tall := slices.IndexFunc(all, func(s Story) bool { return s.Shape == "small" })
	if m := all[bare].Draw(); m != nil || all[bare].Size().X != 0 {
		t.Errorf("%s: %v", all[bare].ID, m)
	}
	if m := all[tall].Draw(); m == nil || m.Bounds().Size() != all[tall].Size() {
		t.Errorf("%s: not %v", all[tall].ID, all[tall].Size())
	}
}

func TestReadRefuses(t *testing.T) {
	for in, want := range map[string]string{
		`{"id":"en-01","lang":"en"}`: "line 1: headline",
		"{}\n":                       "line 1: id and lang",
		"\n" + `{"id":"en-01","lang":"en","headline":"A","photo":"sunset"}`:      `line 2: photo: "sunset"`,
		`{"id":"en-01","lang":"en","headline":"A","photo":"dusk","shape":"odd"}`: `line 1: shape: "odd"`,
		`{"id":"en-01","lang":"en","headline":"A","mood":"sad"}`:                 `line 1: json: unknown field "mood"`,
		`{"id":"en-01","lang":"en","headline":"A","date":"today"}`:               "line 1: date",
	} {
		if _, err := Read(strings.NewReader(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
}
