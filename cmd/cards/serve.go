package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-isatty"

	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/share"
)

// serveSettings are the settings of a service.
type serveSettings struct {
	listenSettings `group:"Addresses:"`
	tlsSettings    `group:"HTTPS:"`
	storeSettings  `group:"Storage:"`
	accessSettings `group:"Access:"`
	signInSettings `group:"Sign-in to the studio:"`
	fetchSettings  `group:"Photos and pages of others:"`
	cardSettings   `group:"Cards:"`
	readerSettings `group:"Links and pages for readers:"`
	shareSettings  `group:"Links and pages for readers:"`
	kakaoSettings  `group:"Links and pages for readers:"`
	runSettings    `group:"Operation:"`
}

type serveCommand struct{ serveSettings }

// Run serves until ctx ends, then lets the requests in flight finish.
func (c serveCommand) Run(ctx context.Context, from *origins, std stdio) error {
	limitMemory(c.MemoryCache)
	level := new(slog.LevelVar)
	level.Set(c.level())
	log := newLogger(std.err, level)
	reread(ctx, from, level, log)
	a, err := c.app(ctx, log)
	switch {
	case err != nil && errors.Is(err, ctx.Err()): // it was stopped while it waited for its database
		return nil
	case err != nil:
		return err
	}
	defer a.Close()
	fmt.Fprintf(std.out, "cards %s is ready\n  studio     %s\n  API docs   %s/docs\n  API token  %s\n",
		buildVersion(), a.StudioURL, a.URL, c.tokenLine(a.Token, isTerminal(std.out)))
	return a.Serve(ctx)
}

// tokenLine returns the token if the output is a terminal, and otherwise where to find it: a service
// manager would store the token in its journal.
func (c serveSettings) tokenLine(token string, terminal bool) string {
	switch {
	case terminal:
		return token
	case c.APIToken != "":
		return "as --api-token sets it"
	default:
		return "in " + filepath.Join(c.Data, app.TokenFile)
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// app assembles the service from the settings.
func (c serveSettings) app(ctx context.Context, log *slog.Logger) (*app.App, error) {
	config, err := c.config()
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, config, log)
	return a, usage(err)
}

// config converts the settings, and checks those that the parser does not.
func (c serveSettings) config() (app.Config, error) {
	if err := c.shareSettings.check(); err != nil {
		return app.Config{}, err
	}
	if err := checkPublisher(c.FacebookPublisher); err != nil {
		return app.Config{}, err
	}
	home, err := homeURL(c.HomeURL)
	if err != nil {
		return app.Config{}, err
	}
	proxies, err := c.proxies()
	if err != nil {
		return app.Config{}, err
	}
	territories, err := territoriesOf(c.Territories)
	if err != nil {
		return app.Config{}, err
	}
	kakao, err := c.kakao()
	if err != nil {
		return app.Config{}, err
	}
	return app.Config{
		Addr: c.Addr, AdminAddr: c.AdminAddr, PublicURL: c.PublicURL,
		Data: c.Data, Database: c.Database, Pictures: c.Pictures, MemoryCache: c.MemoryCache, CardCache: c.CardCache,
		MaxConnections: c.MaxConnections, MaxClientConnections: c.MaxClientConnections,
		Token: c.APIToken, SigningKeys: splitEnv(c.SigningKey),
		PhotoAllow: splitEnv(c.PhotoAllow), TrustedProxies: proxies, ClickWindow: c.ClickWindow,
		ForwardQuery: c.ForwardQuery, FetchAgent: c.FetchAgent, Version: buildVersion(), Drain: c.Drain,
		DrawAhead: c.DrawAhead, Lang: strings.ReplaceAll(c.Lang, "_", "-"),
		Fonts: c.Fonts, Themes: c.Themes, Share: c.shareSettings.config(),
		FacebookPublisher: c.FacebookPublisher, HomeURL: home, Kakao: kakao, Territories: territories, Breaking: c.Breaking,
		SignIn: c.signInSettings.config(), TLS: c.tlsSettings.config(),
	}, nil
}

// territoriesOf returns the countries of --territories in capitals.
func territoriesOf(list []string) (all []string, err error) {
	for _, given := range splitEnv(list) {
		country, ok := article.Country(given)
		if !ok {
			return nil, usagef("--territories: %q must be a country in two letters (ISO 3166-1), such as KR", given)
		}
		all = append(all, country)
	}
	return all, nil
}

// homeURL returns the URL of the front page as browsers take it; it may be empty.
func homeURL(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	home, err := share.SharedAs(share.PlainText, raw)
	if err != nil {
		return "", usagef("--home-url: %q must be an absolute http or https URL", raw)
	}
	return home, nil
}

// checkPublisher returns an error unless the URL, if any, is that of a page on Facebook.
func checkPublisher(raw string) error {
	if raw == "" {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" || u.User != nil || !facebookHost().MatchString(u.Host) ||
		strings.Trim(u.Path, "/") == "" {
		return usagef("--facebook-publisher: %q must be the https URL of a page on Facebook", raw)
	}
	return nil
}

var facebookHost = lazyregexp.New(`^(?:[a-z-]+\.)?facebook\.com$`)

// usage turns a *app.SettingError into a *usageError, for the exit status.
func usage(err error) error {
	if setting, ok := errors.AsType[*app.SettingError](err); ok {
		return &usageError{setting.Error()}
	}
	return err
}

func (c serveSettings) level() slog.Level {
	var l slog.Level
	_ = l.UnmarshalText([]byte(c.LogLevel)) // the parser has checked it
	return l
}

func (c serveSettings) proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, raw := range splitEnv(c.TrustedProxy) {
		p, err := netip.ParsePrefix(raw)
		if addr, aerr := netip.ParseAddr(raw); err != nil && aerr == nil {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, usagef("--trusted-proxy: %q is not an IP address or range", raw)
		}
		all = append(all, p)
	}
	return all, nil
}
