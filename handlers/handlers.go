// Package handlers speaks HTTP: it decodes a request, calls one thing, and encodes the answer.
// It alone imports Echo.
package handlers

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"

	"cards/article"
	"cards/card"
	"cards/library"
	"cards/preview"
	"cards/registry"
	"cards/share"
	"cards/store"
	"cards/web"
)

// Articles registers and shows articles; package registry.
type Articles interface {
	Put(ctx context.Context, a article.Article, o registry.PutOptions) (registry.Result, error)
	Article(ctx context.Context, id string) (store.Record, error)
	Articles(ctx context.Context, cursor string, limit int) ([]store.Record, string, error)
	Delete(ctx context.Context, id string) error
	Current(ctx context.Context, id string) (store.Record, error)
	ByCode(ctx context.Context, code string) (store.Record, error)
	ByURL(ctx context.Context, url string) (store.Record, error)
	Card(ctx context.Context, q registry.PictureRequest) (card.Card, error)
}

// Pictures draws cards; package preview.
type Pictures interface {
	Preview(ctx context.Context, c card.Card, format string, o preview.Options) (preview.Image, error)
	Key(c card.Card, format string) card.Key
	Kept(ctx context.Context, key card.Key, format string) (preview.Image, bool)
	Lasts(c card.Card) bool
	Figures(ctx context.Context, c card.Card, sizes []card.Size) ([]preview.Figures, error)
}

// Clicks counts; package store.
type Clicks interface {
	AddClick(ctx context.Context, c store.Click) (counted bool, err error)
	ConfirmShare(ctx context.Context, c store.Confirmation) (counted bool, err error)
	Stats(ctx context.Context, id string, since time.Time) (store.Stats, error)
	Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error)
}

// Photos keeps uploads; package library.
type Photos interface {
	Upload(ctx context.Context, data []byte) (library.Photo, error)
	Show(ctx context.Context, ref string) (data []byte, mediaType string, err error)
}

// Designs lists what cards may ask for by name; package render.
type Designs interface {
	Themes() []string
	Templates() []string
}

// Deps is what the handlers call.
type Deps struct {
	Articles       Articles
	Pictures       Pictures
	Clicks         Clicks
	Photos         Photos
	Stories        Stories
	Signer         *card.Signer
	Share          share.Config
	Kakao          Kakao
	Pages          *web.Pages
	PublicURL      string // prefix of every absolute URL, without a trailing slash
	Token          string // of the articles API
	Designs        Designs
	OpenStudio     bool // the service listens on a loopback address: its studio needs no token
	TrustedProxies []netip.Prefix
	Ready          func() bool // whether the process takes requests
	Parts          []Part      // what the service cannot do its work without, beside the process
	Log            *slog.Logger
	Now            func() time.Time
}

type server struct {
	Deps
	visitors  *visitors
	changes   atomic.Uint64 // of articles, by this service
	shown     *shownCards
	hot       *hotPictures
	top       *topLists
	uncounted uncounted
	readiness readiness
	misses    *limiter            // of short codes that lead nowhere
	draws     *limiter            // of articles' pictures in sizes without a name
	uploads   *semaphore.Weighted // bytes of uploads that are held
	kit       map[string]web.KitFile
}

// New is the whole service as one handler.
func New(d Deps) (http.Handler, error) {
	s := &server{Deps: d, visitors: newVisitors(), uploads: newUploads(),
		misses: newLimiter(missBurst, missEvery), draws: newLimiter(drawBurst, drawEvery)}
	s.shown, s.hot = newShownCards(&s.changes), newHotPictures(&s.changes)
	s.top = newTopLists(d.Clicks.Top, d.Now)
	s.Articles = watched{d.Articles, s.changed}
	var err error
	if s.kit, err = makeKit(); err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard)
	e.HTTPErrorHandler = s.refuse
	e.IPExtractor = extractor(d.TrustedProxies)
	e.Pre(s.identify, s.log, s.recover, secure, rawPath)
	s.routes(getter{e})
	return front{s, e}, nil
}

// routes is the map of the service. api/openapi.yaml describes each; a test holds them together.
func (s *server) routes(r getter) {
	token := s.token
	r.GET("/", s.studio)
	r.GET("/studio.json", s.studioState)
	r.GET("/studio/figures.json", s.studioFigures)
	r.GET("/studio/cards.zip", s.studioZip)
	r.GET("/studio/photo", s.studioPhotoView)
	r.POST("/studio/photos", s.studioPhoto)
	r.POST("/studio/read", s.studioRead)
	r.GET("/docs", s.docsPage)
	r.GET("/openapi.json", s.openapiJSON)
	r.GET("/static/:file", s.static)

	r.GET("/embed/:file", s.embedKit, public)
	r.GET("/v1/share-links", s.shareLinks, public)
	r.GET("/v1/card.jpg", s.signedCard)
	r.GET("/v1/card.png", s.signedCard)
	r.GET("/cards/:id/:version/:file", s.articlePicture)
	r.GET("/cards/:id/:file", s.currentPicture)

	r.GET("/v1/articles", s.listArticles, token)
	r.PUT("/v1/articles/:id", s.putArticle, token)
	r.POST("/v1/articles\\:preview", s.previewArticle, token)
	r.GET("/v1/articles/:id", s.article, token)
	r.DELETE("/v1/articles/:id", s.deleteArticle, token)
	r.GET("/v1/articles/:id/meta", s.articleMeta, token)
	r.GET("/v1/articles/:id/stats", s.articleStats, token)
	r.GET("/v1/articles/:id/share-bar", s.shareBar, public)
	r.POST("/v1/photos", s.uploadPhoto, token)

	r.GET("/s/:code", s.openStory)
	r.GET("/s/:code/:target", s.shareStory)
	r.POST("/s/:code/:target", s.countShare, public)
	r.GET("/kakao", s.kakaoPage)
	r.GET("/kakao/:code", s.kakaoStory)
	r.POST("/v1/kakao/callback", s.kakaoCallback)
	r.GET("/v1/top", s.topStories, public)
	r.GET("/oembed", s.oembed, public)

	r.GET("/healthz", s.healthz)
	r.GET("/readyz", s.readyz)
}

// getter registers every GET route for HEAD too, which Echo does not.
type getter struct{ *echo.Echo }

// GET registers the route for GET and HEAD; net/http drops the body of an answer to HEAD.
func (g getter) GET(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	g.Echo.GET(path, h, m...)
	g.HEAD(path, h, m...)
}

// public lets pages of other origins read the answer.
func public(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Access-Control-Allow-Origin", "*")
		return next(c)
	}
}

// absolute is a path of this service as an absolute URL.
func (s *server) absolute(path string) string { return s.PublicURL + path }
