package browsertest

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// BenchmarkKeypress measures the time from a key in the studio's headline to the picture with it, in the page. The
// figures are the median and the 90th percentile in milliseconds; ns/op means nothing, since keys come with pauses.
func BenchmarkKeypress(b *testing.B) {
	w := here(b)
	for _, photo := range []string{"", "&photo=" + w.site.URL + "/pier.png"} {
		name := "text"
		if photo != "" {
			name = "photo"
		}
		b.Run(name, func(b *testing.B) {
			p := newTab(b, w)
			p.open(w.cards + "/?headline=Storm+front+stalls&credit=Coast+News" + photo)
			p.until(drawn)
			p.do(chromedp.Evaluate[chromedp.Void](`
				window.times = [];
				document.addEventListener('input', () => { window.began = performance.now(); }, true);
				new MutationObserver(() => times.push(performance.now() - began)).observe(
					document.getElementById('card'), { attributeFilter: ['src'] });
				document.getElementById('headline').focus();`))
			n := 0
			for b.Loop() {
				p.do(chromedp.KeyEvent("x"))
				n++
				time.Sleep(400 * time.Millisecond)
			}
			const quantile = `[...times].sort((a, b) => a - b)[Math.floor(times.length * `
			b.ReportMetric(eval[float64](p, quantile+`0.5)]`), "p50-ms")
			b.ReportMetric(eval[float64](p, quantile+`0.9)]`), "p90-ms")
		})
	}
}
