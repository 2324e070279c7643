package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// maxJSON is the most that a JSON body may have, in bytes.
const maxJSON = 64 << 10

const token = "the-token"

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// fakes stand for what the handlers call; a nil function is never expected to be called.
type fakeArticles struct {
	PutFn  func(article.Article, stories.PutOptions) (stories.Result, error)
	byID   func(id string) (store.Record, error)
	byCode func(code string) (store.Record, error)
	// RefreshFn answers a refresh; nil: the article as it is
	RefreshFn  func(id string, o stories.PutOptions) (stories.Result, error)
	found      []stories.Warning // by an audit
	uses       store.PhotoUses
	withdrawal stories.Withdrawal
	photoErr   error // of Photo and WithdrawPhoto
	// current is what readers may see; nil: the same as byID
	current    func(id string) (store.Record, error)
	listed     []store.Record                         // the only page of the list; nil: one story and a cursor
	queries    []store.ArticleQuery                   // that were asked of the list
	byURL      func(url string) (store.Record, error) // nil: only the storm is found
	shownUntil time.Time                              // of pictures: see stories.Picture, as is barred
	latest     string
	barred     bool
	past       []store.Period // the history of each article, the last one first; nil: its current version alone
	// changing is called with the context of each change; nil: nothing is called
	changing func(ctx context.Context)
}

func (f *fakeArticles) change(ctx context.Context) {
	if f.changing != nil {
		f.changing(ctx)
	}
}

func (f *fakeArticles) Put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error) {
	f.change(ctx)
	if err := f.check(a.ID, o.If); err != nil {
		return stories.Result{}, err
	}
	return f.PutFn(a, o)
}

// check returns the error of a condition that the article does not fulfil.
func (f *fakeArticles) check(id string, condition stories.Condition) error {
	if condition == nil {
		return nil
	}
	rec, err := f.byID(id)
	if !condition(rec, err == nil) {
		return stories.ErrPrecondition
	}
	return nil
}

func (f *fakeArticles) Update(
	ctx context.Context, id string, change func(article.Article) (article.Article, error), o stories.PutOptions,
) (stories.Result, error) {
	rec, err := f.byID(id)
	if err != nil {
		return stories.Result{}, err
	}
	a, err := change(rec.Article)
	if err != nil {
		return stories.Result{}, err
	}
	a, _ = a.Over(rec.Article)
	return f.Put(ctx, a, o)
}
func (f *fakeArticles) Retract(ctx context.Context, id string, condition stories.Condition) (stories.Result, error) {
	f.change(ctx)
	if err := f.check(id, condition); err != nil {
		return stories.Result{}, err
	}
	rec, err := f.byID(id)
	return stories.Result{Record: rec}, err
}
func (f *fakeArticles) Article(_ context.Context, id string) (store.Record, error) { return f.byID(id) }
func (f *fakeArticles) Current(_ context.Context, id string) (store.Record, error) {
	if f.current != nil {
		return f.current(id)
	}
	return f.byID(id)
}
func (f *fakeArticles) Articles(_ context.Context, q store.ArticleQuery) ([]store.Record, store.Cursor, error) {
	f.queries = append(f.queries, q)
	next := store.Cursor{ID: "storm-1"}
	if !q.Since.IsZero() {
		next.Changed = noon
	}
	if f.listed != nil {
		return f.listed, store.Cursor{}, nil
	}
	return []store.Record{storm()}, next, nil
}
func (f *fakeArticles) History(_ context.Context, id string, before int64, limit int) ([]store.Period, error) {
	if f.past != nil {
		return f.past[:min(limit, len(f.past))], nil
	}
	rec, err := f.byID(id)
	if err != nil || before != 0 {
		return nil, err
	}
	return []store.Period{{Record: rec, Number: rec.Revision, From: noon}}, nil
}
func (f *fakeArticles) Version(_ context.Context, id, version string) (store.Record, error) {
	for _, p := range f.past {
		if p.Version == version {
			return p.Record, nil
		}
	}
	return store.Record{}, store.ErrNotFound
}
func (f *fakeArticles) Sites(context.Context, int) ([]string, error) {
	return []string{"Metro Daily", "The Harbor Post"}, nil
}
func (f *fakeArticles) Refresh(ctx context.Context, id string, o stories.PutOptions) (stories.Result, error) {
	f.change(ctx)
	if f.RefreshFn != nil {
		return f.RefreshFn(id, o)
	}
	rec, err := f.byID(id)
	if err == nil {
		err = f.check(id, o.If)
	}
	return stories.Result{Record: rec}, err
}
func (f *fakeArticles) Audit(_ context.Context, id string) (stories.Result, error) {
	rec, err := f.byID(id)
	return stories.Result{Record: rec, Warnings: f.found}, err
}
func (f *fakeArticles) Photo(_ context.Context, id string) (stories.StoredPhoto, error) {
	return stories.StoredPhoto{Photo: photos.Photo{ID: id, Width: 2, Height: 1, Type: "image/png"}, Bytes: 9, Uses: f.uses}, f.photoErr
}
func (f *fakeArticles) WithdrawPhoto(ctx context.Context, _ string) (stories.Withdrawal, error) {
	f.change(ctx)
	return f.withdrawal, f.photoErr
}
func (f *fakeArticles) DeleteIf(ctx context.Context, id string, condition stories.Condition) error {
	f.change(ctx)
	if _, err := f.byID(id); err != nil {
		return err
	}
	return f.check(id, condition)
}
func (f *fakeArticles) ByCode(_ context.Context, code string) (store.Record, error) {
	return f.byCode(code)
}
func (f *fakeArticles) ByURL(_ context.Context, urls ...string) (rec store.Record, err error) {
	find := func(u string) (store.Record, error) {
		if u == storm().Article.URL {
			return storm(), nil
		}
		return store.Record{}, store.ErrNotFound
	}
	if f.byURL != nil {
		find = f.byURL
	}
	for _, u := range urls {
		if rec, err = find(u); !errors.Is(err, store.ErrNotFound) || errors.Is(err, stories.ErrEmbargoed) {
			break
		}
	}
	return rec, err
}
func (f *fakeArticles) Card(ctx context.Context, q stories.PictureRequest) (stories.Picture, error) {
	find := f.Current
	if q.Embargoed {
		find = f.Article
	}
	rec, err := find(ctx, q.ID)
	if err != nil {
		return stories.Picture{}, err
	}
	size, err := card.ParseSize(q.Size)
	if err != nil {
		return stories.Picture{}, &card.FieldError{Field: "size", Problem: err.Error()}
	}
	c := rec.Article.Card(size)
	if rec.PhotoID != "" {
		c.Photo.URL = rec.PhotoID
	}
	return stories.Picture{Card: c, Until: f.shownUntil, Brief: f.barred, Latest: f.latest}, nil
}

