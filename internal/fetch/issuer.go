package fetch

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Issuer is the third way out: HTTP to the provider of OpenID Connect that the operator has named in a flag. The issuer
// itself may be at a private address. It may name other hosts for its keys and tokens: those are dialled under the
// guard, as sources of photos are. Redirects are not followed, and answers are bounded. It is safe for concurrent use.
type Issuer struct {
	host        string // with its port, in lower case
	own, others *http.Transport
}

// Limits of the requests to a provider.
const (
	issuerTime  = 10 * time.Second // of a request, with its answer
	issuerBytes = 1 << 20          // of an answer
)

// Issuer returns the way to the provider with the issuer identifier, which must be an absolute URL.
func (c *Client) Issuer(issuer string) (*Issuer, error) {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is not an absolute URL", issuer)
	}
	own := c.transport()
	own.DialContext = (&net.Dialer{Timeout: c.opts.ConnectTimeout}).DialContext
	own.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return &Issuer{host: strings.ToLower(u.Host), own: own, others: c.transport()}, nil
}

// Client returns a client that uses the way.
func (i *Issuer) Client() *http.Client {
	return &http.Client{Transport: i, Timeout: issuerTime, CheckRedirect: func(*http.Request, []*http.Request) error {
		return errors.New("the provider answers with a redirect")
	}}
}

// RoundTrip implements http.RoundTripper.
func (i *Issuer) RoundTrip(req *http.Request) (*http.Response, error) {
	way := i.others
	if strings.ToLower(req.URL.Host) == i.host {
		way = i.own
	} else if req.URL.Scheme != "https" {
		return nil, fmt.Errorf("the provider names %q, which is not https", req.URL.Host)
	}
	resp, err := way.RoundTrip(req)
	if err == nil {
		resp.Body = bounded{io.LimitReader(resp.Body, issuerBytes), resp.Body}
	}
	return resp, err
}

type bounded struct {
	io.Reader
	io.Closer
}

// Close closes the connections that are not in use.
func (i *Issuer) Close() {
	i.own.CloseIdleConnections()
	i.others.CloseIdleConnections()
}
