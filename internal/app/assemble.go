package app

import (
	"context"
	"crypto/rand"
	"image/color"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/handlers"
	"newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/jobs"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/render"
)

// New assembles the service, which listens but does not answer requests yet. Background work ends with ctx.
// The error is a *SettingError if a setting is wrong.
func New(ctx context.Context, c Config, log *slog.Logger) (a *App, err error) {
	a = &App{log: log, drain: c.Drain, grace: drainTimeout}
	defer func() {
		if err != nil {
			a.Close()
		}
	}()
	if err := c.validate(); err != nil {
		return a, err
	}
	if c.AdminAddr != "" {
		a.metrics = newMetrics(c.Version)
	}
	a.limits = a.connections(c)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return a, settingf("data", "%v", err)
	}
	if err := a.listenOn(c); err != nil {
		return a, err
	}
	if a.Token = c.Token; a.Token == "" {
		if a.Token, err = secret(c.Data, TokenFile); err != nil {
			return a, err
		}
	}
	key := ""
	if a.StudioURL = a.URL + "/"; a.isLocal() {
		key = rand.Text()
		a.StudioURL += "?" + studio.KeyParameter + "=" + key
	}
	deps, err := a.deps(ctx, c, key)
	if err != nil {
		return a, err
	}
	a.watchRequests(&deps)
	if a.handler, err = handlers.New(deps); err == nil && a.metrics != nil {
		a.metrics.Read(a.readings)
	}
	return a, err
}

// isLocal reports whether only this machine can reach the service.
func (a *App) isLocal() bool {
	return a.listener.Addr().(*net.TCPAddr).AddrPort().Addr().Unmap().IsLoopback() && isLoopbackURL(a.URL)
}

// deps builds everything that the handlers depend on, in the order in which the parts need each other.
func (a *App) deps(ctx context.Context, c Config, studioKey string) (handlers.Deps, error) {
	signer, rotating, err := c.signer()
	if err != nil {
		return handlers.Deps{}, err
	}
	stored, err := a.open(ctx, c)
	if err != nil {
		return handlers.Deps{}, err
	}
	fetcher, err := c.fetcher(a.URL, a.watchFetches())
	if err != nil {
		return handlers.Deps{}, err
	}
	renderer, kept, err := c.renderer(ctx, a.log, stored.photos)
	if err != nil {
		return handlers.Deps{}, err
	}
	pages, err := web.New()
	if err != nil {
		return handlers.Deps{}, err
	}
	links := c.Share
	links.BaseURL = a.URL
	links.KakaoCallback = c.Kakao.AdminKey != ""
	made, err := a.services(ctx, c, stored, fetcher, renderer, kept)
	if err != nil {
		return handlers.Deps{}, err
	}
	a.jobs = append(a.jobs, rotating...)
	if err := a.openQueue(stored.queue, made.articles, stored.database, c); err != nil {
		return handlers.Deps{}, err
	}
	a.addParts(stored, fetcher, made.pictures)
	a.read(stored, made.pictures)
	deps := handlers.Deps{
		Articles: made.articles, Pictures: made.pictures, Photos: made.photos,
		Clicks: counted{stored.database, stored.clicks}, Journal: stored.database, Sessions: stored.database,
		Tokens:     stored.database,
		PageReader: page.NewReader(fetcher), Designs: renderer,
		Signer: signer, Share: links, FacebookPublisher: c.FacebookPublisher, Kakao: c.Kakao,
		Pages:     pages.WithHome(c.HomeURL),
		PublicURL: a.URL, Token: a.Token, StudioKey: studioKey, TrustedProxies: c.TrustedProxies,
		ForwardQuery: c.ForwardQuery,
		Ready:        a.serving.Load, Log: a.log, Now: time.Now, Territories: c.Territories,
		Parts: stored.parts,
	}
	if err := a.addTLS(c, fetcher); err != nil {
		return deps, err
	}
	return deps, a.addSignIn(c, fetcher, &deps)
}

// services are the parts of the service that work on photos, pictures and articles.
type services struct {
	photos   *photos.Store
	pictures *pictures.Service
	articles *stories.Service
}

