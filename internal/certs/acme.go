package certs

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"newsroom.example/cards/internal/weburl"
)

// LetsEncrypt is the address at which Let's Encrypt issues certificates (letsencrypt.org/docs/acme-protocol-updates).
const LetsEncrypt = acme.LetsEncryptURL

// Authority says for which hosts certificates are got, from whom, and where they are kept.
type Authority struct {
	Hosts     []string // names of hosts, as Host returns them
	Email     string   // of the operator, for the authority; may be empty
	Directory string   // the authority's address
	Folder    string   // of certificates and keys; only its owner may read it
	Client    *http.Client
}

// Issued gets certificates when a client first asks for a host, and again a month before they end.
type Issued struct{ manager *autocert.Manager }

// Issue returns certificates of the authority, to whose terms of service it agrees.
func Issue(a Authority) *Issued {
	return &Issued{&autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(a.Folder), HostPolicy: autocert.HostWhitelist(a.Hosts...),
		Email: a.Email, Client: &acme.Client{DirectoryURL: a.Directory, HTTPClient: a.Client},
	}}
}

// Config returns the settings of a server with the certificates. The authority may check on its port 443 that the
// hosts lead to it (RFC 8737).
func (i *Issued) Config() *tls.Config {
	c := Config(i.manager.GetCertificate)
	c.NextProtos = append(c.NextProtos, acme.ALPNProto)
	return c
}

// Handler answers the authority, which may check on port 80 that the hosts lead here (RFC 8555, 8.3), and hands all
// other requests to next.
func (i *Issued) Handler(next http.Handler) http.Handler { return i.manager.HTTPHandler(next) }

// Host returns the name of a host as certificates have it, in lower case and in ASCII. Authorities issue certificates
// for names that the internet knows, which have a dot.
func Host(name string) (string, error) {
	host, err := weburl.Host(&url.URL{Host: name})
	if err != nil || !strings.Contains(host, ".") || strings.ContainsAny(name, "*/:@?#") || net.ParseIP(host) != nil {
		return "", fmt.Errorf("%q must be the name of a host, such as cards.example.com", name)
	}
	return host, nil
}
