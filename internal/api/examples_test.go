package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/kakao"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/api/contract"
	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/app/apptest"
	"newsroom.example/cards/internal/golden"
)

// secret returns a secret of the examples, which nobody can guess from its form alone.
func secret(name string) string {
	sum := sha256.Sum256([]byte("examples " + name))
	return hex.EncodeToString(sum[:])
}

const browser = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15"

// diary records what a service answers.
type diary struct {
	t       *testing.T
	service http.Handler
	held    *contract.Contract
	entries []api.Example
	stable  []string // pairs for strings.NewReplacer: what differs in each run, and what stands for it
}

// ask sends a request, and returns the answer. An empty title records nothing.
func (d *diary) ask(title, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, "https://cards.example"+target, strings.NewReader(body))
	r.RequestURI = target
	r.Header.Set("User-Agent", browser)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.service.ServeHTTP(w, r)
	if tag := strings.Trim(w.Header().Get("ETag"), `"`); tag != "" && !slices.Contains(d.stable, tag) {
		d.replace(tag, secret(strconv.Itoa(len(d.stable)))[:16]) // the same for the same tag
	}
	if title == "" {
		return w
	}
	entry := api.Example{
		Operation: d.held.OperationOf(r), Title: title, Method: method, Target: target, Status: w.Code, Headers: map[string]string{},
		Answer: shown(w.Header().Get("Content-Type"), w.Body.Bytes()),
	}
	if media := r.Header.Get("Content-Type"); media == "image/png" {
		entry.File = "photo.png"
	} else {
		entry.Body = body
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if name := headers[i]; name == "Authorization" {
			scheme, _, _ := strings.Cut(headers[i+1], " ")
			entry.Scheme = scheme
		} else {
			entry.Sends = append(entry.Sends, name+": "+headers[i+1])
		}
	}
	for _, name := range told {
		if value := w.Header().Get(name); value != "" {
			entry.Headers[name] = value
		}
	}
	d.entries = append(d.entries, entry)
	return w
}

// told are the fields of an answer's header that the examples show.
var told = []string{"Cache-Control", "Content-Disposition", "Content-Type", "ETag", "Link", "Location", "Retry-After", "WWW-Authenticate",
	"X-Card-Degraded", "X-Card-Sources"}

// replace says what stands for a text that differs in each run.
func (d *diary) replace(found, stands string) {
	if found == "" {
		d.t.Fatalf("nothing to replace with %s", stands)
	}
	d.stable = append(d.stable, found, stands)
}

// varying are the texts that differ in each run wherever they stand.
var varying = []struct {
	re     *regexp.Regexp
	stands string
}{
	{regexp.MustCompile(`(\\"request_id\\": \\")\w+`), `${1}3h0k9v2q5m1tc`},
	{regexp.MustCompile(`(\\"(?:created|updated|from|until|at)\\": \\")[^"\\]+`), `${1}2026-11-29T08:05:00Z`},
	{regexp.MustCompile(`(expires=)\d+`), `${1}1893456000`},
	{regexp.MustCompile(`(sig=)[\w-]{43}`), `${1}k2gYw0QmR7c1oX9pVb4sZt8uJ3nLf6dHa5eKiC0TqWM`},
}

// text returns the recorded examples as a file.
func (d *diary) text() string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(d.entries); err != nil {
		d.t.Fatal(err)
	}
	text := strings.NewReplacer(d.stable...).Replace(out.String())
	for _, v := range varying {
		text = v.re.ReplaceAllString(text, v.stands)
	}
	return text
}

