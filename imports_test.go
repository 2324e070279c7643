package cards_test

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house lists the packages of this module that each package may import directly. A package without a row fails the
// test, so that adding one is a deliberate decision. Packages below cmd/ may import any package. Test files are not
// checked.
var house = map[string][]string{
	"":                             nil,
	"internal/api":                 nil,
	"internal/api/clients":         nil,
	"deploy":                       nil,
	"internal/api/contract":        {"internal/api/document"},
	"internal/api/document":        {"internal/api"},
	"internal/api/reference":       {"internal/api", "internal/api/document", "internal/fault", "internal/web"},
	"internal/clean":               {"internal/lazyregexp"},
	"internal/lazyregexp":          nil,
	"internal/settings":            nil,
	"internal/certs":               {"internal/weburl"},
	"internal/certs/certstest":     nil,
	"internal/weburl":              {"internal/clean", "internal/lazyregexp"},
	"internal/worddiff":            nil,
	"card":                         {"internal/clean", "internal/fault", "internal/lazyregexp", "internal/weburl"},
	"share":                        {"internal/clean", "internal/fault", "internal/lazyregexp", "internal/weburl", "internal/words"},
	"internal/words":               nil,
	"internal/exif":                nil,
	"internal/iptc":                {"internal/exif"},
	"internal/icc":                 nil,
	"internal/icc/icctest":         nil,
	"internal/fetch":               {"internal/fault", "internal/weburl"},
	"internal/photo":               {"internal/exif", "internal/fault", "internal/icc", "internal/iptc", "internal/jpeg", "internal/photo/focus", "internal/pngfile", "internal/webp"},
	"internal/photo/focus":         {"internal/photo/faces", "internal/simd"},
	"internal/photo/faces":         {"internal/simd"},
	"internal/photo/faces/compile": nil,
	"internal/web":                 {"card", "internal/words", "share"},
	"fonts":                        {"internal/unpack"},
	"internal/fault":               nil,
	"internal/fsync":               nil,
	"internal/completion":          nil,
	"internal/health":              nil,
	"internal/feed":                nil,
	"internal/audience":            nil,
	"internal/conns":               nil,
	"internal/metrics":             nil,
	"internal/clicks":              {"internal/fsync", "internal/store"},
	"internal/advice":              {"card", "internal/article", "internal/clean", "internal/langid", "internal/locale", "internal/pictures"},
	"internal/audit": {"card", "internal/advice", "internal/article", "internal/fault", "internal/fetch", "internal/page",
		"internal/photo", "internal/pictures", "render"},
	"internal/langid":         {"internal/unpack"},
	"internal/langid/compile": nil,
	"internal/locale":         {"internal/langid"},
	"internal/locale/compile": nil,
	"internal/unpack":         nil,
	"internal/sitemap":        {"internal/weburl"},
	"internal/archive":        {"client", "internal/lenient", "internal/weburl"},
	"internal/lenient":        {"internal/clean"},
	"internal/intake": {"client", "handlers/articles", "internal/archive", "internal/article", "internal/fetch", "internal/page",
		"share"},
	"internal/ghost":               {"client"},
	"client":                       nil,
	"internal/design":              {"card", "internal/lazyregexp"},
	"internal/laws":                {"card", "internal/design", "internal/sample", "render"},
	"internal/preview":             {"card", "internal/design", "internal/laws", "internal/sample", "render"},
	"internal/sample":              {"card"},
	"internal/sample/gallery":      {"card", "internal/sample"},
	"internal/blob":                {"internal/fault", "internal/lazyregexp"},
	"internal/respcache":           {"card"},
	"internal/oembed":              {"card", "internal/api", "internal/article"},
	"internal/sampled":             nil,
	"internal/jobs":                {"internal/fault"},
	"internal/queue":               {"internal/fault", "internal/sampled"},
	"internal/queue/schema":        nil,
	"internal/later":               {"internal/fault", "internal/journal", "internal/queue", "internal/store", "internal/stories"},
	"internal/app/apptest":         {"internal/app"},
	"internal/blob/blobtest":       {"internal/blob"},
	"internal/blob/s3":             {"internal/blob", "internal/fetch", "internal/lazyregexp", "internal/sampled"},
	"internal/blob/s3/s3test":      {"internal/blob/s3/s3server"},
	"internal/golden":              nil,
	"internal/guarded":             nil,
	"internal/jpeg":                {"internal/simd"},
	"internal/png":                 {"internal/simd"},
	"internal/inflate":             {"internal/simd"},
	"internal/pngfile":             {"internal/inflate", "internal/simd"},
	"internal/webp":                {"internal/simd"},
	"internal/scene":               nil,
	"internal/simd":                nil,
	"internal/article":             {"card", "internal/clean", "internal/langid", "internal/lazyregexp", "internal/locale", "internal/weburl", "share"},
	"render/text/phrase":           nil,
	"render/text/hyphens":          {"internal/unpack"},
	"render/text/hyphens/compile":  nil,
	"render/text/wordlist":         {"internal/unpack"},
	"render/text/wordlist/compile": nil,
	"render/text":                  {"fonts", "internal/langid", "internal/simd", "render/text/hyphens", "render/text/phrase", "render/text/wordlist"},
	"render/raster":                {"internal/jpeg", "internal/png", "internal/simd"},
	"render/scrim":                 {"internal/design", "internal/simd", "render/raster"},
	"render": {"card", "fonts", "internal/design", "internal/jpeg", "internal/langid", "internal/locale", "internal/photo/focus", "internal/png",
		"render/raster", "render/scrim", "render/text"},
	"internal/photos":            {"internal/blob", "internal/fault", "internal/fetch", "internal/iptc", "internal/lazyregexp", "internal/photo"},
	"internal/page":              {"internal/article", "internal/fetch", "internal/lenient", "internal/lazyregexp", "internal/weburl", "share"},
	"internal/pictures":          {"card", "internal/blob", "render", "render/text", "internal/fault", "internal/sampled", "internal/photo/focus"},
	"internal/store":             {"internal/article", "internal/editors", "internal/fault", "internal/journal", "internal/tokens"},
	"internal/store/sqlite":      {"internal/editors", "internal/fault", "internal/fsync", "internal/journal", "internal/queue/schema", "internal/store", "internal/store/tables", "internal/store/transfer", "internal/tokens"},
	"internal/store/codes":       {"internal/store"},
	"internal/store/timed":       {"internal/editors", "internal/fault", "internal/store"},
	"internal/store/recall":      {"internal/store"},
	"internal/store/tables":      {"internal/article", "internal/editors", "internal/journal", "internal/store", "internal/tokens"},
	"internal/store/storetest":   {"internal/article", "internal/editors", "internal/journal", "internal/store", "internal/tokens"},
	"internal/stories":           {"internal/advice", "internal/article", "card", "internal/iptc", "internal/photos", "internal/pictures", "internal/store", "internal/fault", "internal/journal"},
	"internal/app":               {"card", "fonts", "handlers", "handlers/access", "handlers/kakao", "handlers/studio", "internal/blob", "internal/blob/s3", "internal/certs", "internal/clicks", "internal/conns", "internal/design", "internal/editors", "internal/fetch", "internal/fsync", "internal/jobs", "internal/later", "internal/lazyregexp", "internal/openid", "internal/page", "internal/photo", "internal/photos", "internal/pictures", "internal/queue", "internal/sampled", "internal/store", "internal/store/codes", "internal/store/postgres", "internal/store/recall", "internal/store/sqlite", "internal/stories", "internal/web", "render", "share", "internal/fault", "internal/metrics", "internal/store/timed"},
	"internal/ciede":             nil,
	"bench/gallery":              {"card", "fonts", "internal/design", "internal/langid", "internal/laws", "internal/photo", "internal/sample/gallery", "render"},
	"bench/focus":                {"internal/photo/focus", "internal/scene"},
	"bench/photos":               {"internal/ciede", "internal/fault", "internal/photo", "internal/scene"},
	"bench/memory":               nil,
	"bench/mutants":              nil,
	"internal/web/browsertest":   nil,
	"integrations/wordpress/e2e": nil,
	"internal/web/unfurltest":    nil,
	"bench/typography":           {"card", "internal/design", "fonts", "render", "render/text"},
	"bench/internal/sample":      nil,
	"bench/internal/instance":    {"card"},
	"bench/bareecho":             nil,
	"bench/clicks":               {"internal/store"},
	"bench/compare":              {"internal/article", "bench/internal/instance", "bench/internal/sample", "internal/blob", "internal/store", "internal/store/sqlite", "share"},
	"bench/drills": {"bench/internal/instance", "bench/internal/page", "bench/internal/sample",
		"internal/blob/s3/s3server", "internal/store/postgres/pgserver"},
	"bench/simulate": {"bench/internal/instance", "bench/internal/page", "bench/internal/sample",
		"internal/blob/s3/s3server", "internal/store/postgres/pgserver"},
	"bench/internal/page": nil,
	"bench/overload":      {"bench/internal/instance", "bench/internal/sample"},
	"handlers":            {"card", "handlers/access", "handlers/answer", "handlers/articles", "handlers/embed", "handlers/kakao", "handlers/links", "handlers/lookup", "handlers/pictures", "handlers/present", "handlers/studio", "internal/api", "internal/article", "internal/audience", "internal/fault", "internal/journal", "internal/sampled", "internal/store", "internal/stories", "internal/tokens", "internal/web", "internal/words", "share"},
	"handlers/articles": {"card", "handlers/access", "handlers/answer", "handlers/lookup", "handlers/present",
		"handlers/request", "internal/api", "internal/article", "internal/clean", "internal/fault", "internal/journal", "internal/page", "internal/photos",
		"internal/store", "internal/stories", "internal/weburl", "share"},
	"handlers/embed": {"card", "handlers/answer", "handlers/lookup", "handlers/present", "handlers/request",
		"internal/api", "internal/article", "internal/fault", "internal/oembed", "internal/store", "internal/web", "share"},
	"handlers/kakao": {"card", "handlers/access", "handlers/answer", "handlers/lookup", "handlers/present",
		"handlers/request", "internal/article", "internal/fault", "internal/store", "internal/web", "internal/words", "share"},
	"handlers/links": {"card", "handlers/access", "handlers/answer", "handlers/lookup", "handlers/present", "handlers/request",
		"internal/api", "internal/article", "internal/audience", "internal/clean", "internal/fault", "internal/feed",
		"internal/sampled", "internal/store", "internal/tokens", "internal/web", "share"},
	"handlers/pictures": {"card", "handlers/access", "handlers/answer", "handlers/present", "handlers/request",
		"internal/article", "internal/fault", "internal/pictures", "internal/respcache", "internal/store",
		"internal/stories"},
	"handlers/studio":                  {"card", "handlers/access", "handlers/answer", "handlers/present", "handlers/request", "internal/advice", "internal/api", "internal/article", "internal/clean", "internal/editors", "internal/fault", "internal/journal", "internal/openid", "internal/pictures", "internal/sample", "internal/sampled", "internal/store", "internal/stories", "internal/web", "internal/worddiff", "share"},
	"handlers/access":                  {"card", "internal/editors", "internal/fault", "internal/journal", "internal/tokens"},
	"handlers/answer":                  {"internal/api", "internal/fault"},
	"handlers/lookup":                  {"handlers/access", "internal/article", "internal/lazyregexp", "internal/store", "share"},
	"handlers/present":                 {"card", "internal/api", "internal/article", "internal/store", "internal/stories", "internal/worddiff", "share"},
	"handlers/request":                 {"internal/fault", "internal/store"},
	"internal/store/transfer":          nil,
	"internal/store/postgres":          {"internal/editors", "internal/journal", "internal/queue/schema", "internal/store", "internal/store/tables", "internal/store/transfer", "internal/tokens"},
	"internal/store/postgres/pgtest":   {"internal/store/postgres/pgserver"},
	"internal/store/postgres/pgserver": nil,
	"internal/blob/s3/s3server":        nil,
	"internal/journal":                 nil,
	"internal/editors":                 {"internal/fault"},
	"internal/tokens":                  {"internal/editors", "internal/fault"},
	"internal/openid":                  {"internal/editors", "internal/fault", "internal/fetch"},
	"internal/openid/providertest":     nil,
}

