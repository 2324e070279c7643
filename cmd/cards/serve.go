package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-isatty"

	"newsroom.example/cards/internal/app"
)

type serveCommand struct {
	Addr        string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen. Default: 127.0.0.1:8080."`
	AdminAddr   string `placeholder:"HOST:PORT" help:"Where to listen for operators: /debug/pprof. Off unless set."`
	Database    string `placeholder:"URL" help:"sqlite://PATH. Default: cards.db in the data folder."`
	Pictures    string `placeholder:"URL" help:"file://DIR. Default: pictures in the data folder."`
	MemoryCache int64  `default:"16777216" placeholder:"BYTES" help:"Bytes of drawn cards cached in memory."`
	CardCache   int64  `default:"2147483648" placeholder:"BYTES" help:"Bytes of drawn cards cached on the disk, the least recently used removed first. Default: 2 GiB."`

	APIToken     string        `name:"api-token" placeholder:"TOKEN" help:"Token of the articles API and of the sign-in to the studio, at least 16 characters. Default: made once and stored in the data folder."`
	PhotoAllow   []string      `placeholder:"HOST" help:"Host, .suffix or CIDR that photos may be fetched from although it is private. Repeatable."`
	TrustedProxy []string      `placeholder:"CIDR" help:"Proxy whose X-Forwarded-For is trusted. Repeatable."`
	ClickWindow  time.Duration `default:"5m" help:"A reader who opens the same link again within it is counted once."`
	LogLevel     string        `default:"info" enum:"debug,info,warn,error" help:"debug, info, warn or error."`

	fontSettings
	themeSettings
	keySettings
	shareSettings
	kakaoSettings
}

// Run serves until ctx ends, then lets the requests in flight finish.
func (c serveCommand) Run(ctx context.Context, std stdio) error {
	limitMemory(c.MemoryCache)
	log := slog.New(slog.NewJSONHandler(std.err, &slog.HandlerOptions{Level: c.level()}))
	a, err := c.app(ctx, log)
	if err != nil {
		return err
	}
	defer a.Close()
	fmt.Fprintf(std.out, "cards %s is ready\n  studio     %s/\n  API docs   %s/docs\n  API token  %s\n",
		buildVersion(), a.URL, a.URL, c.tokenLine(a.Token, isTerminal(std.out)))
	return a.Serve(ctx)
}

// tokenLine is the token where a person reads it, and elsewhere where to find it: what a service manager
// is sent lies in its journal for years.
func (c serveCommand) tokenLine(token string, terminal bool) string {
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

// app assembles the service of the settings.
func (c serveCommand) app(ctx context.Context, log *slog.Logger) (*app.App, error) {
	config, err := c.config()
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, config, log)
	return a, usage(err)
}

// config reads the settings whose form the parser does not check.
func (c serveCommand) config() (app.Config, error) {
	if err := c.shareSettings.check(); err != nil {
		return app.Config{}, err
	}
	proxies, err := c.proxies()
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
		Token: c.APIToken, SigningKeys: splitEnv(c.SigningKey),
		PhotoAllow: splitEnv(c.PhotoAllow), TrustedProxies: proxies, ClickWindow: c.ClickWindow,
		Fonts: c.Fonts, Themes: c.Themes, Share: c.shareSettings.config(), Kakao: kakao,
	}, nil
}

// usage turns a wrong setting into wrong use, for the exit status.
func usage(err error) error {
	if setting, ok := errors.AsType[*app.SettingError](err); ok {
		return &usageError{setting.Error()}
	}
	return err
}

func (c serveCommand) level() slog.Level {
	var l slog.Level
	_ = l.UnmarshalText([]byte(c.LogLevel)) // the parser has checked it
	return l
}

func (c serveCommand) proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, raw := range splitEnv(c.TrustedProxy) {
		p, err := netip.ParsePrefix(raw)
		if addr, aerr := netip.ParseAddr(raw); err != nil && aerr == nil {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, usagef("--trusted-proxy: %q is no address range", raw)
		}
		all = append(all, p)
	}
	return all, nil
}
