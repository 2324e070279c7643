package app

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/conns"
	"newsroom.example/cards/internal/sampled"
)

// maxConnections is the bound of the connections of all clients, unless a setting says otherwise.
const maxConnections = 2048

// mostConnections is the largest bound that a setting may give. Each connection takes some 20 KB.
const mostConnections = 100_000

// validateConnections checks the bounds of the connections.
func (c Config) validateConnections() error {
	most, each := c.bounds()
	switch {
	case most < 16 || most > mostConnections:
		return settingf("max-connections", "must be from 16 to %d", mostConnections)
	case each < 1 || each > most:
		return settingf("max-client-connections", "must be from 1 to %d, the bound for all clients", most)
	}
	return nil
}

// bounds returns the bounds of the connections: of all clients, and of each. A client is a network, which many readers
// may share, so that its bound is far above what one browser opens.
func (c Config) bounds() (most, each int) {
	most = cmp.Or(c.MaxConnections, maxConnections)
	return most, cmp.Or(c.MaxClientConnections, most/4)
}

// connections returns the bounds of the public listener, and how it answers what net/http refuses.
func (a *App) connections(c Config) conns.Config {
	most, each := c.bounds()
	full, refusals := sampled.New(a.log, time.Now), handlers.Refusals(a.log)
	return conns.Config{
		Most: most, Each: each, Client: clientOf(c.TrustedProxies), Refusal: func(status int, reason string) []byte {
			if a.metrics != nil {
				a.metrics.Requests.Refused(status)
			}
			return refusals(status, reason)
		},
		Full: func(why error) {
			a.watchConnection(why)
			full.Log(context.Background(), slog.LevelWarn, "a connection was not served at once", "connections", why)
		},
	}
}

// clientOf returns the function that identifies the client of a connection. Everyone may be behind a trusted proxy or
// an address of this machine, on which a proxy or a tunnel may run: both are no client, and have the zero prefix.
func clientOf(trusted []netip.Prefix) func(netip.Addr) netip.Prefix {
	return func(from netip.Addr) netip.Prefix {
		proxy := func(p netip.Prefix) bool { return p.Contains(from) }
		if from.IsLoopback() || slices.ContainsFunc(trusted, proxy) {
			return netip.Prefix{}
		}
		if from = from.Unmap(); from.Is6() { // a site has a /48, with as many networks as a client may want
			site, _ := from.Prefix(48)
			return site
		}
		return access.Client(from.String())
	}
}

// watchConnection has the metrics count a connection that was not served at once.
func (a *App) watchConnection(why error) {
	switch {
	case a.metrics == nil:
	case errors.Is(why, conns.ErrClientBound):
		a.metrics.Connections.Refused(boundClient)
	default:
		a.metrics.Connections.Refused(boundAll)
	}
}
