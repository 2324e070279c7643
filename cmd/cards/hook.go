package main

import (
	"context"
	"fmt"
	"log/slog"

	"newsroom.example/cards/internal/ghost"
)

type hookCommand struct {
	Ghost hookGhostCommand `cmd:"" help:"Register the posts of a Ghost, and give them their cards: receive its webhooks, or go through all posts once."`
}

type hookGhostCommand struct {
	Listen   string `env:"CARDS_GHOST_LISTEN" default:"127.0.0.1:8090" placeholder:"HOST:PORT" help:"Address on which webhooks are received."`
	Ghost    string `env:"CARDS_GHOST_URL" required:"" placeholder:"URL" help:"The Ghost, such as https://paper.example."`
	AdminKey string `env:"CARDS_GHOST_ADMIN_KEY" required:"" name:"admin-key" placeholder:"ID:SECRET" help:"Admin API key of the custom integration."`
	Secret   string `env:"CARDS_GHOST_SECRET" placeholder:"SECRET" help:"Secret of the webhooks. Required unless --sync."`
	Site     string `env:"CARDS_GHOST_SITE" placeholder:"NAME" help:"The site's name on the cards."`
	Sync     bool   `env:"-" help:"Go through all published posts once, and end: the first import, and the repair after a failure."`

	serviceSettings
}

// Run receives webhooks until the context ends, or goes through all posts.
func (c hookGhostCommand) Run(ctx context.Context, std stdio) error {
	if c.Secret == "" && !c.Sync {
		return usagef("--secret: the secret of the webhooks is required")
	}
	admin, err := ghost.NewAdmin(c.Ghost, c.AdminKey)
	if err != nil {
		return usagef("--ghost, --admin-key: %v", err)
	}
	service, err := c.client()
	if err != nil {
		return err
	}
	r := &ghost.Receiver{Ghost: admin, Service: service, Secret: c.Secret, Site: c.Site,
		Log: slog.New(slog.NewTextHandler(std.err, nil))}
	if c.Sync {
		done, err := r.Sync(ctx)
		fmt.Fprintf(std.out, "%d posts have their cards\n", done)
		return err
	}
	return r.Serve(ctx, c.Listen, func(at string) {
		fmt.Fprintf(std.out, "receives webhooks of %s on %s\n", c.Ghost, at)
	})
}
