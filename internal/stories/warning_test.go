package stories

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// isSentence reports whether a message begins with a capital letter and ends with a full stop, as article.Warning says.
func isSentence(message string) bool { return sentenceForm.MatchString(message) }

var sentenceForm = regexp.MustCompile(`^\p{Lu}.*\.$`)

func TestEveryFailureOfAPhotoHasACode(t *testing.T) {
	for want, err := range map[string]error{
		"internal":           errors.New("read photo: is a directory"),
		"source_unavailable": fmt.Errorf("photo: %w", fetch.ErrUnavailable),
		"image_invalid":      photo.ErrInvalid,
	} {
		if got := thePhoto.unused("storm-1", err); got.Code != want || !errors.Is(got.Err, err) || got.Field != "photo.url" || !isSentence(got.Message) {
			t.Errorf("%v: %+v", err, got)
		}
	}
}

// TestAPhotoThatIsNoURL checks that a photo whose URL cannot be one does not stop the story, unless it must be strict
// or another field is invalid too.
func TestAPhotoThatIsNoURL(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		photo, headline string
		strict          bool
		fields, warning string
	}{
		{"http://pictures example/a.jpg", "Storm", false, "", "invalid_request photo.url"},
		{"http://pictures.example:99999/a.jpg", "Storm", false, "", "invalid_request photo.url"},
		{"upload:../a", "Storm", false, "", "invalid_request photo.url"},
		{"ftp://pictures.example/a.jpg", "Storm", true, "photo.url", ""},
		{"ftp://pictures.example/a.jpg", "", false, "headline photo.url", ""},
	} {
		a := h.story()
		a.Photo.URL, a.Headline = tt.photo, tt.headline
		got, err := h.Put(t.Context(), a, PutOptions{Strict: tt.strict})
		var fields, warnings []string
		for _, f := range card.FieldErrors(err) {
			fields = append(fields, f.Field)
		}
		for _, w := range got.Warnings {
			if warnings = append(warnings, w.Code+" "+w.Field); !isSentence(w.Message) {
				t.Errorf("%s: %s", tt.photo, w.Message)
			}
		}
		if strings.Join(fields, " ") != tt.fields || strings.Join(warnings, ", ") != tt.warning ||
			got.Record.Article.Photo.URL != "" {
			t.Errorf("%s: faults %v, warnings %v, %+v", tt.photo, fields, warnings, got.Record.Article.Photo)
		}
		if tt.fields == "" {
			h.picture(t, got.Record.Version)
		}
	}
}

// TestWarningsAreStored: what is said of a version is stored with it, in the words of the answer, until the next Put or
// Refresh says something else. That a picture is drawn later is not.
func TestWarningsAreStored(t *testing.T) {
	h := newHouse(t)
	stored := func(why, want string) {
		t.Helper()
		rec, err := h.Article(t.Context(), "storm-1")
		if err != nil {
			t.Fatal(err)
		}
		codes := ""
		for _, w := range rec.Warnings {
			if codes += w.Code + " "; !isSentence(w.Message) {
				t.Errorf("%s: %+v", why, w)
			}
		}
		if codes != want {
			t.Errorf("%s: stored %s, want %s", why, codes, want)
		}
	}
	a := h.story()
	a.Headline = "Storm &quot;front&quot; stalls"
	if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	stored("text that was cleaned", "text_cleaned ")
	h.source.change(func(s *source) { s.status = 503 })
	if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	stored("a source that failed too", "text_cleaned source_unavailable ")
	if _, warnings := h.refresh(t, PutOptions{DryRun: true}); warnings != "text_cleaned source_unavailable " {
		t.Errorf("a dry run of a refresh: %s", warnings)
	}
	h.source.change(func(s *source) { s.status = 0 })
	if _, warnings := h.refresh(t, PutOptions{DryRun: true}); warnings != "text_cleaned " {
		t.Errorf("a dry run of a refresh that helps: %s", warnings)
	}
	stored("after dry runs", "text_cleaned source_unavailable ")
	h.refresh(t, PutOptions{})
	stored("a refresh that helped", "text_cleaned ")
	if _, err := h.WithdrawPhoto(t.Context(), photoID(1)); err != nil {
		t.Fatal(err)
	}
	stored("its photo withdrawn", "text_cleaned gone ")
	noAlt := article.Warning{Code: "no_alt", Field: "photo.alt", Message: "m", Size: "og"}
	if got := lasting([]Warning{overloaded, {Warning: noAlt}}); len(got) != 1 || got[0] != noAlt {
		t.Errorf("%+v", got)
	}
}
