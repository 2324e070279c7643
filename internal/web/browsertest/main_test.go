// Package browsertest opens the service's pages, and pages of others that carry its embed kit,
// in a real browser. Without Chromium its tests are skipped, and say so; with CARDS_REQUIRE=1 they fail.
package browsertest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// world is what all tests share: the running service, the site of a newspaper, a browser.
type world struct {
	cards, token string
	program      string       // the command
	data         string       // the data folder of the service
	studio       string       // the URL that the start prints
	session      *http.Cookie // of an editor
	site         *httptest.Server
	browser      context.Context
}

var (
	theWorld *world
	missing  string // why there is no world
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	chromium := findChromium()
	switch {
	case testing.Short():
		missing = "a browser takes longer than -short has"
		return m.Run()
	case chromium == "" && required():
		return failed(errors.New("no Chromium, which CARDS_REQUIRE asks for: scripts/deps installs it"))
	case chromium == "":
		missing = "chromium is not installed: scripts/deps installs it"
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "browsertest-")
	if err != nil {
		return failed(err)
	}
	defer os.RemoveAll(dir)
	w := &world{}
	w.site = httptest.NewServer(site{w})
	defer w.site.Close()
	stop, err := w.serve(dir)
	if err != nil {
		return failed(err)
	}
	defer stop()
	closeBrowser, err := w.open(chromium, filepath.Join(dir, "profile"))
	if err != nil {
		return failed(err)
	}
	defer closeBrowser()
	theWorld = w
	return m.Run()
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "browsertest:", err)
	return 1
}

// required reports that a missing tool is a failure. CI sets the variable, so that no test is left out unseen.
func required() bool { return os.Getenv("CARDS_REQUIRE") == "1" }

func findChromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// serve builds and starts the service.
func (w *world) serve(dir string) (stop func(), err error) {
	program := filepath.Join(dir, "cards")
	w.program, w.data = program, filepath.Join(dir, "data")
	if out, err := exec.Command("go", "build", "-o", program, "newsroom.example/cards/cmd/cards").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	sdk, err := os.ReadFile("pages/sdk.js")
	if err != nil {
		return nil, err
	}
	sum := sha512.Sum384(sdk)
	cmd := exec.Command(program, "serve", "--addr", "127.0.0.1:0", "--data", w.data, "--log-level", "error", "--click-window", "0s",
		"--kakao-js-key", "testkey0", "--kakao-sdk-url", w.site.URL+"/sdk.js", "--kakao-sdk-integrity", "sha384-"+base64.StdEncoding.EncodeToString(sum[:]),
		"--home-url", front, "--photo-allow", w.site.Listener.Addr().String())
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stop = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
	for lines := bufio.NewScanner(out); w.token == "" && lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if at, ok := strings.CutPrefix(line, "studio "); ok {
			w.studio = strings.TrimSpace(at)
			w.cards, _, _ = strings.Cut(w.studio, "/?")
		}
		if path, ok := strings.CutPrefix(line, "API token  in "); ok {
			token, err := os.ReadFile(path)
			if err != nil {
				stop()
				return nil, err
			}
			w.token = strings.TrimSpace(string(token))
		}
	}
	if w.token == "" {
		stop()
		return nil, errors.New("the service did not start")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if err := w.signIn(); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// front is the front page of the publication.
const front = "https://news.example/"

// oembed returns the HTML of the oEmbed response for a story.
func (w *world) oembed(t *testing.T, story string) string {
	t.Helper()
	resp, err := http.Get(w.cards + "/oembed?url=" + url.QueryEscape(story))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct{ HTML string }
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	return got.HTML
}

// signIn begins a session with the URL that the start prints.
func (w *world) signIn() error {
	resp, err := http.DefaultTransport.RoundTrip(httptest.NewRequest(http.MethodGet, w.studio, nil))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if len(resp.Cookies()) != 1 {
		return fmt.Errorf("%s begins no session: %s", w.studio, resp.Status)
	}
	w.session = resp.Cookies()[0]
	return nil
}

// open starts the browser. It reaches this machine alone, and says that it is a person's.
func (w *world) open(path, profile string) (closeBrowser func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("lang", "en"),
		chromedp.UserAgent("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"))
	allocated, cancelAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocated)
	closeBrowser = func() { cancel(); cancelAll() }
	if err := chromedp.Do(ctx); err != nil {
		closeBrowser()
		return nil, err
	}
	w.browser = ctx
	return closeBrowser, nil
}

