// Command ogen makes five calls with the client that ogen generates: ogen URL TOKEN PHOTO.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/ogen-go/ogen/ogenerrors"

	"clients/ogen/api"
)

// secrets gives each call what it requires.
type secrets struct{ token string }

func (s secrets) Token(context.Context, api.OperationName) (api.Token, error) {
	return api.Token{Token: s.token}, nil
}

func (secrets) Session(context.Context, api.OperationName) (api.Session, error) {
	return api.Session{}, ogenerrors.ErrSkipClientSecurity
}

func (secrets) Kakao(context.Context, api.OperationName) (api.Kakao, error) {
	return api.Kakao{}, ogenerrors.ErrSkipClientSecurity
}

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, service, token, photo string) error {
	c, err := api.NewClient(service, secrets{token})
	if err != nil {
		return err
	}
	file, err := os.Open(photo)
	if err != nil {
		return err
	}
	defer file.Close()
	uploaded, err := c.UploadPhoto(ctx, &api.UploadPhotoReqApplicationOctetStream{Data: file})
	if err != nil {
		return err
	}
	kept, ok := uploaded.(*api.KeptPhoto)
	if !ok || kept.Width != 600 {
		return fmt.Errorf("upload: %#v", uploaded)
	}
	put, err := c.PutArticle(ctx, &api.Article{
		URL: "https://news.example/ogen", Headline: "Storm front stalls", FontStep: api.NewOptInt(1),
		Photo: api.NewOptArticlePhoto(api.ArticlePhoto{URL: api.NewOptString(kept.ID), Focal: []float64{.5, .25}}),
	}, api.PutArticleParams{ID: "ogen-1", Strict: api.NewOptStrict(api.Strict1)})
	if err != nil {
		return err
	}
	created, ok := put.(*api.CreatedHeaders)
	if !ok || created.Location != "/v1/articles/ogen-1" || created.Response.PhotoID.Value != kept.ID {
		return fmt.Errorf("put: %#v", put)
	}
	got, err := c.Article(ctx, api.ArticleParams{ID: "ogen-1"})
	if err != nil {
		return err
	}
	if version := versionOf(got); version != created.Response.Version {
		return fmt.Errorf("get: %#v", got)
	}
	refused, err := c.PutArticle(ctx, &api.Article{URL: "ogen", Headline: "A"}, api.PutArticleParams{ID: "ogen-2"})
	if bad, ok := refused.(*api.PutArticleBadRequest); err != nil || !ok || bad.Error.Field.Value != "url" {
		return fmt.Errorf("refused: %#v, %w", refused, errors.Join(err))
	}
	links, err := c.ShareLinks(ctx, api.ShareLinksParams{URL: "https://news.example/a", Title: "A & B", Utm: api.NewOptShareLinksUtm(api.ShareLinksUtm1)})
	if l, ok := links.(*api.ShareLinksHeaders); err != nil || !ok || len(l.Response.Links) < 5 {
		return fmt.Errorf("links: %#v, %w", links, errors.Join(err))
	}
	top, err := c.TopStories(ctx, api.TopStoriesParams{Limit: api.NewOptInt(3), Window: api.NewOptString("24h")})
	if t, ok := top.(*api.TopHeaders); err != nil || !ok || t.Response.Window != "24h" {
		return fmt.Errorf("top: %#v, %w", top, errors.Join(err))
	}
	fmt.Println("ok")
	return nil
}

func versionOf(res api.ArticleRes) string {
	if a, ok := res.(*api.RegisteredHeaders); ok {
		return a.Response.Version
	}
	return ""
}
