package card_test

import (
	"net/url"
	"testing"

	"newsroom.example/cards/card"
)

// BenchmarkParseAndKey measures the way from the query of a signed URL to the key of its picture.
func BenchmarkParseAndKey(b *testing.B) {
	for name, headline := range map[string]string{
		"english": "Storm front stalls over the west coast",
		"korean":  "강풍 특보 확대… 서해안 “월요일까지” 통제",
	} {
		q := url.Values{"headline": {headline}, "caption": {headline}, "credit": {"Coast News"}, "kicker": {"Weather"},
			"photo": {"https://pictures.example/2026/pier.jpg?w=1200"}, "size": {"kakao"}}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c, err := card.Parse(q)
				if err != nil {
					b.Fatal(err)
				}
				c.Key("r1", "jpg")
			}
		})
	}
}
