// Package handlers speaks HTTP: it decodes a request, calls one thing, and encodes the answer.
// It alone imports Echo.
package handlers

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/audience"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/respcache"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Articles registers and shows articles; package stories.
type Articles interface {
	Put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error)
	Article(ctx context.Context, id string) (store.Record, error)
	Articles(ctx context.Context, cursor string, limit int) ([]store.Record, string, error)
	Delete(ctx context.Context, id string) error
	Current(ctx context.Context, id string) (store.Record, error)
	ByCode(ctx context.Context, code string) (store.Record, error)
	ByURL(ctx context.Context, url string) (store.Record, error)
	Card(ctx context.Context, q stories.PictureRequest) (card.Card, error)
}

// Pictures draws cards; package pictures.
type Pictures interface {
	Preview(ctx context.Context, c card.Card, format string, o pictures.Options) (pictures.Image, error)
	Key(c card.Card, format string) card.Key
	Kept(ctx context.Context, key card.Key, format string) (pictures.Image, bool)
	Lasts(c card.Card) bool
	Figures(ctx context.Context, c card.Card, sizes []card.Size) ([]pictures.Figures, error)
}

// Clicks counts; package store.
type Clicks interface {
	AddClick(ctx context.Context, c store.Click) (counted bool, err error)
	ConfirmShare(ctx context.Context, c store.Confirmation) (counted bool, err error)
	Stats(ctx context.Context, id string, since time.Time) (store.Stats, error)
	Top(ctx context.Context, q store.TopQuery) ([]store.TopStory, error)
}

// Photos keeps uploads; package photos.
type Photos interface {
	Upload(ctx context.Context, data []byte) (photos.Photo, error)
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
	Token          string // of the articles API; it signs in to the studio too
	Designs        Designs
	OpenStudio     bool // the service listens on a loopback address: local requests need no token for the studio
	TrustedProxies []netip.Prefix
	Ready          func() bool // whether the process takes requests
	Parts          []Part      // what the service cannot do its work without, beside the process
	Log            *slog.Logger
	Now            func() time.Time
}

type server struct {
	Deps
	visitors  audience.Visitors
	answers   *respcache.Cache // of pictures
	top       *topLists
	uncounted uncounted
	failures  failures
	readiness readiness
	misses    *limiter // of short codes that lead nowhere
	draws     *limiter // of articles' pictures in sizes without a name
	signIns   *limiter // with a wrong token
	sessions  sessions
	uploads   *semaphore.Weighted // bytes of uploads that are held
	kit       map[string]web.KitFile
}

// New is the whole service as one handler.
func New(d Deps) (http.Handler, error) {
	s := &server{Deps: d, answers: respcache.New(maxAnswers), uploads: newUploads(),
		misses: newLimiter(missBurst, missEvery), draws: newLimiter(drawBurst, drawEvery), signIns: newLimiter(signInBurst, signInEvery),
		sessions: newSessions(d.Token, d.PublicURL)}
	s.top = newTopLists(s.countTop, d.Now)
	s.Articles = watched{d.Articles, s.changed}
	var err error
	if s.kit, err = makeKit(); err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard)
	e.HTTPErrorHandler = s.answerError
	e.IPExtractor = extractor(d.TrustedProxies)
	e.Pre(identify, s.log, s.recover, secure, rawPath)
	s.routes(newRouter(s, e))
	return e, nil
}

// routes is the map of the service: every route with who may use it. api/openapi.yaml describes
// each; tests hold them together, and try each without authority.
func (s *server) routes(r router) {
	r.GET("/", editor, s.studio)
	r.POST("/", anyone, s.signIn)
	r.POST("/studio/sign-out", anyone, s.signOut)
	r.GET("/studio.json", editor, s.studioState)
	r.GET("/studio/figures.json", editor, s.studioFigures)
	r.GET("/studio/cards.zip", editor, s.studioZip)
	r.GET("/studio/photo", editor, s.studioPhotoView)
	r.POST("/studio/photos", editor, s.uploadPhoto)
	r.POST("/studio/read", editor, s.previewArticle)
	r.GET("/docs", anyone, s.docsPage)
	r.GET("/openapi.json", anyone, s.openapiJSON)
	r.GET("/static/:file", anyone, s.static)

	r.GET("/embed/:file", anyone, s.embedKit, crossOrigin)
	r.GET("/v1/share-links", anyone, s.shareLinks, crossOrigin)
	r.GET("/v1/card.jpg", signature, s.signedCard)
	r.GET("/v1/card.png", signature, s.signedCard)
	r.GET("/cards/:id/:version/:file", anyone, s.articlePicture)
	r.GET("/cards/:id/:file", anyone, s.currentPicture)

	r.GET("/v1/articles", tokenHolder, s.listArticles)
	r.PUT("/v1/articles/:id", tokenHolder, s.putArticle)
	r.POST("/v1/articles\\:preview", tokenHolder, s.previewArticle)
	r.GET("/v1/articles/:id", tokenHolder, s.article)
	r.DELETE("/v1/articles/:id", tokenHolder, s.deleteArticle)
	r.GET("/v1/articles/:id/meta", tokenHolder, s.articleMeta)
	r.GET("/v1/articles/:id/stats", tokenHolder, s.articleStats)
	r.GET("/v1/articles/:id/share-bar", anyone, s.shareBar, crossOrigin)
	r.POST("/v1/photos", tokenHolder, s.uploadPhoto)

	r.GET("/s/:code", anyone, s.openStory)
	r.GET("/s/:code/:target", anyone, s.shareStory)
	r.POST("/s/:code/:target", anyone, s.countShare, crossOrigin)
	r.GET("/kakao", anyone, s.kakaoPage)
	r.GET("/kakao/:code", anyone, s.kakaoStory)
	r.POST("/v1/kakao/callback", kakaoKey, s.kakaoCallback)
	r.GET("/v1/top", anyone, s.topStories, crossOrigin)
	r.GET("/oembed", anyone, s.oembed, crossOrigin)

	r.GET("/healthz", anyone, s.healthz)
	r.GET("/readyz", anyone, s.readyz)
}

// crossOrigin lets pages of other origins read the answer.
func crossOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Access-Control-Allow-Origin", "*")
		return next(c)
	}
}

// absolute is a path of this service as an absolute URL.
func (s *server) absolute(path string) string { return s.PublicURL + path }
