package client_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/app/apptest"
)

// service starts the real service on a loopback address and returns a client of it.
func service(t *testing.T) *client.Client {
	t.Helper()
	a := apptest.Start(t, apptest.Config(t))
	c, err := client.New(a.URL, a.Token)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func photo(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 600, 400))); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// audited audits a registered article in which the checks find nothing.
func audited(t *testing.T, c *client.Client, put client.Registered) {
	t.Helper()
	got, err := c.AuditArticle(t.Context(), put.ID)
	if err != nil || got.ID != put.ID || got.Version != put.Version || got.URL != put.URL || len(got.Warnings) != 0 {
		t.Errorf("audit: %+v, %v", got, err)
	}
}

// TestAStoryFromUploadToDelete makes every call that a CMS makes in a story's life.
func TestAStoryFromUploadToDelete(t *testing.T) {
	c, ctx := service(t), t.Context()
	uploaded, err := c.UploadPhoto(ctx, photo(t))
	if err != nil || uploaded.Width != 600 || uploaded.Height != 400 || uploaded.Type != "image/png" {
		t.Fatalf("upload: %+v, %v", uploaded, err)
	}
	story := client.Article{
		URL: "https://news.example/storm", Headline: "Storm front stalls &amp; stays", Site: "The Harbor Post", Lang: "en",
		Credit: "Coast News", Photo: client.Photo{URL: uploaded.ID, Alt: "The old pier", Focal: []float64{.5, .25}}, PublishedAt: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC),
	}
	tried, err := c.PutArticle(ctx, "storm-1", story, client.PutOptions{DryRun: true})
	if err != nil || tried.ShortURL != "" || tried.Version == "" {
		t.Fatalf("dry run: %+v, %v", tried, err)
	}
	put, err := c.PutArticle(ctx, "storm-1", story, client.PutOptions{Strict: true})
	if err != nil || put.Version != tried.Version || put.Images.OG.Width != 1200 || put.ShortURL == "" || !strings.Contains(put.MetaHTML, "og:title") {
		t.Fatalf("put: %+v, %v", put, err)
	}
	if len(put.Warnings) != 1 || put.Warnings[0].Code != "text_cleaned" || put.Warnings[0].Field != "headline" {
		t.Errorf("warnings: %+v", put.Warnings)
	}
	audited(t, c, put)
	got, err := c.Article(ctx, "storm-1")
	if err != nil || got.Version != put.Version {
		t.Errorf("article: %+v, %v", got, err)
	}
	var ids []string
	for a, err := range c.AllArticles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	if !slices.Equal(ids, []string{"storm-1"}) {
		t.Errorf("articles: %v", ids)
	}
	followed(t, c, "storm-1")
	if sums, err := c.Stats(ctx, "storm-1", 36*time.Hour); err != nil || sums.ID != "storm-1" || sums.Clicks != 0 {
		t.Errorf("stats: %+v, %v", sums, err)
	}
	if top, err := c.Top(ctx, client.TopOptions{Window: time.Hour, Limit: 3, By: "clicks", Site: "The Harbor Post"}); err != nil {
		t.Errorf("top: %+v, %v", top, err)
	}
	if err := c.DeleteArticle(ctx, "storm-1"); err != nil {
		t.Error(err)
	}
	var gone *client.Error
	if _, err := c.Article(ctx, "storm-1"); !errors.As(err, &gone) || gone.Status != http.StatusGone || gone.RequestID == "" {
		t.Errorf("withdrawn: %v", err)
	}
}

// followed reads what has become of a story that was stored once and not read yet.
func followed(t *testing.T, c *client.Client, id string) {
	t.Helper()
	if sums, err := c.StatsBy(t.Context(), id, 36*time.Hour, "1h"); err != nil || sums.ID != id || len(sums.Series) != 0 {
		t.Errorf("stats by hour: %+v, %v", sums, err)
	}
	all, err := c.Versions(t.Context(), id, "", 1)
	if err != nil || len(all.Versions) != 1 || all.Versions[0].From.IsZero() || !all.Versions[0].Until.IsZero() {
		t.Errorf("versions: %+v, %v", all, err)
	}
}

func TestShareLinks(t *testing.T) {
	c := service(t)
	got, err := c.ShareLinks(t.Context(), "https://news.example/storm", "Storm & sea", client.LinkOptions{
		Lang: "ko", Hashtags: []string{"storm", "sea"}, Targets: []string{"kakao", "facebook"}, UTM: true,
	})
	if err != nil || len(got.Links) != 2 || got.Links[0].SDK.Method == "" || len(got.Links[0].SDK.Settings) == 0 || got.Links[1].Target != "facebook" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestErrorsNameTheField(t *testing.T) {
	c := service(t)
	_, err := c.PutArticle(t.Context(), "storm-1", client.Article{URL: "ftp://news.example"}, client.PutOptions{})
	var refused *client.Error
	if !errors.As(err, &refused) || refused.Status != http.StatusBadRequest || refused.Code != "invalid_request" || len(refused.Details) != 2 {
		t.Fatalf("%+v", err)
	}
	if !strings.Contains(err.Error(), refused.Details[0].Field) {
		t.Errorf("%q does not name %s", err, refused.Details[0].Field)
	}
	if _, err := c.ReadPage(t.Context(), "http://127.0.0.1:1/"); !errors.As(err, &refused) || refused.Code != "source_unavailable" {
		t.Errorf("page: %v", err)
	}
}

// TestAnswersOfOthers: a proxy answers in its own words, and a busy service says when to come again.
func TestAnswersOfOthers(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		http.Error(w, "<h1>Bad gateway</h1>", http.StatusBadGateway)
	}))
	defer s.Close()
	c, err := client.New(s.URL+"/", "")
	if err != nil {
		t.Fatal(err)
	}
	var refused *client.Error
	if _, err := c.Top(t.Context(), client.TopOptions{}); !errors.As(err, &refused) || refused.Status != 502 || refused.Code != "" || refused.RetryAfter != 7*time.Second {
		t.Errorf("%+v", err)
	}
	for _, base := range []string{"", "cards.example", "ftp://cards.example", "https://cards.example/?a=b", "https:///x"} {
		if _, err := client.New(base, ""); err == nil {
			t.Errorf("%q is taken for a service", base)
		}
	}
}

