package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"time"

	"newsroom.example/cards/internal/photo"
)

type serveCommand struct {
	Addr        string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen. Default: 127.0.0.1:8080."`
	AdminAddr   string `placeholder:"HOST:PORT" help:"Where to listen for operators: /debug/pprof. Off unless set."`
	Database    string `placeholder:"URL" help:"sqlite://PATH. Default: cards.db in the data folder."`
	Pictures    string `placeholder:"URL" help:"file://DIR. Default: pictures in the data folder."`
	MemoryCache int64  `default:"16777216" placeholder:"BYTES" help:"Bytes of pictures kept in memory."`
	CardCache   int64  `default:"2147483648" placeholder:"BYTES" help:"Bytes of drawn cards kept on the disk, the least recently used removed first. Default: 2 GiB."`

	APIToken     string        `name:"api-token" placeholder:"TOKEN" help:"Token of the articles API and of the sign-in to the studio, at least 16 characters. Default: made once and kept in the data folder."`
	PhotoAllow   []string      `placeholder:"HOST" help:"Host, .suffix or CIDR that photos may be fetched from although it is private. Repeatable."`
	TrustedProxy []string      `placeholder:"CIDR" help:"Proxy whose X-Forwarded-For is believed. Repeatable."`
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
	collectOften()
	log := slog.New(slog.NewJSONHandler(std.err, &slog.HandlerOptions{Level: c.level()}))
	s, err := c.assemble(ctx, log)
	if err != nil {
		return err
	}
	defer s.close()
	fmt.Fprintf(std.out, "cards %s is ready\n  studio     %s/\n  API docs   %s/docs\n  API token  %s\n",
		buildVersion(), s.publicURL, s.publicURL, s.token)
	return s.serve(ctx)
}

// minToken is the least length of the API token, in bytes.
const minToken = 16

// check refuses settings that can be told wrong before anything is opened.
func (c serveCommand) check() error {
	if c.APIToken != "" && len(c.APIToken) < minToken {
		return usagef("--api-token: has %d characters; at least %d are needed", len(c.APIToken), minToken)
	}
	return c.shareSettings.check()
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

func (c serveCommand) fetcher(ownHost string) (*photo.Fetcher, error) {
	o := photo.DefaultFetchOptions()
	o.Allow = splitEnv(c.PhotoAllow)
	o.OwnHosts = []string{ownHost}
	f, err := photo.NewFetcher(o)
	if err != nil {
		return nil, usagef("--photo-allow: %v", err)
	}
	return f, nil
}

// place reads a setting of the form scheme://path; empty means the fallback path.
func place(flag, value, scheme, fallback string) (string, error) {
	if value == "" {
		return fallback, nil
	}
	path, ok := strings.CutPrefix(value, scheme+"://")
	if !ok || path == "" {
		return "", usagef("--%s: %q must have the form %s://PATH", flag, value, scheme)
	}
	return path, nil
}
