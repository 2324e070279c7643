// Package handlers serves HTTP. It has everything that all routes share: authorization, headers, the request
// log and error responses. Each family of routes has a package below it; the families do not import each
// other, and share the packages access, request, answer, present and lookup. Only these packages import Echo.
package handlers

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/articles"
	"newsroom.example/cards/handlers/embed"
	"newsroom.example/cards/handlers/kakao"
	"newsroom.example/cards/handlers/links"
	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/pictures"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/studio"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/sampled"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Articles registers, finds and shows articles; package stories.
type Articles interface {
	articles.Articles
	lookup.Articles
	studio.Stories
	Card(ctx context.Context, q stories.PictureRequest) (stories.Picture, error)
}

// Pictures renders and measures cards; package pictures.
type Pictures interface {
	pictures.Pictures
	studio.Pictures
}

// Clicks counts clicks and shares; package store.
type Clicks interface {
	articles.Clicks
	links.Clicks
	kakao.Clicks
}

// Photos stores uploads and shows photos; package photos.
type Photos interface {
	articles.Photos
	studio.Photos
}

// Deps holds what the handlers depend on.
type Deps struct {
	Articles   Articles
	Pictures   Pictures
	Clicks     Clicks
	Photos     Photos
	PageReader articles.PageReader
	Signer     *card.Signer
	Share      share.Config
	// FacebookPublisher is the URL of the newsroom's page on Facebook; empty: none.
	FacebookPublisher string
	Kakao             kakao.Settings
	Pages             *web.Pages
	PublicURL         string // prefix of every absolute URL, without a trailing slash
	Token             string // of the articles API and of the sign-in to the studio
	Designs           studio.Designs
	ForwardQuery      bool // short links pass their query on to the story
	Journal           journal.Store
	Sessions          access.Sessions
	Tokens            access.Tokens  // of programs; nil: there is none but Token
	Header            *access.Header // by which a proxy says who has signed in; nil: none does
	// Provider signs people in; nil: none does. ProviderID identifies it and who of its people may enter.
	Provider       studio.Provider
	ProviderID     string
	StudioKey      string // opens the studio of a service that only this machine can reach; empty: none does
	TrustedProxies []netip.Prefix
	Ready          func() bool // reports whether the process accepts requests
	Territories    []string    // countries of the publication's readers; see stories.Config
	Parts          []Part      // the parts that /readyz checks
	Log            *slog.Logger
	Now            func() time.Time
	Watch          Watch // nil: nothing is told
	// Sources gets what can be read of the handlers at any time; nil: nothing does.
	Sources func(Sources)
}

type server struct {
	Deps
	guard     *access.Guard
	sampled   *sampled.Logger
	readiness readiness
	pages     map[string]bool              // paths of pages that ask for a sign-in
	reference func() (web.DocsData, error) // of the API, parsed at the first request

	articles *articles.Handlers
	pictures *pictures.Handlers
	links    *links.Handlers
	studio   *studio.Handlers
	embed    *embed.Handlers
	kakao    *kakao.Handlers
}

// New returns the whole service as one handler.
func New(d Deps) (http.Handler, error) {
	if d.Watch == nil {
		d.Watch = unwatched{}
	}
	s := &server{Deps: d, sampled: sampled.New(d.Log, d.Now), guard: access.New(access.Config{
		Token: d.Token, PublicURL: d.PublicURL, StudioKey: d.StudioKey, Signer: d.Signer, Now: d.Now,
		Sessions: d.Sessions, Tokens: d.Tokens, Provider: d.ProviderID, Header: d.Header,
	})}
	if d.Header != nil {
		d.Header.Ignored = s.ignoredHeader
	}
	s.reference = sync.OnceValues(func() (web.DocsData, error) { return web.Reference(d.PublicURL) })
	if err := s.makeFamilies(); err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard)
	e.HTTPErrorHandler = s.answerError
	e.IPExtractor = extractor(d.TrustedProxies)
	e.Pre(identify, s.log, s.recover, secure, oneEnd, fewFields, rawPath)
	r := newRouter(s, e)
	s.routes(r)
	e.Use(r.otherMethods)
	if d.Sources != nil {
		d.Sources(s.sources())
	}
	return e, nil
}

// changed drops what is cached of an article.
func (s *server) changed(id string) {
	s.pictures.Changed(id)
	s.links.Changed(id)
}

// makeFamilies makes the handlers of each family of routes.
func (s *server) makeFamilies() (err error) {
	shown := present.Presenter{PublicURL: s.PublicURL, Share: s.Share, FacebookPublisher: s.FacebookPublisher,
		Home: s.Designs.Home}
	find := lookup.Finder{Articles: s.Articles, Misses: s.guard.Misses, Now: s.Now}
	s.pictures = pictures.New(pictures.Config{
		Articles: s.Articles, Pictures: s.Pictures, Guard: s.guard, Present: shown, Now: s.Now, Refused: s.logRefused,
	})
	s.links = links.New(links.Config{
		Clicks: s.Clicks, Pages: s.Pages, Find: find, Present: shown, Guard: s.guard, Sampled: s.sampled,
		Now: s.Now, ForwardQuery: s.ForwardQuery,
	})
	own := ofSites{s.Articles}
	s.articles = articles.New(articles.Config{
		Articles: own, Clicks: clicksOfSites{s.Clicks, own}, Photos: s.Photos, Reader: s.PageReader,
		Find: lookup.Finder{Articles: own, Misses: s.guard.Misses, Now: s.Now}, Present: shown,
		Journal: s.Journal, Now: s.Now, Refused: s.logRefused, Failed: s.logError,
		Changed: s.changed,
	})
	s.studio = studio.New(studio.Config{
		Pictures: s.Pictures, Photos: s.Photos, Designs: s.Designs, Pages: s.Pages, Guard: s.guard, Present: shown,
		Stories: s.Articles, Clicks: s.Clicks, Changed: s.changed, Leaders: s.links.Leaders, Journal: s.Journal,
		Provider: s.Provider, Sampled: s.sampled, Log: s.Log, Now: s.Now, Refused: s.logRefused,
		Failed:      s.Watch.SignInFailed,
		Territories: s.Territories,
	})
	s.kakao = kakao.New(kakao.Config{
		Settings: s.Kakao, Clicks: s.Clicks, Pages: s.Pages, Find: find, Present: shown, Guard: s.guard,
		Now: s.Now,
	})
	s.embed, err = embed.New(embed.Config{Pages: s.Pages, Find: find, Present: shown})
	return err
}
