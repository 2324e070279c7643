package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/sample"
)

// answer is what a server said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// call sends a request, and does not follow redirects.
func call(t *testing.T, method, url, contentType string, body []byte, header ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, read}
}

// api calls WordPress' REST API as admin, and decodes the answer.
func (s *site) api(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	raw, kind := []byte(nil), "application/json"
	switch body := body.(type) {
	case nil:
	case []byte:
		raw, kind = body, "image/jpeg"
	default:
		var err error
		if raw, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	r := call(t, method, s.url+"/wp-json/wp/v2/"+path, kind, raw, "Authorization", s.basic(), "Content-Disposition", `attachment; filename="photo.jpg"`)
	var read map[string]any
	if r.status >= 300 || json.Unmarshal(r.body, &read) != nil {
		t.Fatalf("%s %s: %d %s", method, path, r.status, r.body)
	}
	return read
}

func (s *site) basic() string {
	r, _ := http.NewRequest(http.MethodGet, "/", http.NoBody)
	r.SetBasicAuth("admin", s.appPass)
	return r.Header.Get("Authorization")
}

// upload adds a photo to the media library, with what is said of it, and returns its ID.
func (s *site) upload(t *testing.T, photo []byte, caption, alt string) int {
	t.Helper()
	id := int(s.api(t, http.MethodPost, "media", photo)["id"].(float64))
	s.api(t, http.MethodPost, fmt.Sprintf("media/%d", id), map[string]any{"caption": caption, "alt_text": alt})
	return id
}

// article asks the service for the article of a post.
func (s *site) article(t *testing.T, post int) (map[string]any, int) {
	t.Helper()
	r := call(t, http.MethodGet, fmt.Sprintf("%s/v1/articles/wp-%d", s.cards.url, post), "", nil, "Authorization", "Bearer "+s.cards.token)
	var read map[string]any
	_ = json.Unmarshal(r.body, &read)
	return read, r.status
}

// registered waits until the post is registered as it is now, and returns its article.
func (s *site) registered(t *testing.T, post int) map[string]any {
	t.Helper()
	s.becomes(t, post, "registered")
	a, status := s.article(t, post)
	if status != http.StatusOK {
		t.Fatalf("the article: %d %v", status, a)
	}
	return a
}

// becomes waits until the plugin says so of the post. WordPress works on what waits when somebody comes; here it is asked.
func (s *site) becomes(t *testing.T, post int, want string) map[string]any {
	t.Helper()
	var state map[string]any
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		r := call(t, http.MethodGet, fmt.Sprintf("%s/wp-json/cards/v1/posts/%d", s.url, post), "", nil, "Authorization", s.basic())
		if r.status != http.StatusOK || json.Unmarshal(r.body, &state) != nil {
			t.Fatalf("the state: %d %s", r.status, r.body)
		}
		if state["is"] == want {
			return state
		}
		if time.Since(began) > patience {
			t.Fatalf("the post is not %s: %s", want, r.body)
		}
	}
}

// page requests a page of the site as a crawler does.
func (s *site) page(t *testing.T, url string) string {
	t.Helper()
	r := call(t, http.MethodGet, url, "", nil, "User-Agent", "facebookexternalhit/1.1")
	if r.status != http.StatusOK {
		t.Fatalf("%s: %d", url, r.status)
	}
	return string(r.body)
}

var headTag = regexp.MustCompile(`<(?:meta|link)\b[^>]*>`)

// tags returns the tags of the head that have an attribute with the value, such as property="og:image".
func tags(page, attribute string) []string {
	head, _, _ := strings.Cut(page, "</head>")
	var all []string
	for _, tag := range headTag.FindAllString(head, -1) {
		if strings.Contains(tag, attribute) {
			all = append(all, tag)
		}
	}
	return all
}

var contentOf = regexp.MustCompile(`content="([^"]*)"`)

// content returns the content of the only meta tag with the attribute.
func content(t *testing.T, page, attribute string) string {
	t.Helper()
	all := tags(page, attribute)
	if len(all) != 1 {
		t.Fatalf("%d tags with %s: %v", len(all), attribute, all)
	}
	found := contentOf.FindStringSubmatch(all[0])
	if found == nil {
		t.Fatalf("no content: %s", all[0])
	}
	return strings.ReplaceAll(found[1], "&#038;", "&")
}

// scene returns a photo.
func scene(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, sample.Scenes[n%len(sample.Scenes)].Draw(1600, 1000), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