// outside lists the only packages that may directly import an external module or package.
var outside = map[string][]string{
	"github.com/labstack/echo/v4": {"handlers", "handlers/answer", "handlers/articles", "handlers/embed", "handlers/kakao",
		"handlers/links", "handlers/lookup", "handlers/pictures", "handlers/request", "handlers/studio", "bench/bareecho"},
	"github.com/fogleman/gg":         {"render/raster"},
	"github.com/klauspost/compress":  {"handlers", "internal/langid/compile", "internal/png", "internal/unpack", "bench/compare"},
	"github.com/pelletier/go-toml":   {"internal/design", "internal/settings"},
	"github.com/srwiley":             {"internal/design"},
	"github.com/go-text/typesetting": {"fonts", "render/text"},
	"modernc.org/sqlite":             {"internal/store/sqlite"},
	"github.com/jackc/pgx/v5":        {"internal/queue", "internal/queue/schema", "internal/store/postgres", "internal/store/postgres/pgserver", "bench/drills", "bench/simulate"},
	"github.com/riverqueue/river":    {"internal/queue", "internal/queue/schema"},
	"code.dny.dev/ssrf":              {"internal/fetch"},
	"github.com/maypok86/otter/v2":   {"internal/blob", "internal/respcache", "internal/store/codes", "internal/store/recall"},
	"github.com/minio/minio-go/v7":   {"internal/blob/s3"},
	"github.com/prometheus":          {"internal/metrics"},
	"github.com/coreos/go-systemd":   {"internal/app"},
	"github.com/alecthomas/kong":     {"cmd/cards"},
	"github.com/mattn/go-isatty":     {"cmd/cards"},
	"github.com/schollz/progressbar": {"cmd/cards"},
	"golang.org/x/crypto":            {"internal/certs"},
	"github.com/temoto/robotstxt":    {"internal/intake"},
	"golang.org/x/time":              {"internal/intake"},
	"golang.org/x/sys":               {"internal/simd", "internal/store/sqlite"},
	"golang.org/x/net/idna":          {"internal/weburl"},
	"github.com/getkin/kin-openapi":  {"internal/api/contract", "internal/api/document", "internal/api/reference"},
}