type fakePictures struct {
	draw  func(c card.Card, format string, o pictures.Options) (pictures.Image, error)
	drawn int
	kept  []byte // the picture that was drawn before; nil: none
	look  func() // called when a kept picture is asked for; nil: nothing
	keys  int    // times that a picture's key was asked for
	// figures are of the card in its size
	figures func(c card.Card) (pictures.Figures, error)
	// withdrawn is the ID of a withdrawn photo; keptPhoto that of the picture that was drawn before
	withdrawn, keptPhoto string
	small                []string // the cards that were asked for small
}

func (f *fakePictures) Withdrawn(photo string) bool { return photo != "" && photo == f.withdrawn }

func (f *fakePictures) Preview(_ context.Context, c card.Card, format string, o pictures.Options) (pictures.Image, error) {
	f.drawn++
	return f.draw(c, format, o)
}

// fakeKey is the key whose tag the tests know.
const fakeKey = "b5a8"

func (f *fakePictures) Key(card.Card, string) card.Key {
	f.keys++
	return fakeKey
}

func (f *fakePictures) Permanent(c card.Card) bool {
	return c.Photo.URL == "" || strings.HasPrefix(c.Photo.URL, "upload:")
}

func (f *fakePictures) Cached(_ context.Context, k card.Key, format string, byURL bool) (pictures.Image, bool) {
	if f.look != nil {
		f.look()
	}
	if byURL && f.keptPhoto != "" {
		k = k.With(f.keptPhoto)
	}
	img := pictures.Image{Bytes: f.kept, Type: card.MediaType(format), ETag: k.ETag(), Photo: f.keptPhoto}
	return img, f.kept != nil && !f.Withdrawn(f.keptPhoto)
}

func (f *fakePictures) Figures(_ context.Context, c card.Card, sizes []card.Size) ([]pictures.Figures, error) {
	var all []pictures.Figures
	for _, c.Size = range sizes {
		one, err := f.figures(c)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (f *fakePictures) Small(_ context.Context, c card.Card, width int) (pictures.Image, error) {
	f.small = append(f.small, fmt.Sprintf("%s %d", c.Values().Encode(), width))
	return pictures.Image{Bytes: []byte("small"), Type: "image/jpeg"}, nil
}

type fakeClicks struct {
	asked     []store.TopQuery
	taps      []store.Click
	uncounted []store.Uncounted
	confirmed []store.Confirmation
	top       store.Record // the first of the Top 10; zero: the storm
	noTop     bool
	err       error
	keyErr    error // of the key of the day
}

func (f *fakeClicks) ConfirmShare(_ context.Context, c store.Confirmation) (bool, error) {
	f.confirmed = append(f.confirmed, c)
	return true, f.err
}

func (f *fakeClicks) AddClick(_ context.Context, c store.Click) error {
	f.taps = append(f.taps, c)
	return f.err
}
func (f *fakeClicks) AddUncounted(u store.Uncounted) error {
	f.uncounted = append(f.uncounted, u)
	return f.err
}
func (f *fakeClicks) DailyKey(ctx context.Context, _ time.Time) ([32]byte, error) {
	if err := ctx.Err(); err != nil {
		return [32]byte{}, err
	}
	return [32]byte{1}, f.keyErr
}
func (f *fakeClicks) Stats(context.Context, string, time.Time) (store.Stats, error) {
	return store.Stats{Clicks: 2, Shares: 1, By: map[string]int64{"mail": 1},
		Uncounted: map[store.Reason]int64{store.ByCrawler: 4, store.OverShare: 5}}, f.err
}
func (f *fakeClicks) Series(context.Context, string, time.Time, time.Duration) ([]store.Point, error) {
	return []store.Point{{At: noon.Add(-2 * time.Hour), N: 1}, {At: noon, N: 1}, {At: noon, Target: "mail", N: 1}}, f.err
}
func (f *fakeClicks) Top(_ context.Context, q store.TopQuery) ([]store.TopStory, error) {
	f.asked = append(f.asked, q)
	if f.noTop {
		return nil, f.err
	}
	first := f.top
	if first.Code == "" {
		first = storm()
	}
	return []store.TopStory{{Record: first, Clicks: 2}}, f.err
}
func (f *fakeClicks) Ping(context.Context) error { return f.err }

type fakePhotos struct{ err error }

func (f *fakePhotos) Upload(context.Context, []byte) (photos.Photo, error) {
	return photos.Photo{ID: "upload:1", Width: 2, Height: 1, Type: "image/png"}, f.err
}

func (f *fakePhotos) Show(context.Context, string) ([]byte, string, error) {
	return []byte("photo"), "image/png", f.err
}

func (f *fakePhotos) ShowSmall(context.Context, string, int) ([]byte, string, error) {
	return []byte("small"), "image/jpeg", f.err
}

func (f *fakePhotos) Add(context.Context, []byte) (string, error) {
	return "upload:fedcba9876543210", f.err
}

func storm() store.Record {
	a := article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm & “front”", Caption: "Waves", Site: "The Harbor Post",
		Photo: article.Photo{URL: "https://pictures.example/a.jpg"}}
	return store.Record{Article: a, Version: a.Version(""), PhotoID: "upload:1", Code: "abcdefg", Created: noon, Updated: noon, Changed: noon, Revision: 3}
}

// house is a service on fakes; every part can be changed before a request.
type house struct {
	articles *fakeArticles
	pictures *fakePictures
	clicks   *fakeClicks
	photos   *fakePhotos
	journal  fakeJournal
	deps     Deps
	foreign  bool // the requests are not such as the OpenAPI document describes
}

func newHouse(t testing.TB) *house {
	t.Helper()
	pages, err := web.New()
	if err != nil {
		t.Fatal(err)
	}
	signer, err := card.NewSigner([]byte(strings.Repeat("k", card.MinKey)))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{
		articles: &fakeArticles{
			byID: func(id string) (store.Record, error) {
				if id == "storm-1" {
					return storm(), nil
				}
				return store.Record{}, store.ErrNotFound
			},
			byCode: func(code string) (store.Record, error) {
				switch code {
				case "abcdefg":
					return storm(), nil
				case "withdrawn":
					return store.Record{}, store.ErrGone
				}
				return store.Record{}, store.ErrNotFound
			},
			PutFn: func(a article.Article, _ stories.PutOptions) (stories.Result, error) {
				a, err := a.Normalize()
				if err != nil {
					return stories.Result{}, err
				}
				return stories.Result{Record: store.Record{Article: a, Version: a.Version(""), Code: "abcdefg"}, Created: true}, nil
			},
		},
		pictures: &fakePictures{draw: func(_ card.Card, format string, _ pictures.Options) (pictures.Image, error) {
			return pictures.Image{Bytes: []byte("picture"), Type: card.MediaType(format), ETag: `"tag"`}, nil
		}},
		clicks: &fakeClicks{}, photos: &fakePhotos{},
	}
	h.deps = Deps{
		Articles: h.articles, Pictures: h.pictures, Clicks: h.clicks, Photos: h.photos, Signer: signer, Pages: pages,
		Share: share.Config{BaseURL: "https://cards.example"}, PublicURL: "https://cards.example", Token: token, Designs: fakeDesigns{},
		Parts: []Part{{"database", h.clicks.Ping}}, Journal: &h.journal, Sessions: &seated,
		Ready: func() bool { return true }, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon },
	}
	return h
}

