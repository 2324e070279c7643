package browsertest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drawn says that the card of what is typed stands on the page, with its figures.
const drawn = `document.getElementById('card').complete && !document.getElementById('figures').hidden && document.getElementById('progress').hidden`

// loaded is drawn, with every picture further down.
func (p *tab) loaded() {
	p.t.Helper()
	p.until(drawn)
	eval[bool](p, `(async () => {
		for (const i of document.querySelectorAll('.whole img, .mock img')) {
			i.loading = 'eager';
			i.scrollIntoView({ block: 'center', behavior: 'instant' });
			for (const end = performance.now() + 20000; performance.now() < end && !(i.srcset && i.complete && i.naturalWidth);) await new Promise((go) => setTimeout(go, 10));
		}
		scrollTo({ top: 0, behavior: 'instant' });
		return true;
	})()`)
	p.until(`[...document.querySelectorAll('.whole img, .mock img')].every((i) => i.complete && i.naturalWidth > 0)`)
}

func value(id string) string { return fmt.Sprintf(`document.getElementById('%s').value`, id) }

// pier is a photo of 900 by 600: a sky that grows lighter to the sea, and a light at the right.
func pier() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for y := range 600 {
		for x := range 900 {
			c := color.RGBA{uint8(40 + y/6), uint8(70 + y/5), uint8(110 + y/5), 255}
			if y > 420 {
				c = color.RGBA{uint8(30 + x%7), uint8(52 + y%5), 74, 255}
			}
			if dx, dy := x-690, y-300; dx*dx+dy*dy < 45*45 {
				c = color.RGBA{250, 214, 130, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img) // to memory
	return out.Bytes()
}

// TestStudioLooks holds the studio to axe-core and to narrow windows, light and dark.
func TestStudioLooks(t *testing.T) {
	w := here(t)
	for _, tt := range []struct {
		name, scheme, query string
		w, h                int64
	}{
		{"studio", "light", "", 1440, 1000}, {"studio-phone", "light", "", 390, 844}, {"studio-320", "dark", "", 320, 640},
		{"studio-korean", "dark", "?headline=폭풍+전선,+서해안에서+이틀째+멈춰…+항구+마을은+두+번째+밤을+준비한다&caption=항만은+월요일까지+문을+닫는다&credit=새벽신문&site=새벽신문&kicker=날씨&lang=ko&url=https://news.example/기사&photo=" + w.site.URL + "/pier.png", 1440, 1000},
	} {
		p := newTab(t, w, size(tt.w, tt.h), media("prefers-color-scheme", tt.scheme))
		p.open(w.cards + "/" + tt.query)
		p.until(drawn)
		if tt.scheme == "dark" {
			p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('dark').click()`))
		}
		p.loaded()
		p.picture(tt.name)
		p.narrow()
		p.axe()
		p.quiet()
		p.hosts(w.cards)
	}
}

// TestStudioReadsAPage fills the form from a page's own tags.
func TestStudioReadsAPage(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/")
	p.until(drawn)
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`%s = '%s/tagged'`, value("url"), w.site.URL)))
	p.tap(`document.getElementById('read')`)
	p.until(value("headline") + ` === 'Lamps <lit> "early" & left on'`)
	p.until(`document.getElementById('status').textContent.startsWith('The form was filled')`)
	for id, want := range map[string]string{"url": "https://news.example/lamps", "description": "The mole glows by four.", "site": "The Harbor Post", "kicker": "Local", "alt": "A lit pier", "photo": w.site.URL + "/pier.png", "lang": "en", "byline": "Harbour Desk", "caption": "The pier at four.", "credit": "Jane Roe"} {
		if got := eval[string](p, value(id)); got != want {
			t.Errorf("%s: %q", id, got)
		}
	}
	if got := eval[string](p, `document.querySelector('.facebook strong').textContent + document.querySelectorAll('.mock lit').length`); got != `Lamps <lit> "early" & left on0` {
		t.Errorf("shown as %q", got)
	}
	p.loaded()
	p.picture("studio-read")
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`%s = '%s/nothing'`, value("url"), w.site.URL)))
	p.tap(`document.getElementById('read')`)
	p.until(`document.getElementById('unread').textContent === 'The URL could not be fetched.'`)
	p.quiet("422")
	p.hosts(w.cards)
}

// TestStudioControls works every control of the form and follows what becomes of it.
func TestStudioControls(t *testing.T) {
	w := here(t)
	p := newTab(t, w, grant(w.cards, true))
	p.open(w.cards + "/")
	p.until(drawn)
	for _, choice := range []struct{ name, value string }{
		{"size", "story"}, {"size", "kakao"}, {"size", "og"}, {"template", "quote"}, {"template", ""}, {"font_step", "-2"}, {"font_step", "2"}, {"badge", "opinion"}, {"badge", ""},
	} {
		p.tap(fmt.Sprintf(`document.querySelector('input[name=%s][value="%s"]').nextElementSibling`, choice.name, choice.value))
		if choice.value == "" || choice.value == "og" {
			p.until(fmt.Sprintf(`!new URL(document.getElementById('card').src).searchParams.has('%s')`, choice.name))
		} else {
			p.until(fmt.Sprintf(`new URL(document.getElementById('card').src).searchParams.get('%s') === '%s'`, choice.name, choice.value))
		}
	}
	p.until(drawn)
	themes := eval[[]string](p, `[...document.querySelectorAll('input[name=theme]')].map((e) => e.value)`)
	if len(themes) < 2 {
		t.Errorf("themes %v", themes)
	}
	p.do(chromedp.Evaluate[chromedp.Void](value("headline") + ` = ''; document.getElementById('headline').dispatchEvent(new Event('input', { bubbles: true }))`))
	p.until(`document.getElementById('headline').getAttribute('aria-invalid') === 'true' && document.getElementById('headline-problem').textContent !== ''`)
	if eval[bool](p, `document.getElementById('card').hidden`) {
		t.Error("the last good card is gone")
	}
	p.do(chromedp.Evaluate[chromedp.Void](value("url") + ` = 'https://news.example/a'`)) // the post on X needs one
	long := strings.Repeat("폭풍 전선 서해안 ", 30)
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`%s = %q; document.getElementById('headline').dispatchEvent(new Event('input', { bubbles: true }))`, value("headline"), long)))
	p.until(`[...document.querySelectorAll('#checks li')].some((e) => e.textContent.includes('The post on X cuts the headline')) && [...document.querySelectorAll('#checks li')].some((e) => e.textContent.includes('The headline is cut in'))`)
	p.until(`document.getElementById('fig-cut').textContent.includes('headline')`)
	for id, want := range map[string]string{"meta": "og:title", "curl": "curl -X PUT", "command": "cards render"} {
		p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector('[data-copy=%s]').closest('details').open = true`, id)))
		p.tap(fmt.Sprintf(`document.querySelector('[data-copy=%s]')`, id))
		p.until(`document.getElementById('status').textContent === 'Copied'`)
		if got := eval[string](p, `navigator.clipboard.readText()`); !strings.Contains(got, want) {
			t.Errorf("%s: copied %q", id, got)
		}
	}
	p.tap(`document.querySelector('#links .link button')`)
	p.until(`document.getElementById('status').textContent === 'Facebook link copied'`)
	p.quiet()
}

