package handlers

import "newsroom.example/cards/handlers/studio"

// routes registers every route of the service with the authorization that it requires.
// internal/api/openapi.yaml describes the routes. Tests check that the two agree, and request each route
// without authorization.
func (s *server) routes(r router) {
	r.Page("/", viewer, s.studio.Page)
	r.POST("/", anyone, s.studio.SignIn)
	r.GET(studio.LinkPath, anyone, s.studio.Invited)
	r.POST(studio.LinkPath, anyone, s.studio.UseLink)
	r.GET(studio.ProviderPath, anyone, s.studio.ToProvider)
	r.GET(studio.CallbackPath, anyone, s.studio.FromProvider)
	r.POST("/studio/sign-out", anyone, s.studio.SignOut)
	r.GET("/studio.json", viewer, s.studio.State)
	r.GET("/studio/figures.json", viewer, s.studio.Figures)
	r.GET("/studio/cards.zip", viewer, s.studio.Zip)
	r.GET("/studio/card", viewer, s.studio.Card)
	r.GET("/studio/photo", viewer, s.studio.Photo)
	r.POST("/studio/photos", editor, s.articles.UploadPhoto)
	r.POST("/studio/read", viewer, s.articles.Preview)
	r.GET("/docs", anyone, s.docsPage)
	r.GET("/openapi.json", anyone, s.openapiJSON)
	r.GET("/static/:file", anyone, s.static)

	r.GET("/embed/:file", anyone, s.embed.Kit, anyOrigin)
	r.GET(framed, anyone, s.embed.Story)
	r.GET("/v1/share-links", anyone, s.links.ShareLinks, anyOrigin)
	r.GET("/v1/card.jpg", signature, s.pictures.Signed, anyOrigin)
	r.GET("/v1/card.png", signature, s.pictures.Signed, anyOrigin)
	r.GET("/cards/:id/:version/:file", anyone, s.pictures.OfVersion, anyOrigin)
	r.GET("/cards/:id/:file", anyone, s.pictures.Current, anyOrigin)

	r.GET("/v1/articles", tokenHolder, s.articles.List)
	r.PUT("/v1/articles/:id", tokenHolder, s.articles.Put)
	r.PATCH("/v1/articles/:id", tokenHolder, s.articles.Patch)
	r.POST("/v1/articles\\:batch", tokenHolder, s.articles.Batch)
	r.POST("/v1/articles\\:preview", tokenHolder, s.articles.Preview)
	r.GET("/v1/articles/:id", tokenHolder, s.articles.Get)
	r.DELETE("/v1/articles/:id", tokenHolder, s.articles.Delete)
	r.POST(`/v1/articles/:id\:refresh`, tokenHolder, s.articles.Act)
	r.POST(`/v1/articles/:id\:audit`, tokenHolder, s.articles.Act)
	r.GET("/v1/articles/:id/meta", tokenHolder, s.articles.Meta)
	r.GET("/v1/articles/:id/stats", tokenHolder, s.articles.Stats)
	r.GET("/v1/articles/:id/share-bar", anyone, s.embed.Bar, anyOrigin)
	r.POST("/v1/photos", tokenHolder, s.articles.UploadPhoto)
	r.GET("/v1/photos/:id", tokenHolder, s.articles.Photo)
	r.DELETE("/v1/photos/:id", tokenHolder, s.articles.DeletePhoto)

	r.GET("/s/:code", anyone, s.links.Open)
	r.GET("/s/:code/:target", anyone, s.links.Share)
	r.POST("/s/:code/:target", anyone, s.links.Count, anyOrigin)
	r.GET("/kakao", knownStory, s.kakao.Page)
	r.GET("/kakao/:code", anyone, s.kakao.Story)
	r.POST("/v1/kakao/callback", kakaoKey, s.kakao.Callback)
	r.GET("/v1/top", anyone, s.links.Top, anyOrigin)
	r.GET("/v1/top.html", anyone, s.links.TopFragment, anyOrigin)
	r.GET("/v1/top.rss", anyone, s.links.TopFeed, anyOrigin)
	r.GET("/oembed", anyone, s.embed.OEmbed, anyOrigin)

	r.GET("/healthz", anyone, s.healthz)
	r.GET("/readyz", anyone, s.readyz)
}