// TestTypesAreTheContract holds the types to those that are generated from the OpenAPI document: the same
// JSON fields, and of the same kind.
func TestTypesAreTheContract(t *testing.T) {
	for _, pair := range [][2]any{
		{client.Article{}, api.Article{}}, {client.Photo{}, api.ArticlePhoto{}}, {client.Registered{}, api.RegisteredArticle{}},
		{client.Images{}, api.Images{}}, {client.Image{}, api.Image{}}, {client.Warning{}, api.Warning{}}, {client.Audit{}, api.Audit{}},
		{client.ArticleList{}, api.ArticleList{}}, {client.BatchArticle{}, api.BatchArticle{}}, {client.UploadedPhoto{}, api.KeptPhoto{}}, {client.ShareLinks{}, api.ShareLinks{}},
		{client.ShareLink{}, api.ShareLink{}}, {client.KakaoCall{}, api.KakaoCall{}}, {client.Stats{}, api.Stats{}},
		{client.Top{}, api.Top{}}, {client.TopStory{}, api.TopStory{}}, {client.FieldProblem{}, api.FieldProblem{}},
		{client.StoredPhoto{}, api.StoredPhoto{}}, {client.WithdrawnPhoto{}, api.WithdrawnPhoto{}}, {client.StillHeld{}, api.StillHeld{}},
		{client.LeftOut{}, api.LeftOut{}}, {client.StatsStep{}, api.StatsStep{}}, {client.Versions{}, api.Versions{}},
		{client.VersionPeriod{}, api.VersionPeriod{}}, {client.Change{}, api.Change{}}, {client.ChangedWords{}, api.ChangedWords{}},
	} {
		ours, theirs := fields(pair[0]), fields(pair[1])
		if !maps.Equal(ours, theirs) {
			t.Errorf("%T has %v, the contract %v", pair[0], ours, theirs)
		}
	}
	listed := fields(client.Registered{}) // in a list, without what only answers of changes have
	delete(listed, "refetch")
	delete(listed, "still_held")
	if theirs := fields(api.ListedArticle{}); !maps.Equal(listed, theirs) {
		t.Errorf("a list has %v, the contract %v", listed, theirs)
	}
}

// fields are the JSON names of a struct's fields, each with its kind.
func fields(v any) map[string]string {
	all := map[string]string{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
		if f.Anonymous || f.Tag.Get("json") == "-" {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if kind := f.Type.Kind(); name != "settings" && name != "byline" { // any on one side, raw JSON on the other
			all[name] = kind.String()
		}
	}
	return all
}

// TestTakingAPhotoDown makes the calls for a photo that must not be shown any more.
func TestTakingAPhotoDown(t *testing.T) {
	c, ctx := service(t), t.Context()
	uploaded, err := c.UploadPhoto(ctx, photo(t))
	if err != nil {
		t.Fatal(err)
	}
	story := client.Article{URL: "https://news.example/storm", Headline: "Storm front stalls", Photo: client.Photo{URL: uploaded.ID}}
	put, err := c.PutArticle(ctx, "storm-1", story, client.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if same, err := c.RefreshArticle(ctx, "storm-1", client.PutOptions{Strict: true}); err != nil || same.Version != put.Version {
		t.Errorf("refreshed: %+v, %v", same, err)
	}
	stored, err := c.Photo(ctx, uploaded.ID)
	if err != nil || stored.ID != uploaded.ID || stored.Width != 600 || stored.Bytes != len(photo(t)) || !slices.Equal(stored.Articles, []string{"storm-1"}) {
		t.Errorf("stored: %+v, %v", stored, err)
	}
	gone, err := c.DeletePhoto(ctx, uploaded.ID)
	if err != nil || gone.ID != uploaded.ID || gone.PicturesRemoved > 1 || !slices.Equal(gone.Articles, []string{"storm-1"}) ||
		len(gone.StillHeld) == 0 || !slices.Contains(gone.StillHeld[0].Addresses, put.Images.OG.URL) {
		t.Errorf("withdrawn: %+v, %v", gone, err)
	}
	var refused *client.Error
	if _, err := c.UploadPhoto(ctx, photo(t)); !errors.As(err, &refused) || refused.Status != http.StatusGone || refused.Code != "gone" {
		t.Errorf("uploaded again: %v", err)
	}
	now, err := c.RefreshArticle(ctx, "storm-1", client.PutOptions{})
	if err != nil || now.Version == put.Version || len(now.Warnings) != 1 || now.Warnings[0].Code != "gone" {
		t.Errorf("refreshed: %+v, %v", now, err)
	}
}
