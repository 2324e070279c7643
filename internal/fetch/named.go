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

// Named is the third way out: HTTP to a service that the operator has named in a flag, such as the provider of OpenID
// Connect. The service itself may be at a private address. It may name other hosts, such as for its keys: those are
// dialled under the guard, as sources of photos are. Redirects are not followed, and answers are bounded. It is safe
// for concurrent use.
type Named struct {
	host        string // with its port, in lower case
	own, others *http.Transport
}

// Limits of the requests to a named service.
const (
	namedTime  = 10 * time.Second // of a request, with its answer
	namedBytes = 1 << 20          // of an answer
)

// Named returns the way to the service at the address, which must be an absolute URL.
func (c *Client) Named(address string) (*Named, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is not an absolute URL", address)
	}
	own := c.transport()
	own.DialContext = (&net.Dialer{Timeout: c.opts.ConnectTimeout}).DialContext
	own.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return &Named{host: strings.ToLower(u.Host), own: own, others: c.transport()}, nil
}

// Client returns a client that uses the way.
func (n *Named) Client() *http.Client {
	return &http.Client{Transport: n, Timeout: namedTime, CheckRedirect: func(*http.Request, []*http.Request) error {
		return errors.New("the service answers with a redirect")
	}}
}

// RoundTrip implements http.RoundTripper.
func (n *Named) RoundTrip(req *http.Request) (*http.Response, error) {
	way := n.others
	if strings.ToLower(req.URL.Host) == n.host {
		way = n.own
	} else if req.URL.Scheme != "https" {
		return nil, fmt.Errorf("the service names %q, which is not https", req.URL.Host)
	}
	resp, err := way.RoundTrip(req)
	if err == nil {
		resp.Body = bounded{io.LimitReader(resp.Body, namedBytes), resp.Body}
	}
	return resp, err
}

type bounded struct {
	io.Reader
	io.Closer
}

// Close closes the connections that are not in use.
func (n *Named) Close() {
	n.own.CloseIdleConnections()
	n.others.CloseIdleConnections()
}