// grant lets an origin use the clipboard, or forbids it.
func grant(origin string, allow bool) step {
	setting := browser.PermissionSettingDenied
	if allow {
		setting = browser.PermissionSettingGranted
	}
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			p := browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: name}, Setting: setting, Origin: origin}
			if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// here is the world, or the test is skipped.
func here(t testing.TB) *world {
	t.Helper()
	if theWorld == nil {
		t.Skip("SKIPPED: " + missing)
	}
	return theWorld
}

// put registers an article.
func (w *world) put(t *testing.T, id string, article map[string]any) {
	t.Helper()
	raw, err := json.Marshal(article)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPut, w.cards+"/v1/articles/"+id, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		body, _ := io.ReadAll(resp.Body)
		t.Fatalf("PUT %s: %d %s", id, resp.StatusCode, body)
	}
}

// shares are the article's counted shares by target.
func (w *world) shares(t *testing.T, id string) map[string]int64 {
	t.Helper()
	var got struct{ By map[string]int64 }
	if err := json.Unmarshal(w.stats(t, id), &got); err != nil {
		t.Fatal(err)
	}
	return got.By
}

// stats are what the service answers of the article's clicks and shares.
func (w *world) stats(t *testing.T, id string) []byte {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, w.cards+"/v1/articles/"+id+"/stats", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// site is a newspaper's: pages with the kit, under a policy that allows the kit's host its script
// and its answers, and nothing inline.
type site struct{ w *world }

type articlePage struct {
	Lang, Dir, Title, Canonical, Cards string
	Kit                                template.URL // query of the kit's address
	Bar                                template.HTML
	Text                               []string
}

var (
	pages     = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFiles("pages/article.html")) })
	storyText = []string{
		"The ferry that left at dawn came back before noon, its deck wet and its benches empty. Nobody on the quay had expected it to sail at all.",
		"By the evening the harbour office had counted eleven boats in and none out, and the lamps along the mole were lit two hours early.",
	}
)

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	switch r.URL.Path {
	case "/article.css", "/sdk.js":
		http.ServeFile(w, r, filepath.Join("pages", filepath.Base(r.URL.Path)))
	case "/icon.svg":
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2H0z"/></svg>`)
	case "/pier.png":
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(pier())
	case "/tagged":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html lang="en"><head><title>Lamps | The Harbor Post</title><link rel="canonical" href="https://news.example/lamps">
			<meta property="og:title" content="Lamps &lt;lit&gt; &quot;early&quot; &amp; left on"><meta property="og:description" content="The mole glows by four.">
			<meta property="og:site_name" content="The Harbor Post"><meta property="og:image" content="/pier.png"><meta property="og:image:alt" content="A lit pier">
			<meta property="article:section" content="Local"><meta name="author" content="Harbour Desk"></head><body>
			<figure><img src="/pier.png?w=800"><figcaption>The pier at four. Photo: Jane Roe</figcaption></figure></body></html>`)
	case "/bare": // says its headline alone
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html><head><meta property="og:title" content="Ice closes the upper lock"></head><body></body></html>`)
	case "/untitled":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><html><head></head><body><p>Words without a headline.</p></body></html>`)
	case "/article":
		s.article(w, r)
	default:
		http.NotFound(w, r)
	}
}

// article is a page with the bar that the query's markup makes.
func (s site) article(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	lang, title := q.Get("lang"), q.Get("title")
	if !q.Has("lang") {
		lang = "en"
	}
	if title == "" {
		title = "Harbour lamps lit early as the storm turns"
	}
	if q.Get("strict") != "" {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src "+s.w.cards+"; connect-src "+s.w.cards+"; style-src 'self' "+q.Get("style"))
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = pages().Execute(w, articlePage{
		Lang: lang, Dir: q.Get("dir"), Title: title, Canonical: "https://news.example/harbour", Cards: s.w.cards, Kit: template.URL(q.Get("kit")), Text: storyText, Bar: template.HTML(q.Get("bar")),
	})
}

// settle is how long a page may take for what it does by itself.
const settle = 30 * time.Second