// TestStudioFiles saves the pictures: each alone, and all in one file.
func TestStudioFiles(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/?headline=Saved&url=https://news.example/saved")
	p.until(drawn)
	const names = `[...document.querySelectorAll('#files a[data-size]')].map((e) => e.firstChild.data.trim()).join(', ')`
	if got := eval[string](p, names); got != "Link, X, KakaoTalk, Square, Portrait, Story" {
		t.Errorf("the pictures are called %s", got)
	}
	files := eval[[]string](p, `[...document.querySelectorAll('#files a')].map((e) => e.download + ' ' + e.href)`)
	if len(files) != 7 || !strings.HasPrefix(files[0], "card-og.png ") || !strings.HasPrefix(files[6], "cards.zip ") {
		t.Fatalf("files %q", files)
	}
	_, address, _ := strings.Cut(files[6], " ")
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(w.session)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var raw bytes.Buffer
	if _, err := raw.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	all, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
	if err != nil || len(all.File) != 6 {
		t.Fatalf("%d %v", resp.StatusCode, err)
	}
	for _, f := range all.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if c, _, err := image.DecodeConfig(r); err != nil || c.Width < 800 {
			t.Errorf("%s: %+v %v", f.Name, c, err)
		}
	}
}

// TestStudioUpload takes a photo in from a file.
func TestStudioUpload(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier")
	p.until(drawn)
	p.choose("pier.png", "image/png", pier())
	p.until(value("photo") + `.startsWith('upload:')`)
	p.until(`!document.getElementById('focus').hidden && document.getElementById('fig-photo').textContent === '900 × 600'`)
	p.until(`document.getElementById('fig-focus').offsetParent && document.getElementById('fig-focus').textContent.length > 4`)
	p.loaded()
	p.picture("studio-photo")
	p.axe()
	p.quiet()
}

// TestStudioKeyboard reaches the card's controls by the Tab key alone, with a ring to see.
func TestStudioKeyboard(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/")
	p.until(drawn)
	var order []string
	for range 40 {
		p.key(kb.Tab)
		order = append(order, eval[string](p, `document.activeElement.id || document.activeElement.name || document.activeElement.textContent`))
	}
	raw, _ := json.Marshal(order)
	for _, want := range []string{`"url","read"`, `"template","theme"`, `"headline","deck","caption","description"`, `"design","new"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s not in %s", want, raw)
		}
	}
}

// TestStudioWithoutScript draws the card on the server.
func TestStudioWithoutScript(t *testing.T) {
	w := here(t)
	p := newTab(t, w, noScript(), size(390, 844))
	p.open(w.cards + "/?headline=Plain&url=https://news.example/plain&lang=en")
	shown, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("#checks")))
	if err != nil || !strings.Contains(shown, "There is no photo") {
		t.Errorf("checks %q, %v", shown, err)
	}
	p.picture("studio-without-script")
	p.quiet()
}
