// Package health asks a running service whether it should get requests, as probes do that have no other program.
package health

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

const (
	maxWait   = 3 * time.Second // for the whole answer: a check of the service's parts takes at most 2 s
	maxAnswer = 8 << 10         // bytes of an answer that are read
)

// loopback maps the hosts with which a service listens on all addresses to one that always reaches it.
var loopback = map[string]string{"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}

// Address returns the address of the probe for what the command line names: a URL, whose path is /readyz unless it has
// one, or HOST:PORT, where a service listens, over HTTPS if it is secure. A service that listens on all addresses is
// asked on loopback.
func Address(target string, secure bool) (string, error) {
	if host, port, err := net.SplitHostPort(target); err == nil && !strings.Contains(target, "//") {
		scheme := "http://"
		if secure {
			scheme = "https://"
		}
		target = scheme + net.JoinHostPort(cmp.Or(loopback[host], host), port)
	}
	u, err := url.Parse(target)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", fmt.Errorf("%q must be an http or https URL", target)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("the URL must have no user, query or fragment")
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = "/readyz"
	}
	return u.String(), nil
}

// Check returns nil if the address answers 200 within three seconds. It follows no redirect and uses no proxy. The
// error has the address, and the service's own words if it sent any.
func Check(ctx context.Context, address string) error {
	_, err := Ask(ctx, address)
	return err
}

// Ask is like Check, and returns the time at which the answer was sent, by the clock of whoever sent it; it is zero if
// the answer does not say.
func Ask(ctx context.Context, address string) (sent time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return sent, err
	}
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true, TLSClientConfig: trust(req.URL.Hostname())},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	if errors.Is(err, context.DeadlineExceeded) {
		return sent, fmt.Errorf("%s does not answer within %s", address, maxWait)
	}
	if err != nil {
		return sent, fmt.Errorf("%s cannot be reached: %w", address, reason(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return sent, fmt.Errorf("%s answers %d%s", address, resp.StatusCode, words(resp.Body))
	}
	sent, _ = http.ParseTime(resp.Header.Get("Date"))
	return sent, nil
}

// trust returns how a service at the host proves who it is. On this machine nobody stands between, and its
// certificate is for the name by which others reach it.
func trust(host string) *tls.Config {
	addr, err := netip.ParseAddr(host)
	own := err == nil && addr.IsLoopback()
	return &tls.Config{InsecureSkipVerify: own} //nolint:gosec // see above
}

// reason returns an error without the address that net/http puts in front.
func reason(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// words returns the message of an error of the API, after a colon, or "".
func words(body io.Reader) string {
	var answer struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.NewDecoder(io.LimitReader(body, maxAnswer)).Decode(&answer) != nil || answer.Error.Message == "" {
		return ""
	}
	return fmt.Sprintf(": %.500q", answer.Error.Message)
}
