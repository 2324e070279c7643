package fetch

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// Storage is the second way out: HTTP to the one object store that the operator has named in a flag. It may be at a
// private address, so the guard is not asked. In its place stands a list of hosts: nothing that comes from outside,
// such as a redirect or a photo's address, can lead a request anywhere else. It is safe for concurrent use.
type Storage struct {
	hosts     []string
	transport *http.Transport
}

// Limits of the connections to an object store. The caller limits the time of each request by its context.
const (
	storageConnect = 2 * time.Second  // and TLS
	storageConns   = 128              // at once, so that a store that hangs does not take all descriptors
	storageIdle    = 32               // connections that are kept
	storageKept    = 15 * time.Second // less than stores keep them: a request on one that was just closed fails
)

// NewStorage returns a way to the hosts, which are names or addresses without ports; one that begins with a dot stands
// for every name under it.
func NewStorage(hosts ...string) *Storage {
	dialer := &net.Dialer{Timeout: storageConnect}
	return &Storage{hosts: hosts, transport: &http.Transport{
		Proxy:                  nil, // credentials and photos are for the named hosts alone
		DialContext:            dialer.DialContext,
		DisableCompression:     true, // an object is the bytes that were stored
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    storageConnect,
		MaxConnsPerHost:        storageConns,
		MaxIdleConnsPerHost:    storageIdle,
		MaxResponseHeaderBytes: 32 << 10,
		IdleConnTimeout:        storageKept,
	}}
}

// RoundTrip implements http.RoundTripper. A request to another host is an error.
func (s *Storage) RoundTrip(req *http.Request) (*http.Response, error) {
	if name := req.URL.Hostname(); !s.may(name) {
		return nil, fmt.Errorf("host %q is not that of the object store", name)
	}
	return s.transport.RoundTrip(req)
}

func (s *Storage) may(name string) bool {
	name = strings.ToLower(name)
	for _, host := range s.hosts {
		if name == host || strings.HasPrefix(host, ".") && strings.HasSuffix(name, host) {
			return true
		}
	}
	return false
}

// Close closes the connections that are not in use.
func (s *Storage) Close() { s.transport.CloseIdleConnections() }
