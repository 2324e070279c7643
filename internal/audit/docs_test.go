package audit

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
)

// TestChecksAreDocumented: docs/checks.md has a row for each kind of check, with its level, and no others.
func TestChecksAreDocumented(t *testing.T) {
	raw, err := os.ReadFile("../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, k := range advice.Kinds() {
		section := "Warnings"
		if k.Hint {
			section = "Hints"
		}
		want[section] = append(want[section], k.Code+" "+string(k.Level))
	}
	for _, k := range []advice.Kind{missingTag, missingImage, undeclared, wrongSize, smallImage, twoAddresses, noLargeCard} {
		want["Audits"] = append(want["Audits"], k.Code+" "+string(k.Level))
	}
	row := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (\\w+) \\|")
	for _, section := range strings.Split(string(raw), "\n## ")[1:] {
		title, text, _ := strings.Cut(section, "\n")
		var got []string
		for _, cells := range row.FindAllStringSubmatch(text, -1) {
			got = append(got, cells[1]+" "+cells[2])
		}
		if slices.Sort(got); len(got) > 0 {
			slices.Sort(want[title])
		}
		if !slices.Equal(got, want[title]) {
			t.Errorf("%s: documented\n%q, in the code\n%q", title, got, want[title])
		}
		delete(want, title)
	}
	if len(want) > 0 {
		t.Errorf("there is no section for %v", want)
	}
}

// TestWarningsAreInTheDocument: the API's document lists the codes of all warnings, those of checks and of errors.
func TestWarningsAreInTheDocument(t *testing.T) {
	var document struct {
		Components struct {
			Schemas struct {
				Warning struct {
					Properties struct {
						Code struct{ Enum []string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(api.JSON, &document); err != nil {
		t.Fatal(err)
	}
	want := []string{fault.Overloaded.Code(), fault.Invalid.Code(), fault.Internal.Code()}
	for _, k := range advice.Kinds() {
		if !k.Hint {
			want = append(want, k.Code)
		}
	}
	for k := fault.Internal; k <= fault.PhotoOverloaded; k++ {
		if code := k.Code(); k.OfPhoto() && !slices.Contains(want, code) {
			want = append(want, code)
		}
	}
	got := slices.Sorted(slices.Values(document.Components.Schemas.Warning.Properties.Code.Enum))
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("the document has\n%q, the code\n%q", got, want)
	}
}
