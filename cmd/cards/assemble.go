package main

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsroom.example/cards/handlers"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/render"
)

// assemble makes the parts of the service in the order in which they need each other.
func (c serveCommand) assemble(ctx context.Context, log *slog.Logger) (s *server, err error) {
	s = &server{log: log, state: &lifecycle{}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if err := c.check(); err != nil {
		return s, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return s, usagef("--data: %v", err)
	}
	if err := c.listen(s); err != nil {
		return s, err
	}
	listening := s.listener.Addr().(*net.TCPAddr).AddrPort()
	if s.publicURL, err = c.publicAddress(listening); err != nil {
		return s, err
	}
	if c.PublicURL == "" && listening.Addr().IsUnspecified() {
		log.Warn("links and pictures will say " + s.publicURL + ", which other machines cannot open: set --public-url to the service's address")
	}
	if s.token = c.APIToken; s.token == "" {
		if s.token, err = keptSecret(c.Data, "api-token"); err != nil {
			return s, err
		}
	}
	deps, err := c.deps(ctx, s)
	if err != nil {
		return s, err
	}
	deps.OpenStudio = listening.Addr().Unmap().IsLoopback() && isLoopbackURL(s.publicURL)
	s.handler, err = handlers.New(deps)
	return s, err
}

func (c serveCommand) listen(s *server) (err error) {
	if s.listener, err = listen("addr", c.Addr); err != nil {
		return err
	}
	s.closers = append(s.closers, func() error { return ignoreClosed(s.listener.Close()) })
	if c.AdminAddr == "" {
		return nil
	}
	if s.admin, err = listen("admin-addr", c.AdminAddr); err != nil {
		return err
	}
	s.closers = append(s.closers, func() error { return ignoreClosed(s.admin.Close()) })
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// deps makes everything behind the handlers.
func (c serveCommand) deps(ctx context.Context, s *server) (handlers.Deps, error) {
	signer, err := c.signer()
	if err != nil {
		return handlers.Deps{}, err
	}
	proxies, err := c.proxies()
	if err != nil {
		return handlers.Deps{}, err
	}
	db, kept, err := c.stores(ctx, s)
	if err != nil {
		return handlers.Deps{}, err
	}
	own, err := url.Parse(s.publicURL)
	if err != nil {
		return handlers.Deps{}, usagef("--public-url: %v", err)
	}
	fetcher, err := c.fetcher(own.Host)
	if err != nil {
		return handlers.Deps{}, err
	}
	set, err := c.fontSet()
	if err != nil {
		return handlers.Deps{}, err
	}
	designs, err := c.designs(set)
	if err != nil {
		return handlers.Deps{}, err
	}
	go designs.watch(ctx, s.log)
	renderer := render.New(set, designs.current)
	pages, err := web.New()
	if err != nil {
		return handlers.Deps{}, err
	}
	decoder := photo.NewDecoder(photo.DefaultDecodeBytes)
	photos := photos.New(photos.Config{Kept: kept.photos, Passing: kept.passing, Fetcher: fetcher, Decoder: decoder})
	previews := pictures.New(pictures.Config{Photos: drawnPhotos{photos}, Renderer: renderer, Pictures: kept.cards, Log: s.log})
	decoder.Spare = previews.Spare
	links := c.config()
	links.BaseURL = s.publicURL
	links.KakaoCallback = c.KakaoAdminKey != ""
	kakao, err := c.kakao()
	if err != nil {
		return handlers.Deps{}, err
	}
	return handlers.Deps{
		Articles: stories.New(stories.Config{Store: db, Photos: photos, Previews: previews, Designs: renderer, Log: s.log, Now: time.Now}),
		Pictures: previews, Clicks: db, Photos: photos, Stories: page.NewReader(fetcher), Signer: signer, Share: links, Kakao: kakao, Pages: pages,
		PublicURL: s.publicURL, Token: s.token, Designs: renderer, TrustedProxies: proxies,
		Ready: s.state.Ready, Log: s.log, Now: time.Now,
		Parts: []handlers.Part{{Name: "database", Ping: db.Ping}, {Name: "pictures", Ping: kept.photos.Ping}},
	}, nil
}

// drawnPhotos is the library as preview knows it: its photos are those that render draws.
type drawnPhotos struct{ *photos.Library }

// Decode implements pictures.Photos.
func (p drawnPhotos) Decode(ctx context.Context, ref string, paper color.Color, use func(render.Photo) error) error {
	return p.Library.Decode(ctx, ref, paper, func(opened *photo.Photo) error { return use(opened) })
}

// stored is where photos that must not be lost are kept, those that can be fetched again, and
// cards, which can be drawn again.
type stored struct {
	photos  *blob.Disk
	passing *blob.Ring
	cards   *blob.Cache
}

// passingBytes is the room on the disk for photos that were fetched for a picture.
const passingBytes = 256 << 20

// stores opens the database and the pictures.
func (c serveCommand) stores(ctx context.Context, s *server) (store.Store, stored, error) {
	path, err := place("database", c.Database, "sqlite", filepath.Join(c.Data, "cards.db"))
	if err != nil {
		return nil, stored{}, err
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{Window: c.ClickWindow})
	if err != nil {
		return nil, stored{}, usagef("--database: %v", err)
	}
	s.closers = append(s.closers, db.Close)
	dir, err := place("pictures", c.Pictures, "file", filepath.Join(c.Data, "pictures"))
	if err != nil {
		return nil, stored{}, err
	}
	disk, err := blob.NewDisk(dir)
	if err != nil {
		return nil, stored{}, usagef("--pictures: %v", err)
	}
	s.closers = append(s.closers, disk.Close)
	if c.MemoryCache < 1<<20 {
		return nil, stored{}, usagef("--memory-cache: must be at least 1048576 bytes")
	}
	if c.CardCache < 0 {
		return nil, stored{}, usagef("--card-cache: must be a number of bytes; 0 keeps no card on the disk")
	}
	ring, err := blob.NewRing(disk, passingBytes)
	if err != nil {
		return nil, stored{}, usagef("--pictures: %v", err)
	}
	s.closers = append(s.closers, ring.Close)
	cards, err := blob.NewCache(disk, c.MemoryCache, c.CardCache)
	if err != nil {
		return nil, stored{}, err
	}
	s.closers = append(s.closers, cards.Close)
	return db, stored{photos: disk, passing: ring, cards: cards}, nil
}

// isLoopbackURL reports a URL that only this machine can follow. A service with another public
// address is behind a proxy, whose requests come from this machine without being its owner's.
func isLoopbackURL(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && addr.Unmap().IsLoopback()
}

// publicAddress is the prefix of every absolute URL: the one given, else where we listen.
func (c serveCommand) publicAddress(listening netip.AddrPort) (string, error) {
	if c.PublicURL == "" {
		host := listening.Addr()
		if host.IsUnspecified() {
			return fmt.Sprintf("http://localhost:%d", listening.Port()), nil
		}
		return "http://" + netip.AddrPortFrom(host.Unmap(), listening.Port()).String(), nil
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", usagef("--public-url: %q must be an http or https URL without query", c.PublicURL)
	}
	if strings.Trim(u.Path, "/") != "" { // the pages ask for their files at the root
		return "", usagef("--public-url: %q must have no path: the service answers at the root of its host", c.PublicURL)
	}
	return strings.TrimRight(c.PublicURL, "/"), nil
}
