package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// marks are the secrets of a service, by what they are. Each is found wherever it leaks.
var marks = map[string]string{
	"API token":     "apiTokenMark7Qx2vLr9Kd4Wm8Zt3Yp6",
	"signing key":   "signingKeyMark5Hn8Bc2Vx7Jq4Rt9Lw3Fz6Gd1",
	"OIDC secret":   "oidcSecretMark3Kp7Xv2",
	"database":      "databaseMark8Zr4Tn6",
	"S3 secret":     "s3SecretMark2Wq9Lm5Vb7",
	"presigned":     "presignedMark6Jd1Xk8",
	"wrong token":   "wrongTokenMark4Bf7",
	"wrong session": "wrongSessionMark9Cp2",
	"wrong link":    "wrongLinkMark1Sg5",
	"provider code": "providerCodeMark3Uy",
	"kakao key":     "kakaoKeyMark8Mn2Vc6Xz4Qw",
	"wrong basic":   "wrongBasicMark7Ol",
	"signature":     "urlSignatureMark5Rt",
}

// secretLog is a log that several goroutines write.
type secretLog struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *secretLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *secretLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// unmarked fails the test if a secret is in the text.
func unmarked(t *testing.T, where, text string, secrets map[string]string) {
	t.Helper()
	for what, mark := range secrets {
		for line := range strings.Lines(text) {
			if strings.Contains(line, mark) {
				t.Errorf("%s shows the %s: %.400s", where, what, line)
				break
			}
		}
	}
}

// badSource answers requests for photos in the ways that make errors quote addresses.
func badSource(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/redirect":
			w.Header().Set("Location", "http://%zz?"+r.URL.RawQuery)
			w.WriteHeader(http.StatusFound)
		case "/loop":
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
		case "/status":
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, r.URL.String())
		case "/broken":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "\xff\xd8\xff"+r.URL.RawQuery)
		default:
			fmt.Fprint(w, pngOf(t, 1))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// TestSecretsAreNotShown: no log line at any level, error response, metric or state of a part has a secret, whatever
// succeeds or fails.
func TestSecretsAreNotShown(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "someone")
	t.Setenv("AWS_SECRET_ACCESS_KEY", marks["S3 secret"])
	source := badSource(t)
	host := strings.TrimPrefix(source.URL, "http://")
	c := config(t)
	c.AdminAddr, c.Token, c.SigningKeys = "127.0.0.1:0", marks["API token"], []string{marks["signing key"]}
	c.PhotoAllow, c.Pictures = []string{host}, "s3://bucket/p?endpoint=http://127.0.0.1:1"
	c.SignIn.Issuer, c.SignIn.ClientID, c.SignIn.ClientSecret = "https://127.0.0.1:1", "cards", marks["OIDC secret"]
	c.SignIn.Allow = []string{"*@news.example"}
	c.Kakao.AdminKey = marks["kakao key"]
	log := &secretLog{}
	a := logged(t, c, log)
	secrets := maps.Clone(marks)
	secrets["session"] = sessionOf(t, a)
	talk(t, a, source.URL, secrets)
	for _, name := range []string{"cards.db", "cards.db-wal", "cards.db-shm"} {
		_ = os.Remove(filepath.Join(c.Data, name))
	}
	talk(t, a, source.URL, secrets) // with a database that fails
	for _, said := range []string{"a photo or page was refused", "sign-in refused", "requests were refused"} {
		if !strings.Contains(log.String(), said) {
			t.Errorf("the log does not say %q", said)
		}
	}
	unmarked(t, "the log", log.String(), secrets)
	unmarked(t, "/metrics", get(t, a.AdminURL()+"/metrics"), secrets)
	unmarked(t, "/readyz?verbose", get(t, a.AdminURL()+"/readyz?verbose"), secrets)
}

