package app

import (
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/kakao"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/share"
)

// Config holds the settings of the service. The comments state what empty fields mean.
type Config struct {
	Addr      string // where to listen, HOST:PORT
	AdminAddr string // where to listen for operators; empty: no listener
	PublicURL string // prefix of every absolute URL, without a path; empty: from Addr

	Data     string // folder of the database, pictures and keys; created if it is missing
	Database string // sqlite://PATH or postgres://...; empty: cards.db in Data
	Pictures string // file://DIR or s3://BUCKET/PREFIX?endpoint=...; empty: pictures in Data

	MemoryCache int64 // maximum bytes of cards cached in memory, at least 1 MiB
	CardCache   int64 // maximum bytes of cards cached on the disk; 0: none. A bucket has no such limit

	Token string // of the articles API, at least MinToken bytes; empty: generated once and stored in Data
	// The first signs, all verify, each at least card.MinKey bytes; empty: generated once and stored in Data.
	SigningKeys []string

	MaxConnections       int // at a time; 0: 2,048
	MaxClientConnections int // at a time of one client, an IPv4 /24 or IPv6 /48; 0: a quarter of MaxConnections

	PhotoAllow     []string       // private hosts from which photos may be fetched; fetch.Options.Allow
	TrustedProxies []netip.Prefix // proxies whose X-Forwarded-For is trusted
	ForwardQuery   bool           // short links pass their query on to the story
	FetchAgent     string         // User-Agent of fetches; empty: Version and the public URL
	Version        string         // of the program
	ClickWindow    time.Duration  // within which a reader's clicks on the same link count once; 0: every click counts

	Fonts  string // folder of fonts in addition to the embedded ones; empty: none
	Themes string // folder of themes and templates in addition to the built-in ones; empty: none

	Lang string // of the words of cards and tags, if a story has no language and its texts do not tell it; may be empty

	Breaking time.Duration // how long the badge breaking is shown, at most a year; 0: for ever
	// Territories are the countries of the publication's readers; see stories.Config.
	Territories []string

	DrawAhead bool // draw a story's cards in the background before they are asked for

	Drain time.Duration // how long requests are still answered after the end was asked for; 0: none

	Share share.Config // New sets BaseURL and KakaoCallback
	// FacebookPublisher is the URL of the newsroom's page on Facebook, for article:publisher; empty: none.
	FacebookPublisher string
	// HomeURL is the URL of the publication's front page, an absolute http or https URL; empty: no page links to it.
	HomeURL string
	Kakao   kakao.Settings
	SignIn  SignIn
	TLS     TLS
}

// agentForm is the form of a User-Agent, which may be empty: no control characters, and no space at its ends.
var agentForm = lazyregexp.New(`^([!-~]([ -~]{0,254}[!-~])?)?$`)

// maxDrain is the longest time that Drain may be.
const maxDrain = 5 * time.Minute

// maxBreaking is the longest time that Breaking may be.
const maxBreaking = 365 * 24 * time.Hour

// MinToken is the minimum length of the API token and of Kakao's admin key, in bytes.
const MinToken = 16

// SettingError is a setting with which the service cannot start.
type SettingError struct {
	Setting string // name of the flag, without dashes
	Problem string
}

// Error implements error.
func (e *SettingError) Error() string { return "--" + e.Setting + ": " + e.Problem }

func settingf(setting, format string, args ...any) error {
	return &SettingError{Setting: setting, Problem: fmt.Sprintf(format, args...)}
}

// validate checks what can be checked before anything is opened.
func (c Config) validate() error {
	for _, s := range []struct{ setting, secret, remedy string }{
		{"api-token", c.Token, makeOne},
		{"kakao-admin-key", c.Kakao.AdminKey, "copy the Admin key of the app from Kakao Developers"},
	} {
		if problem := checkSecret(s.secret, MinToken, s.remedy); s.secret != "" && problem != "" {
			return settingf(s.setting, "%s", problem)
		}
	}
	if c.Lang != "" && !card.IsLang(c.Lang) {
		return settingf("lang", "must be a language tag such as \"en\" or \"ko-KR\"")
	}
	switch {
	case !agentForm().MatchString(c.FetchAgent):
		return settingf("fetch-agent", "must be at most 256 printable ASCII characters")
	case c.MemoryCache < 1<<20:
		return settingf("memory-cache", "must be at least 1048576 bytes")
	case c.Drain < 0 || c.Drain > maxDrain:
		return settingf("drain", "must be from 0s to %s", maxDrain)
	case c.Breaking < 0 || c.Breaking > maxBreaking:
		return settingf("breaking", "must be from 0s to %s", maxBreaking)
	case c.CardCache < 0:
		return settingf("card-cache", "must be a number of bytes; 0 caches no cards on the disk")
	}
	if err := c.validateConnections(); err != nil {
		return err
	}
	if err := c.TLS.validate(c.PublicURL); err != nil {
		return err
	}
	return c.SignIn.validate(len(c.TrustedProxies) > 0)
}

// storagePath parses a setting of the form scheme://path. It returns fallback if the setting is empty.
func storagePath(setting, value, scheme, fallback string) (string, error) {
	if value == "" {
		return fallback, nil
	}
	path, ok := strings.CutPrefix(value, scheme+"://")
	if !ok || path == "" {
		return "", settingf(setting, "%q must have the form %s://PATH", value, scheme)
	}
	return path, nil
}

// SQLiteFile returns the path of the SQLite database that the setting names, or of that in the data folder if the
// setting is empty. The error, a *SettingError, does not show the setting, which may have a password.
func SQLiteFile(database, data string) (string, error) {
	path, err := storagePath("database", database, "sqlite", filepath.Join(data, "cards.db"))
	if err != nil {
		return "", settingf("database", "must have the form sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE")
	}
	return path, nil
}

// publicAddress returns the prefix of every absolute URL: PublicURL or, if that is empty, the listening address.
func (c Config) publicAddress(listening netip.AddrPort) (string, error) {
	if c.PublicURL == "" {
		host := listening.Addr()
		if host.IsUnspecified() {
			return c.TLS.ownAddress("localhost", listening.Port()), nil
		}
		return c.TLS.ownAddress(host.String(), listening.Port()), nil
	}
	return PublicPrefix(c.PublicURL)
}

// PublicPrefix returns the prefix of the absolute URLs of a service with the public URL, without a slash at its end.
// The error is a *SettingError.
func PublicPrefix(publicURL string) (string, error) {
	u, err := url.Parse(publicURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" ||
		u.Fragment != "" {
		return "", settingf("public-url", "%q must be an http or https URL without query", publicURL)
	}
	if strings.Trim(u.Path, "/") != "" { // the pages load their files from the root
		return "", settingf("public-url", "%q must have no path: the service answers at the root of its host", publicURL)
	}
	return strings.TrimRight(publicURL, "/"), nil
}

// isLoopbackURL reports whether only this machine can open the URL. A service with any other public URL is
// behind a proxy, which forwards requests of others from this machine.
func isLoopbackURL(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && addr.Unmap().IsLoopback()
}