// quiet lists, for a package of the standard library, the packages that must not depend on it, even indirectly.
var quiet = map[string][]string{
	"net/http": {"card", "fonts", "internal/advice", "internal/article", "internal/blob", "internal/clean", "internal/design",
		"internal/exif", "internal/icc", "internal/oembed", "internal/photo", "internal/photo/focus",
		"internal/pictures", "internal/respcache", "internal/web", "internal/weburl", "render", "render/raster",
		"render/scrim", "render/text", "share"},
	"os/exec": {"card", "internal/article", "internal/clean", "internal/design", "internal/photo", "internal/pictures",
		"internal/weburl", "render", "share"},
}

type listed struct {
	ImportPath             string
	Dir                    string
	GoFiles, Imports, Deps []string
}

// goList returns the output of go list. It fails the test if the command fails.
func goList(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return string(out)
}

// packages lists the packages of this module. All paths are relative to the module's path.
func packages(t *testing.T) []listed {
	t.Helper()
	module := strings.TrimSpace(goList(t, "-m"))
	relative := func(paths []string) {
		for i, path := range paths {
			if path == module {
				paths[i] = ""
			}
			paths[i] = strings.TrimPrefix(paths[i], module+"/")
		}
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(goList(t, "-json=ImportPath,Dir,GoFiles,Imports,Deps", "./..."))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		own := []string{p.ImportPath}
		relative(own)
		relative(p.Imports)
		relative(p.Deps)
		p.ImportPath = own[0]
		all = append(all, p)
	}
}