func (h *house) do(t *testing.T, r *http.Request) *http.Response {
	t.Helper()
	begin := newService
	if h.foreign {
		begin = newHostileService
	}
	handler, err := begin(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func request(method, target, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, "https://cards.example"+target, strings.NewReader(body))
	r.Header.Set("User-Agent", "Mozilla/5.0 (Macintosh) Safari/605.1.15")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func authorized(method, target, body string) *http.Request {
	return request(method, target, body, "Authorization", "Bearer "+token)
}

func text(t *testing.T, resp *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// putFails makes every PUT fail.
func putFails(err error) func(*house) {
	return func(h *house) {
		h.articles.PutFn = func(article.Article, stories.PutOptions) (stories.Result, error) { return stories.Result{}, err }
	}
}

// TestRefusals is the table of everything the API refuses, and how.
func TestRefusals(t *testing.T) {
	fine := `{"url":"https://news.example/a","headline":"A"}`
	put := func(body string) *http.Request { return authorized("PUT", "/v1/articles/a", body) }
	signed := func(q url.Values, expires time.Time) string {
		signer, _ := card.NewSigner([]byte(strings.Repeat("k", card.MinKey)))
		return "/v1/card.jpg?" + signer.Sign("/v1/card.jpg", q, expires).Encode()
	}
	for _, tt := range []struct {
		why    string
		req    *http.Request
		change func(*house)
		status int
		code   string
		field  string
	}{
		{"no route", request("GET", "/nothing", ""), nil, 404, "not_found", ""},
		{"wrong method", request("POST", "/v1/top", ""), nil, 405, "invalid_request", ""},
		{"no token", request("PUT", "/v1/articles/a", fine), nil, 401, "unauthorized", ""},
		{"wrong token", request("GET", "/v1/articles/a", "", "Authorization", "Bearer x"), nil, 401, "unauthorized", ""},
		{"other scheme", request("GET", "/v1/articles/a", "", "Authorization", "Basic "+token), nil, 401, "unauthorized", ""},
		{"upload without token", request("POST", "/v1/photos", "x"), nil, 401, "unauthorized", ""},
		{"studio upload from afar", request("POST", "/studio/photos", "x"), nil, 401, "unauthorized", ""},
		{"no body", put(""), nil, 400, "invalid_request", "body"},
		{"no object", put("[1]"), nil, 400, "invalid_request", "body"},
		{"a string", put(`"a"`), nil, 400, "invalid_request", "body"},
		{"half an object", put(`{"url":`), nil, 400, "invalid_request", "body"},
		{"two objects", put(fine + fine), nil, 400, "invalid_request", "body"},
		{"invalid UTF-8", put("{\"headline\":\"\xff\xfe\"}"), nil, 400, "invalid_request", "body"},
		{"unknown field", put(`{"url":"https://a.example/","headline":"A","colour":"red"}`), nil, 400, "invalid_request", "colour"},
		{"unknown inner field", put(`{"url":"https://a.example/","headline":"A","photo":{"src":"x"}}`), nil, 400, "invalid_request", "photo.src"},
		{"other spelling", put(`{"URL":"https://a.example/","headline":"A"}`), nil, 400, "invalid_request", "URL"},
		{"twice", put(`{"url":"https://a.example/","headline":"A","headline":"B"}`), nil, 400, "invalid_request", "headline"},
		{"wrong type", put(`{"url":"https://a.example/","headline":1}`), nil, 400, "invalid_request", "headline"},
		{"wrong inner type", put(`{"url":"https://a.example/","headline":"A","photo":{"focal":"center"}}`), nil, 400, "invalid_request", "photo.focal"},
		{"three numbers", put(`{"url":"https://a.example/","headline":"A","photo":{"focal":[1,1,1]}}`), nil, 400, "invalid_request", "photo.focal"},
		{"half a focal point", put(`{"url":"https://a.example/","headline":"A","photo":{"focal":[null,1]}}`), nil, 400, "invalid_request", "photo.focal"},
		{"a tag that is null", put(`{"url":"https://a.example/","headline":"A","tags":["a",null]}`), nil, 400, "invalid_request", "tags"},
		{"half a character", put(`{"url":"https://a.example/","headline":"A \ud83d b"}`), nil, 400, "invalid_request", "body"},
		{"wrong time", put(`{"url":"https://a.example/","headline":"A","published_at":"noon"}`), nil, 400, "invalid_request", "published_at"},
		{"time of another type", put(`{"url":"https://a.example/","headline":"A","updated_at":7}`), nil, 400, "invalid_request", "updated_at"},
		{"time in the year 10000", put(`{"url":"https://a.example/","headline":"A","published_at":"9999-12-31T23:59:59-05:00"}`), nil, 400, "invalid_request", "published_at"},
		{"time before the year 1", put(`{"url":"https://a.example/","headline":"A","embargo_until":"0000-06-01T00:00:00Z"}`), nil, 400, "invalid_request", "embargo_until"},
		{"a list as the body", put(`[]`), nil, 400, "invalid_request", "body"},
		{"a headline that nobody sees", put(`{"url":"https://a.example/","headline":"\u3164\u200b\u00a0"}`), nil, 400, "invalid_request", "headline"},
		{"missing headline", put(`{"url":"https://a.example/"}`), nil, 400, "invalid_request", "headline"},
		{"missing url", put(`{"headline":"A"}`), nil, 400, "invalid_request", "url"},
		{"script url", put(`{"url":"javascript:alert(1)","headline":"A"}`), nil, 400, "invalid_request", "url"},
		{"control character", put(`{"url":"https://a.example/","headline":"A\u0000"}`), nil, 400, "invalid_request", "headline"},
		{"large body", put(`{"headline":"` + strings.Repeat("a", maxJSON) + `"}`), nil, 413, "too_large", ""},
		{"large photo", authorized("POST", "/v1/photos", strings.Repeat("a", 10<<20+1)), nil, 413, "too_large", ""},
		{"bad id", authorized("PUT", "/v1/articles/a~b", fine), nil, 400, "invalid_request", "id"},
		{"unknown parameter", authorized("PUT", "/v1/articles/a?forced=1", fine), nil, 400, "invalid_request", "forced"},
		{"odd force", authorized("PUT", "/v1/articles/a?force=yes", fine), nil, 400, "invalid_request", "force"},
		{"repeated parameter", authorized("PUT", "/v1/articles/a?strict=1&strict=0", fine), nil, 400, "invalid_request", "strict"},
		{"odd flag", authorized("PUT", "/v1/articles/a?dry_run=maybe", fine), nil, 400, "invalid_request", "dry_run"},
		{"unknown article", authorized("GET", "/v1/articles/b", ""), nil, 404, "not_found", ""},
		{"no such picture", request("GET", "/cards/b/v/og.jpg", ""), nil, 404, "not_found", ""},
		{"no such size", request("GET", "/cards/storm-1/v/huge.jpg", ""), nil, 404, "not_found", ""},
		{"no such format", request("GET", "/cards/storm-1/v/og.gif", ""), nil, 404, "not_found", ""},
		{"encoded slash", request("GET", "/cards/storm-1%2Fv/og.jpg", ""), nil, 404, "not_found", ""},
		{"doubly encoded", request("GET", "/static/..%252Fx.css", ""), nil, 404, "not_found", ""},
		{"backslash", request("GET", "/static/..%5Cx.css", ""), nil, 404, "not_found", ""},
		{"other host in the path", request("GET", "//evil.example/%2e%2e", ""), nil, 404, "not_found", ""},
		{"unknown code", request("GET", "/s/aaaaaaa", ""), nil, 404, "not_found", ""},
		{"short code", request("GET", "/s/a", ""), nil, 404, "not_found", ""},
		{"withdrawn story", request("GET", "/s/withdrawn", ""), nil, 410, "expired", ""},
		{"unknown target", request("GET", "/s/abcdefg/myspace", ""), nil, 404, "not_found", ""},
		{"unsigned card", request("GET", "/v1/card.jpg?headline=A", ""), nil, 403, "bad_signature", ""},
		{"forged card", request("GET", "/v1/card.jpg?headline=A&sig=AAAA", ""), nil, 403, "bad_signature", ""},
		{"expired card", request("GET", signed(url.Values{"headline": {"A"}}, noon), ""), nil, 410, "expired", ""},
		{"signed nonsense", request("GET", signed(url.Values{"headline": {"A"}, "size": {"9x9"}}, time.Time{}), ""), nil, 400, "invalid_request", "size"},
		{"forged and repeated", request("GET", "/v1/card.jpg?headline=A&headline=B&sig=AAAA", ""), nil, 400, "invalid_request", "headline"},
		{"forged and unknown", request("GET", "/v1/card.jpg?headline=A&colour=red&sig=AAAA", ""), nil, 400, "invalid_request", "colour"},
		{"forged and malformed", request("GET", "/v1/card.jpg?headline=%zz&sig=AAAA", ""), nil, 400, "invalid_request", "query"},
		{"signed and malformed", request("GET", signed(url.Values{"headline": {"A"}}, time.Time{})+"&caption=%zz", ""), nil, 400, "invalid_request", "query"},
		{"semicolon", request("GET", "/v1/card.jpg?headline=A;caption=B&sig=AAAA", ""), nil, 400, "invalid_request", "query"},
		{"forged and no text", request("GET", "/v1/card.jpg?headline=%ff&sig=AAAA", ""), nil, 400, "invalid_request", "headline"},
		{"NUL in a card", request("GET", "/v1/card.jpg?headline=%00&sig=AAAA", ""), nil, 400, "invalid_request", "headline"},
		{"two signatures", request("GET", "/v1/card.jpg?headline=A&sig=AAAA&sig=AAAA", ""), nil, 400, "invalid_request", "sig"},
		{"odd strictness", request("GET", signed(url.Values{"headline": {"A"}}, time.Time{})+"&strict=foo", ""), func(h *house) { h.pictures.kept = []byte("picture") }, 400, "invalid_request", "strict"},
		{"odd strictness of a story's", request("GET", "/cards/storm-1/v/og.jpg?strict=foo", ""), func(h *house) { h.pictures.kept = []byte("picture") }, 400, "invalid_request", "strict"},
		{"strictness given twice", request("GET", "/cards/storm-1/v/og.jpg?strict=1&strict=1", ""), nil, 400, "invalid_request", "strict"},
		{"malformed strictness", request("GET", "/cards/storm-1/v/og.jpg?strict=%zz", ""), nil, 400, "invalid_request", "strict"},
		{"links without url", request("GET", "/v1/share-links?title=A", ""), nil, 400, "invalid_request", "url"},
		{"links without title", request("GET", "/v1/share-links?url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"links with an empty title", request("GET", "/v1/share-links?title=&url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"links with a title that nobody sees", request("GET", "/v1/share-links?title=%09%E3%80%80%E2%80%A8%E2%80%8B&url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"links to a file", request("GET", "/v1/share-links?title=A&url=file:///etc/passwd", ""), nil, 400, "invalid_request", "url"},
		{"links to nowhere", request("GET", "/v1/share-links?title=A&url=https://a.example/&targets=myspace", ""), nil, 400, "invalid_request", "targets"},
		{"links with two titles", request("GET", "/v1/share-links?title=A&title=B&url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"links with a malformed title", request("GET", "/v1/share-links?title=100%&url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"links with a semicolon", request("GET", "/v1/share-links?title=A;B&url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"NUL in a query", request("GET", "/v1/share-links?title=%00&url=https://a.example/", ""), nil, 400, "invalid_request", "title"},
		{"window", request("GET", "/v1/top?window=99d", ""), nil, 400, "invalid_request", "window"},
		{"limit", request("GET", "/v1/top?limit=0", ""), nil, 400, "invalid_request", "limit"},
		{"order", request("GET", "/v1/top?by=luck", ""), nil, 400, "invalid_request", "by"},
		{"cursor", authorized("GET", "/v1/articles?cursor=a%20b", ""), nil, 400, "invalid_request", "cursor"},
		{"oembed format", request("GET", "/oembed?url=https://news.example/storm&format=yaml", ""), nil, 501, "invalid_request", "format"},
		{"oembed unknown", request("GET", "/oembed?url=https://news.example/other", ""), nil, 404, "not_found", ""},
		{"kakao script url", request("GET", "/kakao?url=javascript:alert(1)&title=A", ""), nil, 400, "invalid_request", "url"},
		{"no image", authorized("POST", "/v1/photos", "x"), func(h *house) { h.photos.err = photo.ErrUnsupported }, 415, "unsupported_image", ""},
		{"photo unreachable", put(fine), putFails(fetch.ErrUnavailable), 422, "source_unavailable", "photo.url"},
		{"photo too large", put(fine), putFails(fault.ErrImageTooLarge), 422, "image_too_large", "photo.url"},
		{"photo broken", put(fine), putFails(photo.ErrInvalid), 422, "image_invalid", "photo.url"},
		{"half a photo", put(fine), putFails(fault.ErrSourceIncomplete), 422, "source_incomplete", "photo.url"},
		{"half an upload", authorized("POST", "/v1/photos", "x"), func(h *house) { h.photos.err = fault.ErrSourceIncomplete }, 422, "image_invalid", ""},
		{"photo slow", put(fine), putFails(fetch.ErrTimeout), 504, "source_timeout", "photo.url"},
		{"range outside", request("GET", "/cards/storm-1/v/og.jpg", "", "Range", "bytes=9999-"), nil, 416, "invalid_request", ""},
		{"overloaded", put(fine), putFails(pictures.ErrOverloaded), 503, "overloaded", ""},
		{"stale", put(fine), putFails(errors.Join(fault.Public(fault.Stale, "stale", "updated_at is older"), fault.InField("updated_at", "is older"))), 409, "stale", "updated_at"},
		{"not fulfilled", put(fine), putFails(stories.ErrPrecondition), 412, "precondition_failed", ""},
		{"another picture than demanded", request("GET", "/cards/storm-1/v/og.jpg", "", "If-Match", `"a"`), nil, 412, "precondition_failed", ""},
		{"too late", put(fine), putFails(context.DeadlineExceeded), 503, "overloaded", ""},
		{"our fault", put(fine), putFails(errors.New("the secret of the house")), 500, "internal", ""},
		{"not ready", request("GET", "/readyz", ""), func(h *house) { h.deps.Ready = func() bool { return false } }, 503, "overloaded", ""},
		{"no database", request("GET", "/readyz", ""), func(h *house) { h.clicks.err = errors.New("locked") }, 503, "overloaded", ""},
		{"share not stored", request("POST", "/s/abcdefg/link", ""), func(h *house) { h.clicks.err = store.ErrUnavailable }, 503, "overloaded", ""},
		{"article not stored", put(fine), putFails(store.ErrUnavailable), 503, "overloaded", ""},
		{"photo not stored", authorized("POST", "/v1/photos", "x"), func(h *house) { h.photos.err = photos.ErrNotStored }, 503, "overloaded", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			if tt.change != nil {
				tt.change(h)
			}
			resp := h.do(t, tt.req)
			raw := text(t, resp)
			var body api.Error
			if err := json.Unmarshal([]byte(raw), &body); err != nil {
				t.Fatalf("status %d, no JSON: %s", resp.StatusCode, raw)
			}
			e := body.Error
			if resp.StatusCode != tt.status || e.Code != tt.code || e.Field != tt.field {
				t.Errorf("got %d %s %q: %s", resp.StatusCode, e.Code, e.Field, raw)
			}
			if e.Message == "" || e.RequestId == "" || e.RequestId != resp.Header.Get("X-Request-Id") {
				t.Errorf("incomplete: %s", raw)
			}
			for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Type": "application/json"} {
				if got := resp.Header.Get(name); !strings.HasPrefix(got, want) {
					t.Errorf("%s: %q", name, got)
				}
			}
			if got := resp.Header.Get("Retry-After"); (got != "") != (tt.status == 503) {
				t.Errorf("Retry-After %q", got)
			}
			if strings.Contains(raw, "secret") || resp.Header.Get("Location") != "" {
				t.Errorf("too much is told: %s", raw)
			}
		})
	}
}

func TestSeveralFaultsInOneAnswer(t *testing.T) {
	h := newHouse(t)
	var body api.Error
	raw := text(t, h.do(t, authorized("PUT", "/v1/articles/a", `{"url":"ftp://a","headline":"","lang":"?","font_step":9}`)))
	if err := json.Unmarshal([]byte(raw), &body); err != nil {
		t.Fatal(err)
	}
	var fields []string
	for _, d := range body.Error.Details {
		fields = append(fields, d.Field)
	}
	slices.Sort(fields)
	if got := strings.Join(fields, " "); got != "font_step headline lang url" {
		t.Errorf("details %s: %s", got, raw)
	}
}

func TestFaultsOfABodyStandTogether(t *testing.T) {
	h := newHouse(t)
	var body api.Error
	raw := text(t, h.do(t, authorized("PUT", "/v1/articles/a", `{"url":"https://a.example/","colour":"red","published_at":"yesterday","updated_at":{},"font_step":9}`)))
	if err := json.Unmarshal([]byte(raw), &body); err != nil || len(body.Error.Details) != 5 { // headline too
		t.Errorf("%v: %s", err, raw)
	}
	if raw := text(t, h.do(t, authorized("PUT", "/v1/articles/a", `{"url":"ftp://a","headline":"A"}`))); strings.Contains(raw, "url url") {
		t.Errorf("%s", raw)
	}
}

// TestTopBearsOldTimes: a time that was kept before they were checked is left out.
func TestTopBearsOldTimes(t *testing.T) {
	h := newHouse(t)
	h.clicks.top = storm()
	h.clicks.top.Article.PublishedAt = time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -5*3600))
	if resp := h.do(t, request("GET", "/v1/top", "")); resp.StatusCode != 200 {
		t.Errorf("%d: %s", resp.StatusCode, text(t, resp))
	}
}

// TestTopForPages: the list as HTML and as RSS has the stories of the JSON, with links that are counted.
func TestTopForPages(t *testing.T) {
	h := newHouse(t)
	h.clicks.top = storm()
	h.clicks.top.Article.Headline = `Storm <b>front</b> & "wind"`
	short := "https://cards.example/s/" + h.clicks.top.Code
	for path, want := range map[string][]string{
		"/v1/top.html": {`<h2 class="cards-heading">Top stories</h2>`, `<a class="cards-story" href="` + short + `">`, `>1</span>`,
			`dir="auto">Storm &lt;b&gt;front&lt;/b&gt; &amp; &#34;wind&#34;</span>`, `href="https://cards.example/embed/cards.css"`, `lang="en"`},
		"/v1/top.html?lang=ko":           {`<h2 class="cards-heading">많이 본 기사</h2>`, `lang="ko"`},
		"/v1/top.html?heading=%3Ci%3E+a": {`<h2 class="cards-heading">&lt;i&gt; a</h2>`},
		"/v1/top.rss": {`<title>Top stories</title>`, `<link>https://news.example/</link>`, `<link>` + short + `</link>`,
			`<title>Storm &lt;b&gt;front&lt;/b&gt; &amp; &#34;wind&#34;</title>`, `<guid isPermaLink="false">storm-1</guid>`,
			`href="https://cards.example/v1/top.rss"`, `url="https://cards.example/cards/storm-1/`},
		"/v1/top.rss?heading=Coast&limit=1&lang=ja": {`<title>Coast</title>`, `<language>ja</language>`, `/v1/top.rss?heading=Coast&amp;lang=ja&amp;limit=1"`},
	} {
		resp := h.do(t, request("GET", path, ""))
		got := text(t, resp)
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: no %s in\n%s", path, part, got)
			}
		}
		if resp.StatusCode != 200 || resp.Header.Get("Cache-Control") != "public, max-age=5" || resp.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
	}
	for _, path := range []string{"/v1/top.rss?by=luck", "/v1/top.html?heading=" + strings.Repeat("a", 101)} {
		resp := h.do(t, request("GET", path, ""))
		field, _, _ := strings.Cut(strings.SplitN(path, "?", 2)[1], "=")
		if got := text(t, resp); resp.StatusCode != 400 || !strings.Contains(got, `"field":"`+field+`"`) {
			t.Errorf("%s: %d %s", path, resp.StatusCode, got)
		}
	}
	h.clicks.noTop = true
	if got := text(t, h.do(t, request("GET", "/v1/top.html?window=2h", ""))); !strings.Contains(got, `<p class="cards-empty">No stories yet</p>`) {
		t.Errorf("an empty list: %s", got)
	}
}

// documented is a route's path as the document writes it.
func documented(path string) string {
	path = strings.ReplaceAll(path, `\:`, ":")
	for _, name := range []string{"code", "target", "id", "version"} {
		path = strings.ReplaceAll(path, ":"+name, "{"+name+"}")
	}
	if strings.HasPrefix(path, "/cards/") {
		path = strings.ReplaceAll(path, ":file", "{size}.{format}")
	}
	path = strings.ReplaceAll(path, ":file", "{file}")
	return strings.NewReplacer("card.jpg", "card.{format}", "card.png", "card.{format}").Replace(path)
}

// TestRoutesAreTheDocuments holds the routes and the OpenAPI document together.
func TestRoutesAreTheDocuments(t *testing.T) {
	doc, err := document.Load()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			want = append(want, method+" "+path)
		}
	}
	e := echo.New()
	s := &server{}
	s.routes(newRouter(s, e))
	var got []string
	for _, r := range e.Routes() {
		if r.Method != http.MethodHead {
			got = append(got, r.Method+" "+documented(r.Path))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	got = slices.Compact(got)
	if !slices.Equal(want, got) {
		t.Errorf("document\n%s\nroutes\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
}

func TestEveryGETAnswersHEAD(t *testing.T) {
	for _, target := range []string{
		"/", "/studio.json?headline=A", "/docs", "/openapi.json", "/static/page.css", "/v1/share-links?url=https://a.example/&title=A",
		"/cards/storm-1/v/og.jpg", "/cards/storm-1/og.jpg", "/v1/articles", "/v1/articles/storm-1", "/v1/articles/storm-1/meta",
		"/v1/articles/storm-1/stats", "/s/abcdefg", "/s/abcdefg/mail", "/kakao/abcdefg", "/kakao?url=https://news.example/storm&title=A", "/v1/top",
		"/oembed?url=https://news.example/storm", "/healthz", "/readyz",
	} {
		h := newHouse(t)
		get := h.do(t, authorized("GET", target, ""))
		taps := len(h.clicks.taps)
		head := h.do(t, authorized("HEAD", target, ""))
		if get.StatusCode >= 400 || head.StatusCode != get.StatusCode || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") {
			t.Errorf("%s: GET %d, HEAD %d", target, get.StatusCode, head.StatusCode)
		}
		if len(h.clicks.taps) != taps {
			t.Errorf("%s: HEAD was counted", target)
		}
	}
}

func TestArticleAnswer(t *testing.T) {
	h := newHouse(t)
	h.articles.PutFn = func(a article.Article, o stories.PutOptions) (stories.Result, error) {
		if a.ID != "storm-1" || a.Photo.Focal == nil || a.Photo.Focal.Y != .25 || !o.Strict || o.DryRun {
			t.Errorf("put %+v, %+v", a, o)
		}
		return stories.Result{Record: storm(), Created: true, Warnings: []stories.Warning{{Warning: article.Warning{Code: "source_unavailable", Field: "photo.url", Message: "m"}}}}, nil
	}
	resp := h.do(t, authorized("PUT", "/v1/articles/storm-1?strict=1", `{"url":"https://news.example/storm","headline":"Storm","photo":{"url":"https://pictures.example/a.jpg","focal":[0.5,0.25]}}`))
	if resp.StatusCode != 201 || resp.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("status %d", resp.StatusCode)
	}
	var got api.RegisteredArticle
	if err := json.Unmarshal([]byte(text(t, resp)), &got); err != nil {
		t.Fatal(err)
	}
	v := storm().Version
	if got.Id != "storm-1" || got.Version != v || got.ShortUrl != "https://cards.example/s/abcdefg" ||
		got.Images.Og.Url != "https://cards.example/cards/storm-1/"+v+"/og.jpg" || got.Images.Og.Width != 1200 || got.Images.Og.Height != 630 ||
		got.Images.Kakao.Url != "https://cards.example/cards/storm-1/"+v+"/kakao.jpg" || got.Images.Square.Height != 1200 || got.Images.Twitter.Type != "image/jpeg" {
		t.Errorf("%+v", got)
	}
	if len(got.Warnings) != 1 || got.Warnings[0].Code != "source_unavailable" {
		t.Errorf("warnings %+v", got.Warnings)
	}
	if !strings.Contains(got.MetaHtml, `<meta property="og:image" content="`+got.Images.Og.Url+`">`) {
		t.Errorf("tags %s", got.MetaHtml)
	}
	var order []string
	for _, l := range got.Share[:5] {
		order = append(order, l.Target)
		if l.ShortUrl != "https://cards.example/s/abcdefg/"+l.Target {
			t.Errorf("short %s", l.ShortUrl)
		}
	}
	if strings.Join(order, " ") != "facebook twitter kakao mail link" {
		t.Errorf("order %v", order)
	}
}

func TestPictures(t *testing.T) {
	for _, tt := range []struct {
		why     string
		target  string
		headers []string
		status  int
		drawn   int
		cache   string
		tag     string
	}{
		{"a picture", "/cards/storm-1/v/og.jpg", nil, 200, 1, answer.Forever, `"tag"`},
		{"known already", "/cards/storm-1/v/og.jpg", []string{"If-None-Match", `"other", W/"tag"`}, 304, 0, answer.Forever, `"tag"`},
		{"known another", "/cards/storm-1/v/og.jpg", []string{"If-None-Match", `"other"`}, 200, 1, answer.Forever, `"tag"`},
		{"a part of it", "/cards/storm-1/v/og.jpg", []string{"Range", "bytes=0-2"}, 206, 1, answer.Forever, `"tag"`},
	} {
		h := newHouse(t)
		resp := h.do(t, request("GET", tt.target, "", tt.headers...))
		if resp.StatusCode != tt.status || h.pictures.drawn != tt.drawn || resp.Header.Get("Cache-Control") != tt.cache || resp.Header.Get("ETag") != tt.tag {
			t.Errorf("%s: %d, drawn %d, %v", tt.why, resp.StatusCode, h.pictures.drawn, resp.Header)
		}
	}
	h := newHouse(t)
	if resp := h.do(t, request("GET", "/cards/storm-1/og.jpg", "")); resp.StatusCode != 302 || resp.Header.Get("Location") != "https://cards.example/cards/storm-1/"+storm().Version+"/og.jpg" {
		t.Errorf("current: %d %s", resp.StatusCode, resp.Header.Get("Location"))
	}
}

func TestDegradedPicture(t *testing.T) {
	h := newHouse(t)
	h.pictures.draw = func(_ card.Card, _ string, o pictures.Options) (pictures.Image, error) {
		if o.Strict {
			return pictures.Image{}, fetch.ErrTimeout
		}
		return pictures.Image{Bytes: []byte("x"), Type: "image/jpeg", Degraded: fetch.ErrTimeout}, nil
	}
	resp := h.do(t, request("GET", "/cards/storm-1/v/og.jpg", ""))
	if resp.StatusCode != 200 || resp.Header.Get("X-Card-Degraded") != "source_timeout" || resp.Header.Get("Cache-Control") != "public, max-age=60" || resp.Header.Get("ETag") != "" {
		t.Errorf("%d %v", resp.StatusCode, resp.Header)
	}
	if resp := h.do(t, request("GET", "/cards/storm-1/v/og.jpg?strict=1", "")); resp.StatusCode != 504 {
		t.Errorf("strict: %d", resp.StatusCode)
	}
}

// TestCachesOutliveNoURL: no cache is told to store a picture for longer than its URL is valid.
func TestCachesOutliveNoURL(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		valid time.Duration // 0: for ever
		want  string
	}{
		{0, answer.Forever}, {2 * time.Second, "public, max-age=2"}, {24 * time.Hour, "public, max-age=86400"},
		{2 * 365 * 24 * time.Hour, answer.Forever},
	} {
		var expires time.Time
		if tt.valid > 0 {
			expires = noon.Add(tt.valid)
		}
		address := signedAddress(t, expires)
		drawn := h.do(t, request("GET", address, ""))
		h.pictures.kept = []byte("picture")
		cached := h.do(t, request("GET", address, ""))
		known := h.do(t, request("GET", address, "", "If-None-Match", "*"))
		h.pictures.kept = nil
		if known.StatusCode != 304 {
			t.Errorf("%s: %d", tt.valid, known.StatusCode)
		}
		for _, resp := range []*http.Response{drawn, cached, known} {
			if got := resp.Header.Get("Cache-Control"); got != tt.want {
				t.Errorf("valid for %s, %d: %s", tt.valid, resp.StatusCode, got)
			}
		}
	}
}

// TestPicturesThatCachesMayNotStore: an editor's unsigned card, and what is no picture.
func TestPicturesThatCachesMayNotStore(t *testing.T) {
	h := newHouse(t)
	h.deps.StudioKey = studioKey
	for range 2 { // drawn, then cached
		resp := h.do(t, editorsRequest("GET", "/v1/card.png?headline=Draft", ""))
		if got := resp.Header.Get("Cache-Control"); resp.StatusCode != 200 || got != "private, no-store" {
			t.Errorf("an editor's: %d %s", resp.StatusCode, got)
		}
		h.pictures.kept = []byte("picture")
	}
	resp := h.do(t, request("GET", story, "", "If-Match", `"other"`))
	if got := resp.Header.Get("Cache-Control"); resp.StatusCode != 412 || got != "no-store" ||
		resp.Header.Get("Content-Type") != "application/json" {
		t.Errorf("another picture demanded: %d %s %v", resp.StatusCode, got, resp.Header)
	}
}

// TestAnyPictureIsOneThatExists: "If-None-Match: *" is no way to a 304 for a picture that was never drawn.
func TestAnyPictureIsOneThatExists(t *testing.T) {
	h := newHouse(t)
	h.pictures.draw = func(card.Card, string, pictures.Options) (pictures.Image, error) {
		return pictures.Image{}, &card.FieldError{Field: "theme", Problem: "is unknown"}
	}
	if resp := h.do(t, request("GET", story, "", "If-None-Match", "*")); resp.StatusCode != 400 {
		t.Errorf("never drawn: %d", resp.StatusCode)
	}
	h.pictures.kept = []byte("picture")
	if resp := h.do(t, request("GET", story, "", "If-None-Match", "*")); resp.StatusCode != 304 {
		t.Errorf("cached: %d", resp.StatusCode)
	}
}

// TestChangedBeforeTheAnswer: once a client reads that an article was changed, nothing cached of it is answered.
func TestChangedBeforeTheAnswer(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte("picture")
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	sent(service, "GET", story)
	h.gone()
	for method, body := range map[string]string{"PUT": `{"url":"https://news.example/a","headline":"A"}`, "DELETE": ""} {
		w := &atHeaders{ResponseRecorder: httptest.NewRecorder(), then: func() {
			if got := sent(service, "GET", story); got.Code != 410 {
				t.Errorf("%s: %d as its answer began", method, got.Code)
			}
		}}
		service.ServeHTTP(w, authorized(method, "/v1/articles/storm-1", body))
	}
}

// atHeaders calls then when the headers of a response are sent.
type atHeaders struct {
	*httptest.ResponseRecorder
	then func()
}

func (a *atHeaders) WriteHeader(status int) {
	a.ResponseRecorder.WriteHeader(status)
	a.then()
}

func TestSignedCards(t *testing.T) {
	h := newHouse(t)
	q := h.deps.Signer.Sign("/v1/card.png", url.Values{"headline": {"기록은 남는다"}}, noon.Add(time.Minute))
	if resp := h.do(t, request("GET", "/v1/card.png?"+q.Encode(), "")); resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "image/png" {
		t.Errorf("signed: %d", resp.StatusCode)
	}
	if resp := h.do(t, request("GET", "/v1/card.jpg?"+q.Encode(), "")); resp.StatusCode != 403 {
		t.Errorf("signed for another ending: %d", resp.StatusCode)
	}
	if resp := h.do(t, editorsRequest("GET", "/v1/card.png?headline=A", "")); resp.StatusCode != 403 {
		t.Errorf("an editor's, unsigned, of a service that others can reach: %d", resp.StatusCode)
	}
	h.deps.StudioKey = studioKey
	if resp := h.do(t, editorsRequest("GET", "/v1/card.png?headline=A", "")); resp.StatusCode != 200 {
		t.Errorf("an editor's, unsigned: %d", resp.StatusCode)
	}
	for query, status := range map[string]int{"expires=abc": 400, "expires=1": 410, "expires=99999999999": 200, "strict=foo": 400} {
		if resp := h.do(t, editorsRequest("GET", "/v1/card.png?headline=A&"+query, "")); resp.StatusCode != status {
			t.Errorf("an editor's, %s: %d", query, resp.StatusCode)
		}
	}
	if resp := h.do(t, localRequest("GET", "/v1/card.png?headline=A", "")); resp.StatusCode != 403 {
		t.Errorf("unsigned, from this machine: %d", resp.StatusCode)
	}
}

// TestShortLinksVary: a cache must not give a reader the crawlers' page.
func TestShortLinksVary(t *testing.T) {
	for _, path := range []string{"/s/abcdefg", "/s/abcdefg/mail"} {
		for _, ua := range []string{"Mozilla/5.0 Safari/605", "facebookexternalhit/1.1"} {
			got := newHouse(t).do(t, request("GET", path, "", "User-Agent", ua)).Header.Values("Vary")
			if !slices.Contains(got, "User-Agent") || !slices.Contains(got, "Accept-Encoding") {
				t.Errorf("%s to %s: Vary %q", path, ua, got)
			}
		}
	}
}

func TestShortLinks(t *testing.T) {
	const safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1"
	for _, tt := range []struct {
		why     string
		path    string
		ua      string
		headers []string
		status  int
		to      string // begins the Location
		target  string
		against store.Reason // empty: the request is counted
	}{
		{"a reader opens", "/s/abcdefg", safari, nil, 302, "https://news.example/storm", "", ""},
		{"a reader shares", "/s/abcdefg/facebook", safari, nil, 302, "https://www.facebook.com/sharer/", "facebook", ""},
		{"by its other name", "/s/abcdefg/x", safari, nil, 302, "https://twitter.com/intent/tweet?", "twitter", ""},
		{"to KakaoTalk", "/s/abcdefg/kakao", safari, nil, 302, "https://cards.example/kakao/abcdefg", "kakao", ""},
		{"by mail", "/s/abcdefg/mail", safari, nil, 302, "mailto:?subject=", "mail", ""},
		{"the link", "/s/abcdefg/link", safari, nil, 302, "https://news.example/storm", "link", ""},
		{"inside KakaoTalk", "/s/abcdefg", safari + " KAKAOTALK 26.1", nil, 302, "https://news.example/storm", "", ""},
		{"inside Facebook", "/s/abcdefg", safari + " [FBAN/FBIOS;FBAV/500]", nil, 302, "https://news.example/storm", "", ""},
		{"inside LINE", "/s/abcdefg", safari + " Line/15.1.0", nil, 302, "https://news.example/storm", "", ""},
		{"inside Pinterest", "/s/abcdefg", safari + " [Pinterest/iOS]", nil, 302, "https://news.example/storm", "", ""},
		{"inside Pinterest on Android", "/s/abcdefg", "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537.36 Pinterest/Android", nil, 302, "https://news.example/storm", "", ""},
		{"on a telephone named like a robot", "/s/abcdefg", "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 20) Chrome/130 Safari/537.36", nil, 302, "https://news.example/storm", "", ""},
		{"Pinterest's crawler", "/s/abcdefg", "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)", nil, 200, "", "", store.ByCrawler},
		{"a robot by its name", "/s/abcdefg", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", nil, 302, "https://news.example/storm", "", store.ByRobot},
		{"a robot by its last word", "/s/abcdefg", "MyBot", nil, 302, "https://news.example/storm", "", store.ByRobot},
		{"Facebook's crawler", "/s/abcdefg", "facebookexternalhit/1.1", nil, 200, "", "", store.ByCrawler},
		{"KakaoTalk's crawler", "/s/abcdefg", "facebookexternalhit/1.1; kakaotalk-scrap/1.0", nil, 200, "", "", store.ByCrawler},
		{"LINE's crawler", "/s/abcdefg", "facebookexternalhit/1.1;line-poker/1.0", nil, 200, "", "", store.ByCrawler},
		{"X's crawler", "/s/abcdefg/mail", "Twitterbot/1.0", nil, 200, "", "", store.ByCrawler},
		{"Telegram's crawler", "/s/abcdefg", "TelegramBot (like TwitterBot)", nil, 200, "", "", store.ByCrawler},
		{"another robot", "/s/abcdefg", "curl/8.0", nil, 302, "https://news.example/storm", "", store.ByRobot},
		{"nobody", "/s/abcdefg", "", nil, 302, "https://news.example/storm", "", store.ByRobot},
		{"a prefetch", "/s/abcdefg", safari, []string{"Sec-Purpose", "prefetch;prerender"}, 302, "https://news.example/storm", "", store.Prefetch},
		{"Snapchat's crawler", "/s/abcdefg", "SnapURLPreview/1.0", nil, 200, "", "", store.ByCrawler},
		{"WhatsApp's crawler", "/s/abcdefg", "WhatsApp", nil, 200, "", "", store.ByCrawler},
		{"an AI's crawler", "/s/abcdefg", safari + " (compatible; Claude-User/1.0)", nil, 302, "https://news.example/storm", "", store.ByRobot},
		{"a tab", "/s/abcdefg", safari, []string{"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Sec-Fetch-Site", "cross-site"}, 302, "https://news.example/storm", "", ""},
		{"an image", "/s/abcdefg", safari, []string{"Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, 302, "https://news.example/storm", "", store.NotNavigation},
		{"an image of a target", "/s/abcdefg/facebook", safari, []string{"Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, 302, "https://www.facebook.com/sharer/", "", store.NotNavigation},
		{"a frame", "/s/abcdefg", safari, []string{"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 302, "https://news.example/storm", "", store.NotNavigation},
		{"a fetch", "/s/abcdefg", safari, []string{"Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, 302, "https://news.example/storm", "", store.NotNavigation},
		{"an older prefetch", "/s/abcdefg", safari, []string{"X-Moz", "prefetch"}, 302, "https://news.example/storm", "", store.Prefetch},
	} {
		h := newHouse(t)
		resp := h.do(t, request("GET", tt.path, "", append(tt.headers, "User-Agent", tt.ua)...))
		if resp.StatusCode != tt.status || !strings.HasPrefix(resp.Header.Get("Location"), tt.to) || (len(h.clicks.taps) == 1) != (tt.against == "") {
			t.Errorf("%s: %d %s, counted %d", tt.why, resp.StatusCode, resp.Header.Get("Location"), len(h.clicks.taps))
			continue
		}
		var uncounted []store.Uncounted
		if tt.against != "" {
			uncounted = []store.Uncounted{{ArticleID: "storm-1", Reason: tt.against, At: noon}}
		}
		if !slices.Equal(h.clicks.uncounted, uncounted) {
			t.Errorf("%s: uncounted are %v, want %v", tt.why, h.clicks.uncounted, uncounted)
		}
		if tt.against == "" {
			if tap := h.clicks.taps[0]; tap.Target != tt.target || tap.ArticleID != "storm-1" || tap.Visitor == [16]byte{} || !tap.At.Equal(noon) {
				t.Errorf("%s: %+v", tt.why, tap)
			}
			if resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: the redirect may be cached", tt.why)
			}
		}
		if tt.status == 200 && !strings.Contains(text(t, resp), `property="og:title"`) {
			t.Errorf("%s: no tags", tt.why)
		}
	}
}

type fakeDesigns struct{}

func (fakeDesigns) Themes() []string    { return []string{"press"} }
func (fakeDesigns) Templates() []string { return []string{"photo", "text"} }
func (fakeDesigns) Look(c card.Card) (string, string) {
	return c.TemplateName(c.Photo.URL != ""), "press"
}
func (fakeDesigns) Fields() []string            { return []string{"length", "number"} }
func (fakeDesigns) ShowsPhoto(c card.Card) bool { return c.Template != "text" }
func (fakeDesigns) Home(card.Card) string       { return "" }
