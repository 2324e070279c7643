package laws

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

// folderOf writes files into a folder.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestTry breaks each law with a template of a newsroom, and reads what is said about it.
func TestTry(t *testing.T) {
	const foot = "\n[[stack]]\narea = \"card\"\nat = \"bottom\"\nitems = [ "
	const head = "[[stack]]\narea = \"card\"\nat = \"middle\"\nitems = [ { text = \"headline\", steps = [[88, 3], [62, 5], [50, 6], [44, 8]] } ]\n"
	for name, tt := range map[string]struct {
		template, law, says string
	}{
		"cut":    {strings.Replace(head, "[[88, 3], [62, 5], [50, 6], [44, 8]]", "[[62, 1], [50, 1]]", 1), "headline-whole", "the headline is cut: its last line is"},
		"little": {strings.ReplaceAll(head, "[[88, 3], [62, 5], [50, 6], [44, 8]]", "[[30, 9]]"), "headline-size", "the headline is set in 30 px"},
		"loud":   {head + foot + `{ text = "site", size = 200 } ]`, "headline-first", "the site is set in"},
		"faint":  {head + foot + `{ text = "byline", ink = "#fff4d0" } ]`, "clear", "the byline has a contrast of 1."},
		"hidden": {strings.Replace(head, "items", "ink = \"paper\"\nitems", 1), "clear", "the headline has a contrast of 1.0:1"},
		"stamp": {head + "[[area]]\nname = \"stamp\"\nright = 0.2\nbottom = 0.2\n[[picture]]\narea = \"stamp\"\n", "thumbnail",
			"the photo covers 4 % of the card"},
	} {
		r, set := renderer(t, folderOf(t, map[string]string{"templates/" + name + ".toml": tt.template}))
		found, err := Try(t.Context(), r, set)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(found, func(c Card) bool { return c.Law == tt.law })
		if i < 0 || !strings.HasPrefix(found[i].Problem, tt.says) || found[i].Template != name || found[i].Theme != "press" || found[i].Change == "" {
			t.Errorf("%s: %q, want %s", name, found, tt.law)
		}
		if n := len(slices.Compact(slices.Sorted(slices.Values(lawsOf(found))))); n != len(found) {
			t.Errorf("%s: a law is there twice: %q", name, found)
		}
	}
}

func lawsOf(found []Card) (all []string) {
	for _, c := range found {
		all = append(all, c.Law)
	}
	return all
}

// TestBuiltIn: the built-in designs keep every law, also as a newsroom's own.
func TestBuiltIn(t *testing.T) {
	if testing.Short() {
		t.Skip("twelve templates in three themes; the tests of the command check one theme")
	}
	files := map[string]string{}
	for _, kind := range []string{"themes", "templates"} {
		names, err := filepath.Glob("../design/builtin/" + kind + "/*.toml")
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[strings.TrimPrefix(kind, "themes")+"/"+filepath.Base(name)] = string(data)
		}
	}
	r, set := renderer(t, folderOf(t, files))
	found, err := Try(t.Context(), r, set)
	if err != nil || len(set.Own()) == 0 {
		t.Fatal(set.Own(), err)
	}
	for _, c := range found {
		t.Errorf("%s: %v", c.Law, c)
	}
}

// TestPlaces: a law names what is outside, and by how much.
func TestPlaces(t *testing.T) {
	r, _ := renderer(t, "")
	c, err := card.Card{Headline: "Tide turns", Site: "The Harbor Post", Byline: "By the City Desk", Template: "text"}.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Layout(c, nil, render.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if broken := Of(r, c, p, nil); len(broken) > 0 {
		t.Fatalf("%q", broken)
	}
	for i, op := range p.Ops {
		if run, ok := op.(render.Run); ok && run.Role == "site" {
			run.XPx -= 60
			p.Ops[i] = run
			p.Ops = append(p.Ops, run)
		}
		if run, ok := op.(render.Run); ok && run.Role == "byline" {
			run.Role = "caption"
			p.Ops[i] = run
		}
	}
	said := ""
	for _, b := range Of(r, c, p, nil) {
		said += b.Law + ": " + b.Problem + "\n"
	}
	for _, want := range []string{`safe-area: the site "The Harbor Post" leaves the safe area by 19 px at the left`, `apart: the site "The Harbor Post" lies over the site "The Harbor Post" by `, "caption-with-photo: the caption is shown without its photo"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s: no %s", said, want)
		}
	}
}

// TestPictures: a sample is tried with the pictures that it names, and with no others.
func TestPictures(t *testing.T) {
	for _, s := range sample.Stories {
		photo, portrait := Pictures(s)
		if (photo != nil) != (s.Photo != "") || (portrait != nil) != (s.Portrait != "") {
			t.Errorf("%s: %v, %v", s.Name, photo, portrait)
		}
	}
}