// TestADatabaseThatIsAwayIsNotShown: a start that waits for PostgreSQL does not log its password.
func TestADatabaseThatIsAwayIsNotShown(t *testing.T) {
	c := config(t)
	c.Database = "postgres://someone:" + marks["database"] + "@127.0.0.1:1/cards"
	log := &secretLog{}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan error, 1)
	go func() {
		a, err := New(ctx, c, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
		a.Close()
		done <- err
	}()
	eventually(t, "it says that it waits", func() bool { return strings.Contains(log.String(), "waiting for the database") })
	stop()
	unmarked(t, "the error", fmt.Sprint(<-done), marks)
	unmarked(t, "the log", log.String(), marks)
}

// logged starts a service whose log, at level debug, is kept.
func logged(t *testing.T, c Config, log io.Writer) *App {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	a, err := New(ctx, c, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		<-done
		a.Close()
	})
	return a
}

// sessionOf signs in with the token, and returns the secret of the session.
func sessionOf(t *testing.T, a *App) string {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(a.URL+"/", url.Values{"token": {a.Token}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if cookies := resp.Cookies(); len(cookies) == 1 && len(cookies[0].Value) > 20 {
		return cookies[0].Value
	}
	t.Fatalf("no session: %s", resp.Status)
	return ""
}

// talk sends requests that succeed and fail, with all the secrets, and checks the error responses.
func talk(t *testing.T, a *App, source string, secrets map[string]string) {
	t.Helper()
	client := &http.Client{
		Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	send := func(method, path, body, authorization, kind string) {
		r, err := http.NewRequestWithContext(t.Context(), method, a.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", authorization)
		r.Header.Set("Content-Type", kind)
		for _, session := range []string{secrets["session"], secrets["wrong session"]} {
			r.AddCookie(&http.Cookie{Name: "cards-session-" + r.URL.Port(), Value: session})
		}
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err == nil && resp.StatusCode >= http.StatusBadRequest {
			unmarked(t, method+" "+path+": "+resp.Status, string(raw), secrets)
		}
	}
	const form, data = "application/x-www-form-urlencoded", "application/json"
	holder := "Bearer " + a.Token
	for i, host := range []string{
		source + "/good", source + "/status", source + "/redirect", source + "/loop", source + "/broken",
		"http://127.0.0.1:1/a.jpg", "http://10.0.0.1/a.jpg", "http://nowhere.invalid/a.jpg",
	} {
		photo := host + "?X-Amz-Signature=" + secrets["presigned"]
		story := fmt.Sprintf(`{"url":"https://news.example/%d","headline":"Storm","photo":{"url":%q}}`, i, photo)
		for _, query := range []string{"", "?strict=1", "?dry_run=1"} {
			send("PUT", fmt.Sprint("/v1/articles/a", i, query), story, holder, data)
		}
		send("POST", "/v1/articles:preview", fmt.Sprintf(`{"url":%q}`, photo), holder, data)
		send("GET", "/studio/card?headline=Storm&strict=1&photo="+url.QueryEscape(photo), "", "", "")
		send("GET", "/v1/card.jpg?headline=Storm&photo="+url.QueryEscape(photo)+"&sig="+secrets["signature"], "", "", "")
		send("GET", fmt.Sprint("/cards/a", i, "/og.jpg"), "", "", "")
	}
	send("PUT", "/v1/articles/b", `{"url":`, holder, data)
	send("GET", "/v1/articles", "", "Bearer "+secrets["wrong token"], "")
	send("GET", "/v1/articles", "", "Basic "+secrets["wrong basic"], "")
	send("GET", "/v1/articles?q=storm", "", holder, "")
	send("POST", "/", "token="+secrets["wrong token"], "", form)
	send("GET", "/sign-in?link="+secrets["wrong link"], "", "", "")
	send("POST", "/sign-in", "link="+secrets["wrong link"], "", form)
	send("GET", "/?key="+secrets["wrong link"], "", "", "")
	send("GET", "/studio.json", "", "", "")
	send("POST", "/v1/photos", pngOf(t, 2), holder, "image/png")
	send("POST", "/v1/kakao/callback", "{}", "KakaoAK "+secrets["kakao key"], data)
	send("POST", "/v1/kakao/callback", "{}", "KakaoAK "+secrets["wrong token"], data)
	for _, path := range []string{"/sign-in/provider", "/sign-in/callback"} {
		send("GET", path+"?code="+secrets["provider code"]+"&state=x", "", "", "")
	}
}
