// Command oapi makes five calls with the client that oapi-codegen generates: oapi URL TOKEN PHOTO.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"

	"clients/oapi/api"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, service, token, photo string) error {
	c, err := api.NewClientWithResponses(service, api.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}))
	if err != nil {
		return err
	}
	file, err := os.Open(photo)
	if err != nil {
		return err
	}
	defer file.Close()
	uploaded, err := c.UploadPhotoWithBodyWithResponse(ctx, "image/png", file)
	if err != nil {
		return err
	}
	kept := uploaded.JSON201
	if kept == nil || kept.Width != 600 {
		return fmt.Errorf("upload: %s", uploaded.Body)
	}
	step, strict := 1, api.PutArticleParamsStrict(1)
	put, err := c.PutArticleWithResponse(ctx, "oapi-1", &api.PutArticleParams{Strict: &strict}, api.Article{
		Url: "https://news.example/oapi", Headline: "Storm front stalls", FontStep: &step,
		Photo: &api.ArticlePhoto{Url: &kept.Id, Focal: &[]float64{.5, .25}},
	})
	if err != nil {
		return err
	}
	if put.JSON201 == nil || put.JSON201.PhotoId == nil || *put.JSON201.PhotoId != kept.Id {
		return fmt.Errorf("put: %s", put.Body)
	}
	got, err := c.ArticleWithResponse(ctx, "oapi-1", nil)
	if err != nil || got.JSON200 == nil || got.JSON200.Version != put.JSON201.Version {
		return fmt.Errorf("get: %+v, %w", got, errors.Join(err))
	}
	refused, err := c.PutArticleWithResponse(ctx, "oapi-2", nil, api.Article{Url: "oapi", Headline: "A"})
	if err != nil || refused.JSON400 == nil || refused.JSON400.Error.Field == nil || *refused.JSON400.Error.Field != "url" {
		return fmt.Errorf("refused: %+v, %w", refused, errors.Join(err))
	}
	utm := api.ShareLinksParamsUtm(1)
	links, err := c.ShareLinksWithResponse(ctx, &api.ShareLinksParams{Url: "https://news.example/a", Title: "A & B", Utm: &utm})
	if err != nil || links.JSON200 == nil || len(links.JSON200.Links) < 5 {
		return fmt.Errorf("links: %+v, %w", links, errors.Join(err))
	}
	limit := 3
	top, err := c.TopStoriesWithResponse(ctx, &api.TopStoriesParams{Limit: &limit})
	if err != nil || top.JSON200 == nil || top.JSON200.Window != "24h" {
		return fmt.Errorf("top: %+v, %w", top, errors.Join(err))
	}
	fmt.Println("ok")
	return nil
}
