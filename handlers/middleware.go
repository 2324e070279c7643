package handlers

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

const headerRequestID = "X-Request-Id"

func requestID(c echo.Context) string { return c.Response().Header().Get(headerRequestID) }

// identify gives each request an id, which its answer and its log line carry.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(headerRequestID, strconv.FormatUint(rand.Uint64(), 32))
		return next(c)
	}
}

// log writes a line for each request.
func (s *server) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := s.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		level := slog.LevelInfo
		if c.Get(hushKey) != nil {
			level = slog.LevelDebug
		}
		s.logAnswer(c, level, began)
		return nil
	}
}

// logAnswer writes the line of a request. The query is left out: it may hold signatures, and the
// addresses of photos with credentials of their own.
func (s *server) logAnswer(c echo.Context, level slog.Level, began time.Time) {
	r, answer := c.Request(), c.Response()
	if !s.Log.Enabled(r.Context(), level) {
		return
	}
	s.Log.LogAttrs(r.Context(), level, "request", slog.String("request_id", requestID(c)), slog.String("method", r.Method),
		slog.String("path", short(r.URL.Path)), slog.Int("status", answer.Status), slog.Int64("bytes", answer.Size),
		slog.Float64("ms", float64(s.Now().Sub(began).Microseconds())/1000), slog.String("agent", short(r.UserAgent())))
}

const hushKey = "hushed"

// hush has the request logged at debug level only: a picture that is kept, of a story that
// everybody opens, would fill the log with what nobody needs to know.
func hush(c echo.Context) { c.Set(hushKey, true) }

// short cuts what comes from outside to what a log line may have.
func short(s string) string { return strings.ToValidUTF8(s[:min(len(s), 512)], "") }

// recover turns a panic into an answer, and logs where it came from.
func (s *server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if r == http.ErrAbortHandler {
					panic(r)
				}
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

// Content security policies: nothing at all for data and pictures; our own files for pages.
const (
	policyData = "default-src 'none'; frame-ancestors 'none'"
	policyPage = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

// policyKakao lets in Kakao's SDK, and lets that reach Kakao: the form it sends opens the share
// sheet on a computer.
func policyKakao(sdk string) string {
	return "default-src 'none'; script-src 'self' " + sdk + "; style-src 'self'; img-src 'self' https: http: data:; connect-src https://kapi.kakao.com; " +
		"form-action 'self' https://sharer.kakao.com; base-uri 'none'; frame-ancestors 'none'"
}

// always are the headers of every answer, unless its handler sets another. Their values are shared
// by all answers, which replace them and never change them.
var always = http.Header{
	"X-Content-Type-Options":       {"nosniff"},
	"Content-Security-Policy":      {policyData},
	"Referrer-Policy":              {"strict-origin-when-cross-origin"},
	"Cross-Origin-Resource-Policy": {"cross-origin"},
}

// confirming are those of always that an answer of 304 has. The others guard the picture that its
// reader has kept, with their values (RFC 9110, 15.4.5; RFC 9111, 4.3.4).
var confirming = http.Header{
	"Cross-Origin-Resource-Policy": always["Cross-Origin-Resource-Policy"],
}

func secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		maps.Copy(c.Response().Header(), always)
		return next(c)
	}
}

// rawPath refuses paths that decode to another structure than they have: an encoded slash or
// backslash, or an escape that is itself escaped.
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

// extractor believes X-Forwarded-For from the listed proxies alone.
func extractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
