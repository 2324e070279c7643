package cards_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house lists which of our packages each package may import directly. What is missing here
// fails: a new room is a decision. Test files are not counted.
var house = map[string][]string{
	"cards":                     nil,
	"cards/api":                 nil,
	"cards/api/document":        {"api"},
	"cards/api/reference":       {"api/document", "web"},
	"cards/clean":               nil,
	"cards/card":                {"clean"},
	"cards/share":               {"clean"},
	"cards/photo":               {"internal/jpeg", "photo/focus"},
	"cards/photo/focus":         {"internal/simd"},
	"cards/photo/focus/compile": nil,
	"cards/web":                 nil,
	"cards/fonts":               nil,
	"cards/design":              nil,
	"cards/sample":              {"card"},
	"cards/picture":             nil,
	"cards/internal/golden":     nil,
	"cards/internal/guarded":    nil,
	"cards/internal/jpeg":       {"internal/simd"},
	"cards/internal/png":        {"internal/simd"},
	"cards/internal/scene":      nil,
	"cards/internal/simd":       nil,
	"cards/article":             {"card", "clean", "share"},
	"cards/render/text/phrase":  nil,
	"cards/render/text":         {"fonts", "internal/simd", "render/text/phrase"},
	"cards/render":              {"card", "design", "fonts", "internal/jpeg", "internal/png", "internal/simd", "photo/focus", "render/text"},
	"cards/library":             {"photo", "picture"},
	"cards/page":                {"photo"},
	"cards/preview":             {"card", "picture", "render"},
	"cards/store":               {"article"},
	"cards/store/sqlite":        {"article", "store"},
	"cards/store/storetest":     {"article", "card", "store"},
	"cards/picture/picturetest": {"picture"},
	"cards/registry":            {"article", "card", "clean", "library", "preview", "store"},
	"cards/bench/focus":         {"photo/focus"},
	"cards/bench/memory":        nil,
	"cards/web/browsertest":     nil,
	"cards/bench/typography":    {"card", "design", "fonts", "render", "render/text"},
	"cards/bench/sample":        nil,
	"cards/bench/instance":      {"card"},
	"cards/bench/bareecho":      nil,
	"cards/bench/compare":       {"article", "bench/instance", "bench/sample", "picture", "store", "store/sqlite"},
	"cards/bench/overload":      {"bench/instance", "bench/sample"},
	"cards/handlers":            {"api", "article", "card", "library", "page", "preview", "registry", "share", "store", "web"},
}

// outside lists who alone may import a module from outside, directly.
var outside = map[string][]string{
	"github.com/labstack/echo/v4":    {"cards/handlers", "cards/bench/bareecho"},
	"github.com/fogleman/gg":         {"cards/render"},
	"github.com/klauspost/compress":  {"cards/fonts", "cards/internal/png", "cards/bench/compare"},
	"github.com/pelletier/go-toml":   {"cards/design"},
	"github.com/srwiley":             {"cards/design"},
	"github.com/go-text/typesetting": {"cards/fonts", "cards/render/text"},
	"modernc.org/sqlite":             {"cards/store/sqlite"},
	"code.dny.dev/ssrf":              {"cards/photo"},
	"github.com/maypok86/otter/v2":   {"cards/picture"},
	"github.com/alecthomas/kong":     {"cards/cmd/cards"},
	"golang.org/x/sys":               {"cards/internal/simd"},
	"github.com/getkin/kin-openapi":  {"cards/api/document", "cards/api/reference"},
}

// quiet packages reach no network and no disk: these must not be among what they build on.
var quiet = map[string][]string{
	"net/http": {"cards/clean", "cards/card", "cards/share", "cards/article", "cards/fonts", "cards/design", "cards/render/text", "cards/render", "cards/preview", "cards/picture", "cards/web", "cards/photo/focus"},
	"os/exec":  {"cards/clean", "cards/card", "cards/share", "cards/article", "cards/design", "cards/render", "cards/preview", "cards/photo"},
}

type listed struct {
	ImportPath    string
	Imports, Deps []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range packages(t) {
		allowed, known := house[p.ImportPath]
		if !known && !strings.HasPrefix(p.ImportPath, "cards/cmd/") {
			t.Errorf("%s stands in no plan of the house: add it to the table", p.ImportPath)
			continue
		}
		for _, dep := range p.Imports {
			name, ours := strings.CutPrefix(dep, "cards/")
			if ours && known && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s", p.ImportPath, dep)
			}
			for module, owners := range outside {
				if (dep == module || strings.HasPrefix(dep, module+"/")) && !slices.Contains(owners, p.ImportPath) {
					t.Errorf("%s imports %s, which is for %v alone", p.ImportPath, dep, owners)
				}
			}
		}
		for dep, barred := range quiet {
			if slices.Contains(barred, p.ImportPath) && slices.Contains(p.Deps, dep) {
				t.Errorf("%s builds on %s", p.ImportPath, dep)
			}
		}
	}
}
