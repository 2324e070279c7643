package handlers

import (
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/fault"
)

// identify gives each request an id, for its response and its log line.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header()[answer.HeaderRequestID] = []string{newRequestID()} // which is in its canonical form
		return next(c)
	}
}

func newRequestID() string { return strconv.FormatUint(rand.Uint64(), 32) }

// oneEnd closes the connection after a request that a proxy in front may end at another byte, so that the rest is not
// taken for a second request. With Transfer-Encoding, net/http removes a Content-Length that contradicts it, and in
// HTTP/1.0 it removes Transfer-Encoding: what is left does not show whether there was one (RFC 9112, 6.1).
func oneEnd(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r := c.Request(); len(r.TransferEncoding) > 0 || !r.ProtoAtLeast(1, 1) {
			c.Response().Header().Set("Connection", "close")
		}
		return next(c)
	}
}

// log writes a line for each request, and tells Watch of it.
func (s *server) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := s.Now()
		s.Watch.Begin()
		defer func() { // also of a response that is cut off by a panic
			s.Watch.Done(c.Request().Method, c.Path(), c.Response().Status, began)
		}()
		if err := next(c); err != nil {
			c.Error(err)
		}
		level := slog.LevelInfo
		if answer.IsQuiet(c) {
			level = slog.LevelDebug
		}
		s.logAnswer(c, level, began)
		return nil
	}
}

// logAnswer writes the log line of a request. It omits the query, which may contain signatures and photo
// URLs with credentials.
func (s *server) logAnswer(c echo.Context, level slog.Level, began time.Time) {
	r, sent := c.Request(), c.Response()
	if !s.Log.Enabled(r.Context(), level) {
		return
	}
	s.Log.LogAttrs(r.Context(), level, "request", slog.String("request_id", answer.RequestID(c)),
		slog.String("method", r.Method),
		slog.String("path", short(r.URL.Path)), slog.Int("status", sent.Status), slog.Int64("bytes", sent.Size),
		slog.Float64("ms", float64(s.Now().Sub(began).Microseconds())/1000), slog.String("agent", short(r.UserAgent())))
}

// short truncates a string from outside for a log line.
func short(s string) string { return strings.ToValidUTF8(s[:min(len(s), 512)], "") }

// recover turns a panic into an error response, and logs its stack. If a part of the response was sent already, it
// closes the connection, so that the client does not take that part for the whole.
func (s *server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if aborted, ok := r.(error); ok && errors.Is(aborted, http.ErrAbortHandler) {
					panic(r)
				}
				err = fault.Panic(r)
				if c.Response().Committed {
					s.logError(c, err)
					panic(http.ErrAbortHandler)
				}
			}
		}()
		return next(c)
	}
}

func secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		maps.Copy(c.Response().Header(), answer.Always)
		return next(c)
	}
}

// rawPath rejects paths whose structure changes when they are decoded: those with an encoded slash or
// backslash, or with a doubly encoded escape.
func rawPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		raw := c.Request().URL.EscapedPath()
		if !strings.Contains(raw, "%") && !strings.Contains(raw, "//") {
			return next(c)
		}
		raw = strings.ToLower(raw)
		for _, bad := range []string{"%2f", "%5c", "%25", "%00", "//"} {
			if strings.Contains(raw, bad) {
				return echo.ErrNotFound
			}
		}
		return next(c)
	}
}

// extractor trusts X-Forwarded-For only from the listed proxies.
func extractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		options = append(options,
			echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	from := echo.ExtractIPFromXFFHeader(options...)
	return func(r *http.Request) string { return from(withoutPorts(r)) }
}

// withoutPorts returns what an extractor needs of the request, with addresses that it can parse: Echo does not know
// that some proxies write ports.
func withoutPorts(r *http.Request) *http.Request {
	all := r.Header.Values(echo.HeaderXForwardedFor)
	if len(all) == 0 || len(all) == 1 && isAddress(all[0]) {
		return r
	}
	hops := strings.Split(strings.Join(all, ","), ",")
	for i, hop := range hops {
		if addr, err := audience.ParseHop(hop); err == nil {
			hops[i] = addr.String()
		}
	}
	return &http.Request{RemoteAddr: r.RemoteAddr, Header: http.Header{
		echo.HeaderXForwardedFor: {strings.Join(hops, ",")},
	}}
}

func isAddress(hop string) bool {
	_, err := netip.ParseAddr(hop)
	return err == nil
}