func TestImportsPointDown(t *testing.T) {
	stale := maps.Clone(house)
	all := packages(t)
	var ours []string
	for _, p := range all {
		ours = append(ours, p.ImportPath)
	}
	for _, p := range all {
		allowed, known := house[p.ImportPath]
		delete(stale, p.ImportPath)
		assembles := strings.HasPrefix(p.ImportPath, "cmd/")
		if !known && !assembles {
			t.Errorf("%s stands in no plan of the house: add it to the table", p.ImportPath)
			continue
		}
		for _, dep := range p.Imports {
			if slices.Contains(ours, dep) && !assembles && !slices.Contains(allowed, dep) {
				t.Errorf("%s imports %s", p.ImportPath, dep)
			}
			for module, owners := range outside {
				if (dep == module || strings.HasPrefix(dep, module+"/")) && !slices.Contains(owners, p.ImportPath) {
					t.Errorf("%s imports %s, which is for %v alone", p.ImportPath, dep, owners)
				}
			}
		}
		for _, dep := range allowed {
			if !slices.Contains(p.Imports, dep) {
				t.Errorf("the table lets %s import %s, which it does not", p.ImportPath, dep)
			}
		}
		for dep, barred := range quiet {
			if slices.Contains(barred, p.ImportPath) && slices.Contains(p.Deps, dep) {
				t.Errorf("%s builds on %s", p.ImportPath, dep)
			}
		}
	}
	for path := range stale {
		t.Errorf("the table lists %s, which does not exist", path)
	}
}
