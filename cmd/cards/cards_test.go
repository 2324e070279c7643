package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// asProgram makes the test binary be the program itself, so that the tests start what users start.
const asProgram = "CARDS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "1" {
		os.Unsetenv(asProgram)
		main()
	}
	testscript.Main(withServer{m}, map[string]func(){"cards": main})
}

func program(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// ran runs a command to its end, in this process: starting another one takes a tenth of a second.
func ran(t *testing.T, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), args, stdio{&o, &e})
	return o.String(), e.String(), status
}

// service is a running `cards serve`.
type service struct {
	t     *testing.T
	cmd   *exec.Cmd
	base  string
	token string
	dir   string
}

func serve(t *testing.T, dir string, args ...string) *service {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: runs a service, which takes a second: make full")
	}
	s := &service{t: t, dir: dir, cmd: program(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(dir, "data"), "--log-level", "error", "--drain", "0s"}, args...)...)}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() && s.token == "" {
		if at, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "studio "); ok {
			at, _, _ = strings.Cut(strings.TrimSpace(at), "?") // the key of the studio
			s.base = strings.TrimSuffix(at, "/")
		}
		if path, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "API token  in "); ok {
			token, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s.token = strings.TrimSpace(string(token))
			break
		}
	}
	if s.base == "" || s.token == "" {
		t.Fatal("the service did not say where it is")
	}
	return s
}

