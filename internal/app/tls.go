package app

import (
	"cmp"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/internal/certs"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/jobs"
)

// TLS says how the service answers over HTTPS by itself. With the zero value it does not: a proxy in front does.
type TLS struct {
	Cert, Key string // files in PEM; empty: none

	Domains   []string // hosts for which an authority issues certificates; empty: none
	Email     string   // of the operator, for the authority; may be empty
	Directory string   // address of the authority; empty: Let's Encrypt

	RedirectAddr string // where plain HTTP is answered with a redirect to the public URL; empty: nowhere
}

// On reports whether the service answers over HTTPS.
func (t TLS) On() bool { return t.Cert != "" || len(t.Domains) > 0 }

// validate checks what can be checked without opening files.
func (t TLS) validate(publicURL string) error {
	switch {
	case (t.Cert == "") != (t.Key == "") && t.Cert == "":
		return settingf("tls-key", "is of no use without --tls-cert")
	case t.Cert != "" && t.Key == "":
		return settingf("tls-cert", "needs --tls-key, the key of the certificate")
	case t.Cert != "" && len(t.Domains) > 0:
		return settingf("acme-domain", "must not stand beside --tls-cert: the certificate comes from one of the two")
	case t.RedirectAddr != "" && !t.On():
		return settingf("redirect-addr", "is of no use without --tls-cert or --acme-domain")
	case t.On() && strings.HasPrefix(publicURL, "http://"):
		return settingf("public-url", "must begin with https:// if the service answers over HTTPS")
	case len(t.Domains) == 0 && t.Email != "":
		return settingf("acme-email", "is of no use without --acme-domain")
	case len(t.Domains) == 0 && t.Directory != "":
		return settingf("acme-directory", "is of no use without --acme-domain")
	}
	if _, err := t.hosts(); err != nil {
		return err
	}
	if a, err := mail.ParseAddress(t.Email); t.Email != "" && (err != nil || a.Address != t.Email) {
		return settingf("acme-email", "%q must be an e-mail address", t.Email)
	}
	if t.Directory != "" && !strings.HasPrefix(t.Directory, "https://") {
		return settingf("acme-directory", "%q must be an https URL", t.Directory)
	}
	return nil
}

// hosts returns the domains as certificates have them.
func (t TLS) hosts() (all []string, err error) {
	for _, domain := range t.Domains {
		host, err := certs.Host(domain)
		if err != nil {
			return nil, settingf("acme-domain", "%v", err)
		}
		all = append(all, host)
	}
	return all, nil
}

// files returns the certificate in files, or nil if there is none.
func (t TLS) files() (*certs.Files, error) {
	if t.Cert == "" {
		return nil, nil
	}
	files, err := certs.Load(t.Cert, t.Key)
	if err == nil {
		return files, nil
	}
	setting := "tls-cert"
	if _, ok := errors.AsType[*certs.KeyError](err); ok {
		setting = "tls-key"
	}
	return nil, settingf(setting, "%v", err)
}

// ownAddress returns the prefix of URLs by which the listener is reached at the host, an IP address or a name.
func (t TLS) ownAddress(host string, port uint16) string {
	scheme, usual := "http", uint16(80)
	if t.On() {
		scheme, usual = "https", 443
	}
	if len(t.Domains) > 0 {
		hosts, _ := t.hosts() // validate has checked them
		host = hosts[0]
	}
	if port == usual && len(t.Domains) > 0 {
		return scheme + "://" + host
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return scheme + "://" + netip.AddrPortFrom(addr.Unmap(), port).String()
	}
	return scheme + "://" + host + ":" + strconv.Itoa(int(port))
}

// reloadEvery is how often the files of the certificate are looked at. A look is two calls of stat.
const reloadEvery = time.Second

// addTLS adds the certificates to the listener.
func (a *App) addTLS(c Config, fetcher *fetch.Client) error {
	if !c.TLS.On() {
		return nil
	}
	redirect := handlers.Redirector(a.URL, a.log)
	if c.TLS.Cert != "" {
		files, err := c.TLS.files()
		if err != nil {
			return err
		}
		a.tls = certs.Config(files.Get)
		a.jobs = append(a.jobs, jobs.Job{Name: "load certificates", Every: reloadEvery, Run: files.Reload})
	} else {
		directory := cmp.Or(c.TLS.Directory, certs.LetsEncrypt)
		way, err := fetcher.Named(directory)
		if err != nil {
			return settingf("acme-directory", "%v", err)
		}
		a.onClose(func() error { way.Close(); return nil })
		hosts, err := c.TLS.hosts()
		if err != nil {
			return err
		}
		issued := certs.Issue(certs.Authority{Hosts: hosts, Email: c.TLS.Email, Directory: directory,
			Folder: filepath.Join(c.Data, "acme"), Client: way.Client()})
		a.tls, redirect = issued.Config(), issued.Handler(redirect)
	}
	a.redirects = redirect
	return nil
}

// strict tells browsers to use HTTPS alone for a year (RFC 6797).
func strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		next.ServeHTTP(w, r)
	})
}

// useTLS prepares the server to answer over HTTPS if the service has certificates.
func (a *App) useTLS(public *http.Server) {
	if a.tls == nil {
		return
	}
	public.TLSConfig = a.tls
	public.Handler = strict(public.Handler)
	public.HTTP2 = &http.HTTP2Config{MaxConcurrentStreams: maxStreams}
}

// answer answers the requests of the public listener.
func (a *App) answer(public *http.Server, l net.Listener) error {
	if a.tls == nil {
		return public.Serve(l)
	}
	return public.ServeTLS(l, "", "")
}

// plainServer returns the server of the listener that leads to HTTPS.
func (a *App) plainServer() *http.Server {
	return &http.Server{
		Handler: a.redirects, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: readTimeout, IdleTimeout: readTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
}

// maxStreams is the maximum number of requests that one connection of HTTP/2 has in flight. RFC 9113, 6.5.2 advises at
// least 100.
const maxStreams = 100