// services builds the services, which share the set of withdrawn photos, and their background jobs.
func (a *App) services(
	ctx context.Context, c Config, stored stored, fetcher *fetch.Client, renderer *render.Renderer, kept *design.Kept,
) (s services, err error) {
	withdrawn := new(photos.Withdrawn)
	decoder := photo.NewDecoder(photo.DefaultDecodeBytes)
	s.photos = photos.New(photos.Config{
		Blobs: stored.photos, Spill: stored.fetched, Fetcher: fetcher, Decoder: decoder,
		Withdrawn: withdrawn, IsWithdrawn: stored.database.PhotoWithdrawn,
	})
	s.pictures = pictures.New(pictures.Config{
		Photos: drawnPhotos{s.photos}, Renderer: renderer, Cache: stored.cards, Log: a.log, Withdrawn: withdrawn.Has,
		Watch: a.watchDrawings(),
	})
	decoder.Spare = s.pictures.Spare
	s.articles = stories.New(stories.Config{
		Store: stored.database, Readers: stored.readers, Photos: s.photos, Previews: s.pictures, Designs: renderer,
		Kept: kept, Log: a.log, Now: time.Now, Withdrawn: withdrawn, Territories: c.Territories, Breaking: c.Breaking,
	})
	if err := s.articles.LearnWithdrawn(ctx); err != nil { // before the first request
		return s, err
	}
	a.jobs = append(stored.tidy,
		jobs.Job{Name: "remove withdrawn photos", Every: withdrawnEvery, Run: s.articles.RemoveWithdrawn})
	return s, nil
}

// signer returns the signer of the service, and the jobs that keep it up to date.
func (c Config) signer() (*card.Signer, []jobs.Job, error) {
	if len(c.SigningKeys) > 0 {
		s, err := Signer(c.SigningKeys)
		return s, nil, err
	}
	s, job, err := folderSigner(c.Data)
	return s, []jobs.Job{job}, err
}

// fetcher returns the client that fetches photos and pages, but never from the service itself.
func (c Config) fetcher(
	ownURL string, watch func(what, outcome string, took time.Duration),
) (*fetch.Client, error) {
	own, err := url.Parse(ownURL)
	if err != nil {
		return nil, settingf("public-url", "%v", err)
	}
	o := fetch.DefaultOptions()
	o.Allow = c.PhotoAllow
	o.OwnHosts = []string{own.Host}
	o.Format = photos.Format{}
	o.Watch = watch
	if o.Agent = c.FetchAgent; o.Agent == "" {
		o.Agent = "cards/" + c.Version + " (+" + ownURL + ")"
	}
	f, err := fetch.New(o)
	if err != nil {
		return nil, settingf("photo-allow", "%v", err)
	}
	return f, nil
}

// renderer returns a renderer with the fonts and designs of the settings, and the designs that it keeps in blobs. It
// reloads changed designs until ctx ends.
func (c Config) renderer(
	ctx context.Context, log *slog.Logger, blobs design.Blobs,
) (*render.Renderer, *design.Kept, error) {
	set, err := Fonts(c.Fonts)
	if err != nil {
		return nil, nil, err
	}
	designs, err := Designs(c.Themes, set)
	if err != nil {
		return nil, nil, err
	}
	go designs.Watch(ctx, log)
	kept := design.Keep(designs, blobs)
	return render.New(set, kept.Current).In(c.Lang).Keeping(kept.Set), kept, nil
}

// Fonts returns the embedded fonts and those of dir; an empty dir adds none.
func Fonts(dir string) (*fonts.Set, error) {
	set, err := fonts.Load()
	if err != nil || dir == "" {
		return set, err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, settingf("fonts", "%q is not a folder that can be read", dir)
	}
	with, err := set.With(os.DirFS(dir))
	if err != nil {
		return nil, settingf("fonts", "%s: %v", dir, err)
	}
	return with, nil
}

// Designs returns the built-in designs and those of dir; an empty dir adds none.
func Designs(dir string, set *fonts.Set) (*design.Folder, error) {
	folder, err := design.OpenFolder(dir, set.Families())
	if err != nil {
		return nil, settingf("themes", "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return folder, nil
}

// drawnPhotos adapts photos.Store to pictures.Photos.
type drawnPhotos struct{ *photos.Store }

// Decode implements pictures.Photos.
func (p drawnPhotos) Decode(
	ctx context.Context, ref string, paper color.Color, use func(render.Photo) error,
) (id string, err error) {
	return p.Store.Decode(ctx, ref, paper, func(opened *photo.Photo) error { return use(opened) })
}