// begin starts a service with an empty folder, and a newspaper's site with a photo and a page.
func begin(t *testing.T) *diary {
	t.Helper()
	held, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.HandlerFunc(newspaper))
	t.Cleanup(site.Close)
	at, _ := url.Parse(site.URL)
	a := apptest.Start(t, app.Config{
		Addr: "127.0.0.1:0", PublicURL: "https://cards.example", Data: filepath.Join(t.TempDir(), "data"), MemoryCache: 64 << 20,
		Token: secret("token"), SigningKeys: []string{secret("key")}, PhotoAllow: []string{at.Host},
		Kakao: kakao.Settings{AdminKey: secret("kakao")},
	})
	d := &diary{t: t, held: held}
	d.service = contract.Hold(a.Handler(), func(x contract.Exchange) {
		if err := held.Check(x); err != nil {
			t.Error(err)
		}
	})
	d.replace(site.URL, "https://pictures.example")
	d.replace(url.QueryEscape(site.URL), url.QueryEscape("https://pictures.example"))
	return d
}

// newspaper is the site that photos and pages are fetched from.
func newspaper(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/storm.png":
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(picture(1600, 1000))
	case "/harbor":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html lang="en"><head><title>Harbor reopens - The Harbor Post</title>
<link rel="canonical" href="https://news.example/harbor"><meta property="og:title" content="Harbor reopens">
<meta property="og:site_name" content="The Harbor Post"><meta property="og:image" content="/storm.png"></head>
<body><figure><img src="/storm.png"><figcaption>The first ferry since Friday. Photo: Harbor Desk</figcaption></figure></body></html>`)
	default:
		http.NotFound(w, r)
	}
}

// picture returns a photo as PNG: a sky over a sea.
func picture(width, height int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{R: 60, G: 90, B: uint8(120 + 100*y/height), A: 255}
			if y > height*2/3 {
				c = color.RGBA{R: 20, G: uint8(60 + x*40/width), B: 80, A: 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img)
	return out.Bytes()
}

// decode returns a JSON answer.
func decode[T any](t *testing.T, w *httptest.ResponseRecorder) (v T) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code >= 300 {
		t.Fatalf("%d, %v: %s", w.Code, err, w.Body)
	}
	return v
}

// TestExamples records an example of every operation of a running service. The page of the reference shows them. Run it
// with -update, then go generate.
func TestExamples(t *testing.T) {
	d := begin(t)
	photo := d.upload()
	d.articles()
	d.changes()
	d.withdraw(photo)
	d.readers()
	d.signed()
	d.studio()
	d.rest()
	golden.Text(t, "examples.json", d.text())

	doc, err := document.Load()
	if err != nil {
		t.Fatal(err)
	}
	recorded := map[string]bool{}
	for _, e := range d.entries {
		recorded[e.Operation] = true
	}
	for path, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			if !recorded[op.OperationID] {
				t.Errorf("%s (%s) has no example: ask for it in this test", op.OperationID, path)
			}
		}
	}
}

// auth is the header of a program that holds the token.
func auth(more ...string) []string {
	return append([]string{"Authorization", "Bearer " + secret("token")}, more...)
}

const typeJSON = "application/json"

// articles registers the story of the examples.
func (d *diary) articles() {
	site := d.stable[0]
	storm := `{
  "url": "https://news.example/storm",
  "headline": "Storm front stalls over the west coast",
  "site": "The Harbor Post",
  "kicker": "Weather",
  "byline": "By the Weather Desk",
  "photo": {"url": "` + site + `/storm.png", "alt": "Waves over the mole", "focal": [0.5, 0.4]},
  "caption": "Ferries stay in port until Monday.",
  "credit": "Harbor Desk",
  "updated_at": "2026-11-29T08:00:00Z"
}`
	put := d.ask("A new article with the URL of its photo", "PUT", "/v1/articles/storm-1", storm, auth("Content-Type", typeJSON)...)
	a := d.registered(put, "5fnay3p9jmkxqv0d", "q3Xb81T")
	d.replace(a.PhotoId, "upload:5d41402abc4b2a76b9719d911017c592")
	tried := d.ask("Tried, not stored: a photo that cannot be fetched is a warning", "PUT", "/v1/articles/storm-2?dry_run=1",
		`{"url": "https://news.example/ferries", "headline": "Ferries stay in port", "photo": {"url": "`+site+`/none.png"}}`,
		auth("Content-Type", typeJSON)...)
	d.registered(tried, "7ppx1w57dhwfeck2", "")
	d.ask("Refused", "PUT", "/v1/articles/storm-1", `{"url": "news.example/storm", "headline": "", "colour": "red"}`,
		auth("Content-Type", typeJSON)...)
	d.ask("Without the token", "GET", "/v1/articles/storm-1", "")
	d.ask("The article", "GET", "/v1/articles/storm-1", "", auth()...)
	d.ask("The first page", "GET", "/v1/articles?limit=20", "", auth()...)
	const some = "/v1/articles?fields=id,url,version&limit=1"
	first := decode[api.ArticleList](d.t, d.ask("Three fields of each", "GET", some, "", auth()...))
	d.ask("Three fields of each, the next page", "GET", some+"&cursor="+url.QueryEscape(first.Next), "", auth()...)
	d.ask("The photo has not changed", "POST", "/v1/articles/storm-1:refresh", "", auth()...)
	d.ask("Nothing that was published stays", "POST", "/v1/articles/storm-1:retract", "", auth()...)
	d.ask("What the checks find", "POST", "/v1/articles/storm-1:audit", "", auth()...)
	d.ask("The tags", "GET", "/v1/articles/storm-1/meta", "", auth()...)
	d.ask("A page", "POST", "/v1/articles:preview", `{"url": "`+site+`/harbor"}`, auth("Content-Type", typeJSON)...)
	patched := d.ask("Another kicker, and no caption", "PATCH", "/v1/articles/storm-1", `{"kicker": "Live", "caption": null}`,
		auth("Content-Type", "application/merge-patch+json")...)
	d.registered(patched, "2c0vd7m9s4k1xq8t", "")
	batch := d.ask("One is stored, and one is refused", "POST", "/v1/articles:batch", `{"articles": [
  {"id": "ferry-1", "url": "https://news.example/ferry", "headline": "Ferries sail again"},
  {"id": "ferry-2", "url": "ftp://news.example/2", "headline": "Timetable"}
]}`, auth("Content-Type", typeJSON)...)
	stored := decode[api.BatchResults](d.t, batch).Results[0].Article
	d.replace(stored.Version, "8h3n5w0r7y2e4z6b")
	d.replace(strings.TrimPrefix(stored.ShortUrl, "https://cards.example/s/"), "m4Kd92R")
	d.ask("", "PUT", "/v1/articles/old-1", `{"url": "https://news.example/old", "headline": "Withdrawn soon"}`, auth()...)
	d.ask("Withdrawn", "DELETE", "/v1/articles/old-1", "", auth()...)
}

// changes changes the story, and tries to, with conditions.
func (d *diary) changes() {
	read := d.ask("", "GET", "/v1/articles/storm-1", "", auth()...).Header().Get("ETag")
	patched := d.ask("The photo's alt text and focal point, unless somebody has changed the article since it was read", "PATCH",
		"/v1/articles/storm-1", `{"photo": {"alt": "Waves over the mole at dusk", "focal": [0.3, 0.5]}}`,
		auth("Content-Type", "application/merge-patch+json", "If-Match", read)...)
	d.registered(patched, "4z8q1n6b3w9e5r2m", "")
	const calmer = `{"url": "https://news.example/storm", "headline": "Storm front moves on"`
	d.ask("Somebody has changed it since it was read", "PUT", "/v1/articles/storm-1", calmer+"}",
		auth("Content-Type", typeJSON, "If-Match", read)...)
	d.ask("Older than the stored article", "PUT", "/v1/articles/storm-1", calmer+`, "updated_at": "2026-11-29T07:00:00Z"}`,
		auth("Content-Type", typeJSON)...)
}

// registered returns a registered article, of which the examples have another version and code. A dry run has no code.
func (d *diary) registered(w *httptest.ResponseRecorder, version, code string) api.RegisteredArticle {
	a := decode[api.RegisteredArticle](d.t, w)
	d.replace(a.Version, version)
	if code != "" {
		d.replace(strings.TrimPrefix(a.ShortUrl, "https://cards.example/s/"), code)
	}
	return a
}

// upload uploads a photo and registers an article with it. It returns the photo's id.
func (d *diary) upload() string {
	kept := decode[api.KeptPhoto](d.t, d.ask("A file", "POST", "/v1/photos", string(picture(640, 400)), auth("Content-Type", "image/png")...))
	d.replace(kept.Id, "upload:7d793037a0760186574b0282f2f435e7")
	put := d.ask("A new article with an uploaded photo and two authors", "PUT", "/v1/articles/mole-1", `{
  "url": "https://news.example/mole",
  "headline": "The mole holds",
  "byline": ["Jane Roe", {"name": "Ann Doe", "x": "anndoe"}],
  "photo": {"url": "`+kept.Id+`"}
}`, auth("Content-Type", typeJSON)...)
	d.registered(put, "0fcgrthta1tzd4bw", "Fdw4ehq")
	return kept.Id
}

// withdraw withdraws a photo.
func (d *diary) withdraw(photo string) {
	d.ask("The photo", "GET", "/v1/photos/"+photo, "", auth()...)
	d.ask("Withdrawn", "DELETE", "/v1/photos/"+photo, "", auth()...)
}

// code is the story's short code.
func (d *diary) code() string { return d.stable[slices.Index(d.stable, "q3Xb81T")-1] }

// version is the story's version.
func (d *diary) version() string { return d.stable[slices.Index(d.stable, "5fnay3p9jmkxqv0d")-1] }

// readers does what readers and crawlers do.
func (d *diary) readers() {
	code := d.code()
	d.ask("A reader", "GET", "/s/"+code, "")
	d.ask("A reader shares by mail", "GET", "/s/"+code+"/mail", "")
	d.ask("A reader copies the link", "POST", "/s/"+code+"/link", "")
	d.ask("Kakao's call", "POST", "/v1/kakao/callback", "CHAT_TYPE=DirectChat&code="+code, "Authorization", "KakaoAK "+secret("kakao"),
		"Content-Type", "application/x-www-form-urlencoded", "X-Kakao-Resource-ID", "7f3c")
	d.ask("One day", "GET", "/v1/articles/storm-1/stats?window=24h", "", auth()...)
	d.ask("The last two", "GET", "/v1/articles/storm-1/versions?limit=2", "", auth()...)
	d.ask("Three stories", "GET", "/v1/top?window=24h&limit=3", "")
	d.ask("A list for a page", "GET", "/v1/top.html?window=24h&limit=3&heading=Most%20read", "")
	d.ask("A feed", "GET", "/v1/top.rss?window=24h&limit=3", "")
	d.ask("Two targets", "GET", "/v1/share-links?url=https%3A%2F%2Fnews.example%2Fferries&title=Ferries%20stay%20in%20port&targets=facebook,kakao", "")
	d.ask("HTML", "GET", "/v1/articles/storm-1/share-bar", "")
	d.ask("JSON", "GET", "/oembed?url=https%3A%2F%2Fnews.example%2Fstorm&maxwidth=600", "")
	d.ask("The page", "GET", "/kakao/"+code, "")
	d.ask("A registered story", "GET", "/kakao?url=https%3A%2F%2Fnews.example%2Fstorm&title=Storm", "")
	d.ask("The script", "GET", "/embed/cards.js", "")
	d.ask("The page", "GET", "/embed/story/"+code, "")
}

// signer signs as the service does.
func (d *diary) signer() *card.Signer {
	signer, err := card.NewSigner([]byte(secret("key")))
	if err != nil {
		d.t.Fatal(err)
	}
	return signer
}

// signed asks for pictures.
func (d *diary) signed() {
	signer := d.signer()
	q := url.Values{"headline": {"Rates & rents"}, "site": {"The Harbor Post"}, "size": {"twitter"}}
	d.ask("A card", "GET", "/v1/card.jpg?"+signer.Sign("/v1/card.jpg", q, time.Unix(1893456000, 0)).Encode(), "")
	d.ask("Not signed", "GET", "/v1/card.jpg?headline=Rates", "")
	d.ask("A version", "GET", "/cards/storm-1/"+d.version()+"/og.jpg", "")
	d.ask("The current version", "GET", "/cards/storm-1/og.jpg", "")
}

// studio does what the studio does.
func (d *diary) studio() {
	form := "headline=Storm%20front%20stalls&url=https%3A%2F%2Fnews.example%2Fstorm"
	d.ask("The page, without a session", "GET", "/?"+form, "")
	state := decode[api.StudioState](d.t, d.ask("A form", "GET", "/studio.json?"+form, "", auth()...))
	d.ask("A signed form", "GET", state.FiguresUrl, "", auth()...)
	d.ask("A signed form", "GET", state.ZipUrl, "", auth()...)
	kept := decode[api.KeptPhoto](d.t, d.ask("A file", "POST", "/studio/photos", string(picture(660, 400)), auth("Content-Type", "image/png")...))
	d.replace(kept.Id, "upload:9e107d9d372bb6826bd81d3542a419d6")
	d.ask("A form", "GET", state.SmallUrl+"320", "", auth()...)
	d.ask("An upload", "GET", "/studio/photo?photo="+kept.Id, "", auth()...)
	d.ask("A page", "POST", "/studio/read", `{"url": "`+d.stable[0]+`/harbor"}`, auth("Content-Type", typeJSON)...)
	const posted = "application/x-www-form-urlencoded"
	for _, page := range [][]string{
		{"Two words", "GET", "/studio/stories?q=storm+front", ""}, {"Another headline", "POST", "/studio/stories/storm-1", "action=publish&headline=Storm+front+moves"},
		{"A week", "GET", "/studio/top?window=7d", ""}, {"For a day", "POST", "/studio/link", "headline=Storm+front+stalls&days=1"},
		{"A draft", "GET", "/look?" + d.signer().Sign("/look", url.Values{"headline": {"Storm front stalls"}}, time.Unix(1893456000, 0)).Encode(), ""},
	} {
		headers := auth()
		switch {
		case strings.HasPrefix(page[2], "/look"):
			headers = nil
		case page[3] != "":
			headers = auth("Content-Type", posted)
		}
		d.ask(page[0], page[1], page[2], page[3], headers...)
		d.entries[len(d.entries)-1].Answer = "" // a page for people, which has what the times of the run are
	}
	d.ask("A wrong token", "POST", "/", "token=a-guess", "Content-Type", "application/x-www-form-urlencoded")
	d.ask("A link that was used", "GET", "/sign-in?link=K3QZ7V5N2XJ4T6WYB8RMLDC9HF", "")
	d.ask("A link that was used", "POST", "/sign-in", "link=K3QZ7V5N2XJ4T6WYB8RMLDC9HF", "Content-Type", "application/x-www-form-urlencoded")
	d.ask("A service without a provider", "GET", "/sign-in/provider", "")
	d.ask("A service without a provider", "GET", "/sign-in/callback?state=a&code=b", "")
	d.ask("Signed out", "POST", "/studio/sign-out", "")
}

// rest asks for everything else.
func (d *diary) rest() {
	for _, path := range []string{"/docs", "/openapi.json"} {
		d.ask("The whole of it", "GET", path, "")
		d.entries[len(d.entries)-1].Answer = "" // it would change with every other example
	}
	d.ask("The icon", "GET", "/static/icon.svg", "")
	d.ask("It runs", "GET", "/healthz", "")
	d.ask("It is ready", "GET", "/readyz", "")
}
