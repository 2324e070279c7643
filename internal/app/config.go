package app

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"newsroom.example/cards/handlers/kakao"
	"newsroom.example/cards/share"
)

// Config is what the service is started with. A zero field has the default named beside it.
type Config struct {
	Addr      string // where to listen, HOST:PORT
	AdminAddr string // where to listen for operators; empty: nowhere
	PublicURL string // prefix of every absolute URL, without a path; empty: from Addr

	Data     string // folder of the database, pictures and keys; made where it is missing
	Database string // sqlite://PATH; empty: cards.db in Data
	Pictures string // file://DIR; empty: pictures in Data

	MemoryCache int64 // bytes of drawn cards in memory, at least 1 MiB
	CardCache   int64 // bytes of drawn cards on the disk; 0: none

	Token string // of the articles API, at least MinToken characters; empty: made once and stored in Data
	// the first signs, all verify, each at least card.MinKey bytes; empty: made once and stored in Data
	SigningKeys []string

	PhotoAllow     []string       // hosts, .suffixes and CIDRs that may be fetched from although they are private
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is trusted
	ClickWindow    time.Duration  // within which the same reader's same tap counts once

	Fonts  string // folder of fonts beside the embedded ones; empty: none
	Themes string // folder of themes and templates; empty: the built-in ones

	Share share.Config // its BaseURL and KakaoCallback are set by New
	Kakao kakao.Settings
}

// MinToken is the least length of the API token, in bytes.
const MinToken = 16

// SettingError is a setting with which the service cannot start.
type SettingError struct {
	Setting string // as the command line names it, without dashes
	Problem string
}

// Error implements error.
func (e *SettingError) Error() string { return "--" + e.Setting + ": " + e.Problem }

func settingf(setting, format string, args ...any) error {
	return &SettingError{Setting: setting, Problem: fmt.Sprintf(format, args...)}
}

// validate checks what can be checked before anything is opened.
func (c Config) validate() error {
	switch {
	case c.Token != "" && len(c.Token) < MinToken:
		return settingf("api-token", "has %d characters; at least %d are needed", len(c.Token), MinToken)
	case c.MemoryCache < 1<<20:
		return settingf("memory-cache", "must be at least 1048576 bytes")
	case c.CardCache < 0:
		return settingf("card-cache", "must be a number of bytes; 0 keeps no card on the disk")
	}
	return nil
}

// storagePath reads a setting of the form scheme://path; an empty one means fallback.
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

// publicAddress is the prefix of every absolute URL: the one given, else the address listened on.
func (c Config) publicAddress(listening netip.AddrPort) (string, error) {
	if c.PublicURL == "" {
		host := listening.Addr()
		if host.IsUnspecified() {
			return fmt.Sprintf("http://localhost:%d", listening.Port()), nil
		}
		return "http://" + netip.AddrPortFrom(host.Unmap(), listening.Port()).String(), nil
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" ||
		u.Fragment != "" {
		return "", settingf("public-url", "%q must be an http or https URL without query", c.PublicURL)
	}
	if strings.Trim(u.Path, "/") != "" { // the pages ask for their files at the root
		return "", settingf("public-url", "%q must have no path: the service answers at the root of its host", c.PublicURL)
	}
	return strings.TrimRight(c.PublicURL, "/"), nil
}

// isLoopbackURL reports a URL that only this machine can open. A service with another public address is
// behind a proxy, whose requests come from this machine without being its owner's.
func isLoopbackURL(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && addr.Unmap().IsLoopback()
}
