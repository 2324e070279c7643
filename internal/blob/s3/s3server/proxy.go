package s3server

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Proxy stands before a server, records the requests, and can answer in its place. It is safe for concurrent use.
type Proxy struct {
	Addr string // HOST:PORT

	mu     sync.Mutex
	calls  []string
	answer func(w http.ResponseWriter, r *http.Request, pass http.Handler)
	server *httptest.Server
}

// maxCalls is the number of requests that a proxy remembers.
const maxCalls = 10_000

// NewProxy returns a proxy that passes everything on, until it is closed.
func NewProxy(addr string) *Proxy {
	pass := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: addr})
			r.Out.Host = r.In.Host // the signature covers it
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	p := &Proxy{}
	p.Pass()
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.record(r)(w, r, pass)
	}))
	p.Addr = strings.TrimPrefix(p.server.URL, "http://")
	return p
}

// Close ends the proxy.
func (p *Proxy) Close() {
	p.Pass()
	p.server.CloseClientConnections()
	p.server.Close()
}

// record notes a request and returns how it is answered.
func (p *Proxy) record(r *http.Request) func(http.ResponseWriter, *http.Request, http.Handler) {
	p.mu.Lock()
	defer p.mu.Unlock()
	call := r.Method + " " + strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/"+Bucket+"/"), "news/")
	if prefix := r.URL.Query().Get("prefix"); prefix != "" {
		call = "LIST " + strings.TrimPrefix(prefix, "news/")
	}
	if !strings.HasSuffix(call, "/probe") && !strings.HasSuffix(call, " probe") && len(p.calls) < maxCalls {
		p.calls = append(p.calls, call)
	}
	return p.answer
}

// Pass passes requests on from now on.
func (p *Proxy) Pass() {
	p.Answer(func(w http.ResponseWriter, r *http.Request, pass http.Handler) { pass.ServeHTTP(w, r) })
}

// Answer answers requests from now on.
func (p *Proxy) Answer(answer func(w http.ResponseWriter, r *http.Request, pass http.Handler)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = answer
}

// Calls returns the requests since it was last called, such as "GET cards/card-1.jpg" and "LIST by-photo/upload-1/",
// without those that only ask whether the store answers.
func (p *Proxy) Calls() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	calls := slices.Clone(p.calls)
	p.calls = nil
	return calls
}
