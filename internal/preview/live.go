package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"strconv"
	"sync"
	"time"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/laws"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

// Live is a page that is served while its designs change.
type Live struct {
	dir     string
	folder  *design.Folder
	choice  Choice
	samples *samples
	started string

	mu      sync.Mutex // of what follows
	n       int        // how often the files have changed
	faults  []string
	changed chan struct{} // closed at the next change
	laws    *verdict      // of this version; nil: not yet looked at
}

// verdict is what the laws say about a version of the designs.
type verdict struct {
	once   sync.Once
	broken []laws.Card
	err    error
}

// NewLive returns the page of a folder. Without a query it shows the first choice. The folder is read by Watch alone
// from then on. read is the error of its first reading: its faults are shown.
func NewLive(r *render.Renderer, folder *design.Folder, dir string, read error, first Choice) *Live {
	return &Live{
		dir: dir, folder: folder, choice: first, samples: newSamples(r, runtime.GOMAXPROCS(0)),
		started: strconv.FormatInt(time.Now().UnixNano(), 36), faults: faultsOf(read), changed: make(chan struct{}),
		laws: new(verdict),
	}
}

func faultsOf(err error) (all []string) {
	for _, f := range design.Faults(err) {
		all = append(all, f.Error())
	}
	if err != nil && len(all) == 0 {
		all = []string{err.Error()}
	}
	return all
}

// watchInterval is how often Watch looks for changed files.
const watchInterval = 400 * time.Millisecond

// Watch reads the folder again whenever its files change, until ctx ends.
func (l *Live) Watch(ctx context.Context) {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			l.look()
		}
	}
}

// look reads the folder again if its files have changed.
func (l *Live) look() {
	changed, err := l.folder.Refresh()
	if !changed {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
	l.faults, l.laws = faultsOf(err), new(verdict)
	close(l.changed)
	l.changed = make(chan struct{})
}

// now returns the version of the designs, their faults, and a channel that is closed when they change.
func (l *Live) now() (version string, faults []string, changed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.started + "-" + strconv.Itoa(l.n), l.faults, l.changed
}

// Handler returns the handler of the page. It answers only requests that name this machine: another site cannot read it
// through a name that it lets point here.
func (l *Live) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", l.page)
	mux.HandleFunc("GET /card", l.card)
	mux.HandleFunc("GET /events", l.events)
	mux.HandleFunc("GET /laws", l.broken)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Loopback(r.Host) {
			http.Error(w, "this page is for this machine", http.StatusForbidden)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// Loopback reports whether a host, or HOST:PORT, is this machine.
func Loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func (l *Live) page(w http.ResponseWriter, r *http.Request) {
	version, faults, _ := l.now()
	set, q := l.folder.Current(), r.URL.Query()
	one := func(name string, first []string) []string {
		if v := q.Get(name); v != "" {
			return []string{v}
		}
		if q.Has(name) {
			return nil // all of them
		}
		return first
	}
	c := Choice{one("theme", l.choice.Themes), one("template", l.choice.Templates), one("size", l.choice.Sizes),
		one("story", l.choice.Stories)}
	all, err := groups(set, c, func(theme, layout, size, story string) (template.URL, error) {
		q := url.Values{"theme": {theme}, "template": {layout}, "size": {size}, "story": {story}, "v": {version}}
		return template.URL("/card?" + q.Encode()), nil
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", policy("img-src 'self' data:", true))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = page.Execute(w, view{
		Style: style, Script: script, Version: version, Dir: l.dir, Faults: faults, Groups: all,
		Filters: []filter{{"theme", single(c.Themes), set.Themes()}, {"template", single(c.Templates), set.Templates()},
			{"size", single(c.Sizes), sizeNames()}, {"story", single(c.Stories), storyNames()}},
	})
}

func single(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return ""
}

func storyNames() (all []string) {
	for _, s := range sample.Stories {
		all = append(all, s.Name)
	}
	return all
}

func (l *Live) card(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	data, err := l.samples.draw(r.Context(), q.Get("theme"), q.Get("template"), q.Get("size"), q.Get("story"), 0)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	w.Header().Set("Cache-Control", "private, max-age=3600, immutable") // the address has the version
	_, _ = io.Copy(w, bytes.NewReader(data))
}

// events sends the version, and sends it again whenever it changes, as server-sent events.
func (l *Live) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for {
		version, _, changed := l.now()
		if _, err := fmt.Fprintf(w, "data: %s\n\n", version); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		}
	}
}

// brokenJSON is a broken law as the page's script reads it.
type brokenJSON struct {
	Theme    string `json:"theme"`
	Template string `json:"template"`
	Size     string `json:"size"`
	Story    string `json:"story"`
	Problem  string `json:"problem"`
	Change   string `json:"change"`
	More     int    `json:"more"`
}

// broken answers the laws that the newsroom's designs break. They are looked at once for each version.
func (l *Live) broken(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	v := l.laws
	l.mu.Unlock()
	v.once.Do(func() {
		v.broken, v.err = laws.Try(context.WithoutCancel(r.Context()), l.samples.renderer, l.folder.Current())
	})
	if v.err != nil {
		http.Error(w, v.err.Error(), http.StatusInternalServerError)
		return
	}
	all := []brokenJSON{}
	for _, b := range v.broken {
		all = append(all, brokenJSON{b.Theme, b.Template, b.Size, b.Story, b.Problem, b.Change, b.More})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(all)
}

// Listen listens on HOST:PORT, which must be an address of this machine only.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("%q must be HOST:PORT, such as 127.0.0.1:8090", addr)
	}
	if !Loopback(host) {
		return nil, fmt.Errorf("%q must be an address of this machine only, such as 127.0.0.1 or localhost", host)
	}
	return new(net.ListenConfig).Listen(ctx, "tcp", addr)
}

// Serve serves the page on a listener until ctx ends.
func (l *Live) Serve(ctx context.Context, on net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go l.Watch(ctx)
	s := &http.Server{
		Handler: l.Handler(), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }, // ends the events
	}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	if err := s.Serve(on); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
