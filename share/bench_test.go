package share_test

import (
	"testing"

	"newsroom.example/cards/share"
)

// BenchmarkLinks builds all links of a story, like the share bar and the API.
func BenchmarkLinks(b *testing.B) {
	for name, p := range map[string]share.Post{
		"english": {URL: "https://news.example/2026/11/storm?id=7&ref=x", Title: "Storm front stalls over the west coast",
			Text: "Waves break over the old pier.", Image: "https://cards.example/a.jpg", Hashtags: []string{"storm"}},
		"korean": {URL: "https://news.example/2026/11/storm?id=7", Title: "강풍 특보 확대… 서해안 “월요일까지” 통제",
			Text: "파도가 옛 방파제를 넘고 있다.", Image: "https://cards.example/a.jpg", Hashtags: []string{"해안"}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := share.Links(config, p, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkNormalize measures the first step of Links.
func BenchmarkNormalize(b *testing.B) {
	p := share.Post{URL: "https://news.example/2026/11/storm?id=7", Title: "강풍 특보 확대… 서해안 “월요일까지” 통제",
		Text: "Waves break over the old pier.", Image: "https://cards.example/a.jpg"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Normalize(config); err != nil {
			b.Fatal(err)
		}
	}
}