func (s *service) do(method, path string, body []byte, headers ...string) *http.Response {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.base+strings.TrimPrefix(path, s.base), bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("User-Agent", "Mozilla/5.0 Safari/605")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// answer reads a JSON answer of the status.
func (s *service) answer(resp *http.Response, status int) map[string]any {
	s.t.Helper()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(raw, &v); err != nil || resp.StatusCode != status {
		s.t.Fatalf("status %d, want %d: %s", resp.StatusCode, status, raw)
	}
	return v
}

func (s *service) bytes(resp *http.Response) []byte {
	s.t.Helper()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return raw
}

// photoJPEG is a photo of our own: a bright sky over a dark field.
func photoJPEG(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for y := range 600 {
		for x := range 900 {
			v := uint8(250 - y/4 + (x^y)&7)
			m.Set(x, y, color.RGBA{v, v, 255 - uint8(y/5), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func story(photo, headline string) []byte {
	raw, _ := json.Marshal(map[string]any{
		"url": "https://news.example/storm?utm_source=mail", "headline": headline, "caption": "Waves break over the old pier.", "credit": "Coast News",
		"byline": "By the Weather Desk", "site": "The Harbor Post", "lang": "en", "photo": map[string]any{"url": photo, "alt": "The old pier"},
	})
	return raw
}

// storyOf is a story with an address of its own.
func storyOf(id, photo, headline string) []byte {
	return bytes.Replace(story(photo, headline), []byte("news.example/storm?"), []byte("news.example/"+id+"?"), 1)
}

func at(v map[string]any, path ...string) string {
	for _, p := range path[:len(path)-1] {
		v, _ = v[p].(map[string]any)
	}
	s, _ := v[path[len(path)-1]].(string)
	return s
}

func TestAStoryGoesInAndComesOut(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	for _, name := range []string{"api-token", "signing-key", "cards.db"} {
		if info, err := os.Stat(filepath.Join(dir, "data", name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	kept := s.answer(s.do("POST", "/v1/photos", photoJPEG(t)), 201)
	first := s.answer(s.do("PUT", "/v1/articles/storm-1", story(at(kept, "id"), "Storm front stalls")), 201)
	og := s.do("GET", at(first, "images", "og", "url"), nil)
	picture := s.bytes(og)
	if og.StatusCode != 200 || og.Header.Get("Content-Type") != "image/jpeg" || len(picture) > 300_000 || og.Header.Get("X-Card-Degraded") != "" {
		t.Fatalf("%d %v, %d bytes", og.StatusCode, og.Header, len(picture))
	}
	if m, _, err := image.Decode(bytes.NewReader(picture)); err != nil || m.Bounds().Dx() != 1200 || m.Bounds().Dy() != 630 {
		t.Errorf("picture %v", err)
	}
	for _, size := range []string{"twitter", "kakao", "square"} {
		if resp := s.do("GET", at(first, "images", size, "url"), nil); resp.StatusCode != 200 {
			t.Errorf("%s: %d", size, resp.StatusCode)
		}
	}
	if resp := s.do("GET", at(first, "images", "og", "url"), nil, "If-None-Match", og.Header.Get("ETag")); resp.StatusCode != 304 {
		t.Errorf("known already: %d", resp.StatusCode)
	}
	again := s.answer(s.do("PUT", "/v1/articles/storm-1", story(at(kept, "id"), "Storm front stalls")), 200)
	changed := s.answer(s.do("PUT", "/v1/articles/storm-1", story(at(kept, "id"), "Storm front moves on")), 200)
	if at(again, "version") != at(first, "version") || at(changed, "version") == at(first, "version") || at(changed, "short_url") != at(first, "short_url") {
		t.Errorf("versions %s, %s, %s", at(first, "version"), at(again, "version"), at(changed, "version"))
	}
	if old := s.bytes(s.do("GET", at(first, "images", "og", "url"), nil)); !bytes.Equal(old, picture) {
		t.Error("the picture of the old version has changed")
	}
	if resp := s.do("GET", at(first, "short_url"), nil); resp.StatusCode != 302 || resp.Header.Get("Location") != "https://news.example/storm?utm_source=mail" {
		t.Errorf("short link: %d %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	s.do("GET", at(first, "short_url")+"/mail", nil)
	s.do("HEAD", at(first, "short_url"), nil, "User-Agent", "Mozilla/5.0 another")

	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.cmd.Wait()
	token := s.token
	s = serve(t, dir)
	if s.token != token {
		t.Error("the token has changed")
	}
	stats := s.answer(s.do("GET", "/v1/articles/storm-1/stats", nil), 200)
	if stats["clicks"] != 1.0 || stats["shares"] != 1.0 {
		t.Errorf("after kill -9: %v", stats)
	}
	top := s.answer(s.do("GET", "/v1/top", nil), 200)
	if stories, _ := top["stories"].([]any); len(stories) != 1 {
		t.Errorf("top %v", top)
	}
	version := strings.TrimPrefix(at(first, "images", "og", "url"), at(first, "images", "og", "url")[:strings.Index(at(first, "images", "og", "url"), "/cards/")])
	if old := s.bytes(s.do("GET", version, nil)); !bytes.Equal(old, picture) {
		t.Error("after kill -9 the picture has changed")
	}
	if resp := s.do("DELETE", "/v1/articles/storm-1", nil); resp.StatusCode != 204 {
		t.Errorf("delete: %d", resp.StatusCode)
	}
	if resp := s.do("GET", version, nil); resp.StatusCode != 410 {
		t.Errorf("a withdrawn picture: %d", resp.StatusCode)
	}
}

func TestPhotosByURL(t *testing.T) {
	photo := photoJPEG(t)
	source := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/pier.jpg" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(photo)
	}))
	defer source.Close()
	shut := serve(t, t.TempDir())
	refused := shut.answer(shut.do("PUT", "/v1/articles/a", story(source.URL+"/pier.jpg", "A")), 201)
	if w, _ := refused["warnings"].([]any); len(w) != 1 || w[0].(map[string]any)["code"] != "source_unavailable" {
		t.Errorf("a private source: %v", refused["warnings"])
	}
	strict := shut.answer(shut.do("PUT", "/v1/articles/b?strict=1", story(source.URL+"/pier.jpg", "A")), 422)
	if at(strict, "error", "code") != "source_unavailable" {
		t.Errorf("strict: %v", strict)
	}
	if resp := shut.do("GET", "/v1/articles/b", nil); resp.StatusCode != 404 {
		t.Errorf("a refused article: %d", resp.StatusCode)
	}
	degraded := shut.do("GET", at(refused, "images", "kakao", "url"), nil)
	if degraded.StatusCode != 200 || degraded.Header.Get("X-Card-Degraded") != "source_unavailable" || degraded.Header.Get("ETag") != "" {
		t.Errorf("degraded: %d %v", degraded.StatusCode, degraded.Header)
	}

	open := serve(t, t.TempDir(), "--photo-allow", source.Listener.Addr().String())
	fine := open.answer(open.do("PUT", "/v1/articles/a", story(source.URL+"/pier.jpg", "A")), 201)
	if fine["warnings"] != nil {
		t.Errorf("warnings %v", fine["warnings"])
	}
	source.Close() // what was registered is drawn from what was kept
	late := open.do("GET", at(fine, "images", "square", "url"), nil)
	if late.StatusCode != 200 || late.Header.Get("X-Card-Degraded") != "" {
		t.Errorf("later: %d %v", late.StatusCode, late.Header)
	}
	dry := open.answer(open.do("PUT", "/v1/articles/dry?dry_run=1", story(source.URL+"/none.jpg", "A")), 200)
	if dry["short_url"] != nil || dry["warnings"] == nil {
		t.Errorf("dry run: %v", dry)
	}
	if resp := open.do("GET", "/v1/articles/dry", nil); resp.StatusCode != 404 {
		t.Errorf("a dry run was stored: %d", resp.StatusCode)
	}
}

// TestEmbargo: readers, who have no token, see nothing of a story under embargo.
func TestEmbargo(t *testing.T) {
	s := serve(t, t.TempDir())
	raw := []byte(`{"url":"https://news.example/secret","headline":"A secret","embargo_until":"2999-01-01T00:00:00Z"}`)
	a := s.answer(s.do("PUT", "/v1/articles/secret", raw), 201)
	for _, path := range []string{at(a, "images", "og", "url"), at(a, "short_url"), "/oembed?url=https://news.example/secret", "/cards/secret/og.png"} {
		if resp := s.do("GET", path, nil, "Authorization", ""); resp.StatusCode != 404 {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// TestCardsOnTheDiskAreBounded: sizes without a name are never stored, others within --card-cache.
func TestCardsOnTheDiskAreBounded(t *testing.T) {
	const budget = 200_000
	dir := t.TempDir()
	s := serve(t, dir, "--card-cache", strconv.Itoa(budget), "--no-draw-ahead")
	first := s.answer(s.do("PUT", "/v1/articles/storm-1", story("", "Storm front stalls")), 201)
	base := strings.TrimSuffix(at(first, "images", "og", "url"), "og.png")
	cards := func() (files int, bytes int64) {
		names, err := filepath.Glob(filepath.Join(dir, "data", "pictures", "*", "card-*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if info, err := os.Stat(name); err == nil {
				bytes += info.Size()
			}
		}
		return len(names), bytes
	}
	for _, size := range []string{"640x480", "2400x2400", "201x201"} {
		path := strings.TrimPrefix(base, s.base) + size + ".png"
		out, errs, status := ran(t, "sign", path, "--data", filepath.Join(dir, "data"))
		if status != 0 {
			t.Fatalf("%s: %d %s", path, status, errs)
		}
		if resp, err := http.Get(s.base + path); err != nil || resp.StatusCode != 403 {
			t.Fatalf("%s, unsigned: %v, %v", size, resp, err)
		}
		if resp := s.do("GET", strings.TrimSpace(out), nil); resp.StatusCode != 200 {
			t.Fatalf("%s: %d", size, resp.StatusCode)
		}
	}
	if files, _ := cards(); files != 1 {
		t.Errorf("%d cards are stored, want the og card alone", files)
	}
	for i := range 12 {
		again := s.answer(s.do("PUT", "/v1/articles/storm-1", story("", fmt.Sprint("Storm front number ", i, " stalls"))), 200)
		for _, size := range []string{"og", "twitter", "square"} {
			if resp := s.do("GET", at(again, "images", size, "url"), nil); resp.StatusCode != 200 {
				t.Fatalf("%s: %d", size, resp.StatusCode)
			}
		}
		if files, bytes := cards(); bytes > budget || files == 0 {
			t.Errorf("%d cards of %d bytes are stored", files, bytes)
		}
	}
}

func TestSIGTERMLetsRequestsFinish(t *testing.T) {
	s := serve(t, t.TempDir())
	if resp := s.do("GET", "/readyz", nil); resp.StatusCode != 200 {
		t.Fatalf("ready: %d", resp.StatusCode)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("exit %v", err)
	}
}

func TestSignedByTheCommand(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	out, errs, status := ran(t, "sign", "/v1/card.png?headline=기록은+남는다&site=한강일보&lang=ko", "--expires", "1h", "--data", filepath.Join(dir, "data"))
	if status != 0 {
		t.Fatalf("%d %s", status, errs)
	}
	at := strings.TrimSpace(out)
	afar := []string{"X-Forwarded-For", "198.51.100.7"} // without the studio's licence
	first := s.do("GET", at, nil, afar...)
	if first.StatusCode != 200 || first.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%d %v", first.StatusCode, first.Header)
	}
	if resp := s.do("GET", strings.Replace(at, "headline=", "headline=x", 1), nil, afar...); resp.StatusCode != 403 {
		t.Errorf("forged: %d", resp.StatusCode)
	}
}

func TestRenderCommand(t *testing.T) {
	dir := t.TempDir()
	photo := filepath.Join(dir, "photo.jpg")
	if err := os.WriteFile(photo, photoJPEG(t), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"render", "--headline", "서해안 강풍 특보 확대… 여객선 전면 통제, 주민 3,200명 대피", "--caption", "방파제 위로 파도가 솟구치고 있다.", "--credit", "연안통신",
		"--kicker", "사회", "--badge", "breaking", "--site", "한강일보", "--photo", photo}
	out, errs, status := ran(t, append(args, "--plan")...)
	var plan struct {
		Width, Height int
		Crop          []int
		Contrast      struct{ Headline, Caption float64 }
		Texts         []struct {
			Role      string
			FontPx    float64 `json:"font_px"`
			Truncated bool
			Dir       string
			Lines     []struct {
				Text                string
				X, Y, Width, Height float64
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil || status != 0 {
		t.Fatalf("%d %s %v", status, errs, err)
	}
	if plan.Width != 1200 || len(plan.Crop) != 4 || plan.Contrast.Headline < 4.5 || plan.Contrast.Caption < 4.5 {
		t.Errorf("%+v", plan)
	}
	roles := map[string]bool{}
	for _, x := range plan.Texts {
		roles[x.Role] = true
		for _, l := range x.Lines {
			if l.X < 64 || l.X+l.Width > 1136.5 || l.Y < 40 || l.Y+l.Height > 600 || l.Text == "" {
				t.Errorf("%s %+v", x.Role, l)
			}
		}
	}
	for _, role := range []string{"headline", "caption", "credit", "kicker", "badge", "site"} {
		if !roles[role] {
			t.Errorf("no %s in the plan", role)
		}
	}
	for _, name := range []string{"card.jpg", "card.png"} {
		if _, errs, status := ran(t, append(args, "--out", filepath.Join(dir, name))...); status != 0 {
			t.Errorf("%s: %d %s", name, status, errs)
		}
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, kind, err := image.DecodeConfig(f); err != nil || !strings.HasPrefix(name, "card."+kind[:1]) {
			t.Errorf("%s is %s, %v", name, kind, err)
		}
	}
	a, _, _ := ran(t, append(args, "--out", "-")...)
	b, _, _ := ran(t, append(args, "--out", "-")...)
	if a == "" || a != b {
		t.Error("the same card has other bytes")
	}
}

func TestNegativeStep(t *testing.T) {
	for _, step := range [][]string{{"--font-step", "-2"}, {"--font-step=-2"}, {"--font-step", "1"}} {
		if out, errs, status := ran(t, append([]string{"render", "--headline=-5 degrees", "--plan"}, step...)...); status != 0 || !strings.Contains(out, "font_px") {
			t.Errorf("%v: %d %s", step, status, errs)
		}
	}
}

func TestLinksCommand(t *testing.T) {
	out, _, status := ran(t, "links", "--url", "https://news.example/a#top", "--title", "A & B", "--json")
	var got linksAnswer
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != 0 {
		t.Fatalf("%d %v", status, err)
	}
	if got.URL != "https://news.example/a#top" || got.Links[0].Target != "facebook" || got.Links[2].SDK == nil {
		t.Errorf("%+v", got)
	}
	if !strings.HasPrefix(got.Links[2].URL, "http://127.0.0.1:8080/kakao?") {
		t.Errorf("kakao: %s", got.Links[2].URL)
	}
	out, _, _ = ran(t, "links", "--url", "https://news.example/a", "--title", "A", "--targets", "x,link")
	if lines := strings.Fields(out); len(lines) != 4 || lines[0] != "twitter" || lines[3] != "https://news.example/a" {
		t.Errorf("%s", out)
	}
}

func TestWrongUse(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	data := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"serve", "--data", data, "--addr", "nowhere"}, "--addr"},
		{[]string{"serve", "--data", data, "--addr", busy.Addr().String()}, "--addr"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--admin-addr", busy.Addr().String()}, "--admin-addr"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--public-url", "cards.example"}, "--public-url"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--database", "mysql://x"}, "--database"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--database", "sqlite://" + file}, "--database"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--pictures", "ftp://x"}, "--pictures"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--signing-key", "short"}, "--signing-key"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--photo-allow", "http://x"}, "--photo-allow"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--trusted-proxy", "x"}, "--trusted-proxy"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--kakao-sdk-url", "https://a.example/sdk.js"}, "--kakao-sdk-integrity"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--kakao-sdk-integrity", "sha384-AAAA"}, "--kakao-sdk-url"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--kakao-sdk-url", "javascript:x", "--kakao-sdk-integrity", "sha384-AAAA"}, "--kakao-sdk-url"},
		{[]string{"serve", "--data", data, "--addr", "127.0.0.1:0", "--public-url", "https://news.example/cards"}, "--public-url"},
		{[]string{"serve", "--data", data, "--twitter-via", "no spaces"}, "--twitter-via"},
		{[]string{"serve", "--data", data, "--twitter-via", "sixteen_letters_"}, "--twitter-via"},
		{[]string{"serve", "--data", data, "--facebook-app-id", "1x"}, "--facebook-app-id"},
		{[]string{"serve", "--data", data, "--kakao-js-key", "<script>"}, "--kakao-js-key"},
		{[]string{"serve", "--data", data, "--api-token", "fifteen_letters"}, "--api-token"},
		{[]string{"links", "--title", "A", "--url", "https://a.example/", "--facebook-app-id", "1x"}, "--facebook-app-id"},
		{[]string{"serve", "--data", data, "--log-level", "loud"}, "--log-level"},
		{[]string{"serve", "--data", file}, "--data"},
		{[]string{"render", "--out", "x.jpg"}, "--headline"},
		{[]string{"render", "--headline", "A"}, "--out"},
		{[]string{"render", "--headline", "A", "--out", "x.gif"}, "--out"},
		{[]string{"render", "--headline", "A", "--out", "x.jpg", "--size", "9x9"}, "--size"},
		{[]string{"render", "--headline", "A", "--out", "x.jpg", "--theme", "none"}, "--theme"},
		{[]string{"render", "--headline", "A", "--out", "x.jpg", "--focal", "9"}, "--focal"},
		{[]string{"render", "--headline", "A", "--out", "x.jpg", "--fonts", filepath.Dir(file)}, "holds no font file"},
		{[]string{"links", "--title", "A"}, "--url"},
		{[]string{"links", "--title", "A", "--url", "ftp://a"}, "--url"},
		{[]string{"sign", "/elsewhere", "--data", data}, "path"},
		{[]string{"sign", "/v1/card.jpg", "--data", data}, "headline"},
		{[]string{"sign", "/cards/storm-1/v/9x9.jpg", "--data", data}, "size"},
		{[]string{"sign", "/cards/storm-1/v/og.jpg", "--data", data}, "needs no signature"},
		{[]string{"sign", "/cards/storm-1/v/600x315.jpg", "--data", data}, "needs no signature"},
		{[]string{"sign", "/cards/storm-1/v/640x480.gif", "--data", data}, "path"},
		{[]string{"sign", "/cards/../v/640x480.jpg", "--data", data}, "path"},
		{[]string{"sign", "/cards/storm-1/v/640x480.jpg?headline=A", "--data", data}, "query"},
		{[]string{"sign", "/v1/card.jpg?headline=A", "--data", filepath.Join(data, "none")}, "--data"},
		{[]string{"sign", "/v1/card.jpg?headline=A", "--data", filepath.Join(data, "none")}, "--signing-key"},
		{[]string{"nothing"}, "nothing"},
		{[]string{"serve", "--nothing"}, "--nothing"},
	} {
		_, errs, status := ran(t, tt.args...)
		lines := strings.Split(strings.TrimSpace(errs), "\n")
		if status != 2 || !strings.Contains(lines[len(lines)-1], tt.says) {
			t.Errorf("%v: status %d: %s", tt.args, status, errs)
		}
	}
}

func TestSettingsFromTheEnvironment(t *testing.T) {
	cmd := program(t, "serve", "--data", filepath.Join(t.TempDir(), "data"))
	cmd.Env = append(cmd.Env, "CARDS_ADDR=nowhere")
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 2 || !strings.Contains(string(out), "nowhere") {
		t.Errorf("%v: %s", err, out)
	}
	help, _, status := ran(t, "serve", "--help")
	for _, fallback := range []string{"127.0.0.1:8080", "./data"} {
		if !strings.Contains(strings.Join(strings.Fields(help), " "), "Default: "+fallback) {
			t.Errorf("--help does not say that the default is %s", fallback)
		}
	}
	for _, flag := range []string{"addr", "admin-addr", "public-url", "data", "database", "pictures", "api-token", "signing-key", "photo-allow", "kakao-js-key", "facebook-app-id", "twitter-via", "log-level"} {
		name := "CARDS_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
		if status != 0 || !strings.Contains(help, "--"+flag) || !strings.Contains(help, name) {
			t.Errorf("--help says nothing of %s or %s", flag, name)
		}
	}
}

func TestFarTooManyParametersAreRefused(t *testing.T) {
	s := serve(t, t.TempDir())
	long := s.do("GET", "/v1/share-links?title=A&url="+url.QueryEscape("https://a.example/"+strings.Repeat("a", 3000)), nil)
	if e := s.answer(long, 400); at(e, "error", "field") != "url" {
		t.Errorf("%v", e)
	}
	if v, _, status := ran(t, "version"); status != 0 || !strings.HasPrefix(v, "cards ") {
		t.Errorf("version %q", v)
	}
}
