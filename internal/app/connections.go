package app

import (
	"context"
	"log/slog"
	"net/netip"
	"slices"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/conns"
	"newsroom.example/cards/internal/sampled"
)

// Bounds of the connections: of all clients, and of each. A client is a network, which many readers may share, so that
// its bound is far above what one browser opens.
const (
	maxConnections = 2048
	maxOfClient    = maxConnections / 4
)

// connections returns the bounds of the public listener, and how it answers what net/http refuses.
func connections(trusted []netip.Prefix, log *slog.Logger) conns.Config {
	full := sampled.New(log, time.Now)
	return conns.Config{
		Most: maxConnections, Each: maxOfClient, Client: clientOf(trusted), Refusal: handlers.Refusals(log),
		Full: func(why error) {
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
