package article_test

import "testing"

// BenchmarkNormalize measures what a PUT does with an article before it is stored.
func BenchmarkNormalize(b *testing.B) {
	for name, headline := range map[string]string{"english": story().Headline, "korean": "강풍 특보 확대… 서해안 “월요일까지” 통제"} {
		a := story()
		a.Headline, a.Description = headline, headline
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.Normalize(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
