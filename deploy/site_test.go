package deploy

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// site is nginx before two replicas, with one story.
type site struct {
	base     string
	client   *http.Client
	nginx    *process
	replicas [2]*process
	picture  string // path of the story's picture
	short    string // path of its short link
}

// story is the body of a PUT.
const story = `{"url":"https://news.example/storm","headline":"Storm front stalls over the west coast"}`

// begin starts everything, and registers the story through nginx.
func begin(t *testing.T) *site {
	t.Helper()
	if testing.Short() {
		t.Skip("three processes take longer than -short has")
	}
	listen, data := freeAddr(t), t.TempDir()
	addrs := [2]string{freeAddr(t), freeAddr(t)}
	s := &site{base: "http://" + listen}
	s.nginx = startNginx(t, listen, addrs)
	for i, addr := range addrs {
		s.replicas[i] = startCards(t, addr, data, s.base)
	}
	transport := &http.Transport{DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = &http.Client{
		Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	put := s.ask(t, "PUT", "/v1/articles/storm", "Authorization", "Bearer "+token)
	var made struct {
		Short  string `json:"short_url"`
		Images map[string]struct {
			URL string `json:"url"`
		} `json:"images"`
	}
	if err := json.Unmarshal(put.body, &made); err != nil || put.status != http.StatusCreated {
		t.Fatalf("%d, %v: %s", put.status, err, put.body)
	}
	s.picture = strings.TrimPrefix(made.Images["og"].URL, s.base)
	s.short = strings.TrimPrefix(made.Short, s.base)
	return s
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// browser is the User-Agent of a reader.
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// try sends a request with the headers, as pairs; the body of a PUT is the story.
func (s *site) try(method, path string, headers ...string) (answer, error) {
	var body io.Reader
	if method == http.MethodPut {
		body = strings.NewReader(story)
	}
	req, err := http.NewRequest(method, s.base+path, body)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("User-Agent", browser)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, data}, err
}

// ask is like try, and fails the test if there is no answer.
func (s *site) ask(t *testing.T, method, path string, headers ...string) answer {
	t.Helper()
	a, err := s.try(method, path, headers...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// reached returns how many requests for the path the replicas have logged. It ends them first, because a line is written
// after its answer.
func (s *site) reached(t *testing.T, path string) (n int) {
	t.Helper()
	for _, r := range s.replicas {
		if err := r.end(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		for line := range strings.Lines(r.out.String()) {
			var entry struct{ Msg, Path string }
			if json.Unmarshal([]byte(line), &entry) == nil && entry.Msg == "request" && entry.Path == path {
				n++
			}
		}
	}
	return n
}
