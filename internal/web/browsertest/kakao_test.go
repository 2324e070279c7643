package browsertest

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// kakaoAt registers a story and is the address of its Kakao page.
func kakaoAt(t *testing.T, w *world, id, headline string) string {
	t.Helper()
	w.put(t, id, map[string]any{
		"url": "https://news.example/" + id, "headline": headline, "caption": "항만은 월요일까지 문을 닫는다.", "site": "새벽신문", "lang": "ko",
	})
	return kakaoCode(t, w, id)
}

// kakaoCode is the address of a registered story's Kakao page.
func kakaoCode(t *testing.T, w *world, id string) string {
	t.Helper()
	resp, err := http.Get(w.cards + "/v1/articles/" + id + "/share-bar?format=json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var bar struct{ Code string }
	if err := json.NewDecoder(resp.Body).Decode(&bar); err != nil {
		t.Fatal(err)
	}
	return w.cards + "/s/" + bar.Code + "/kakao"
}

func TestKakaoSheet(t *testing.T) {
	w := here(t)
	p := newTab(t, w, grant(w.cards, true))
	p.open(kakaoAt(t, w, "kakao-1", "폭풍 전선, 서해안에서 이틀째 멈춰"))
	p.until(`window.Kakao && !document.getElementById('kakao').disabled`)
	p.picture("kakao")
	p.axe()
	p.tap(`document.getElementById('kakao')`)
	var calls []struct {
		Method   string
		Settings struct {
			ObjectType string
			Content    struct {
				Title, Description, ImageURL string
				ImageWidth, ImageHeight      int
				Link                         struct{ WebURL, MobileWebURL string }
			}
			Buttons []struct{ Title string }
		}
	}
	raw := eval[string](p, `JSON.stringify(window.calls.map(([Method, v]) => ({ Method, Settings: typeof v === 'string' ? {} : v })))`)
	if err := json.Unmarshal([]byte(raw), &calls); err != nil {
		t.Fatal(err)
	}
	if len(calls) != 2 || calls[0].Method != "init" || calls[1].Method != "sendDefault" {
		t.Fatalf("calls %s", raw)
	}
	s := calls[1].Settings
	if c := s.Content; s.ObjectType != "feed" || c.Title != "폭풍 전선, 서해안에서 이틀째 멈춰" || c.Description != "항만은 월요일까지 문을 닫는다." || c.ImageWidth != 800 || c.ImageHeight != 400 ||
		!strings.HasPrefix(c.ImageURL, w.cards+"/cards/kakao-1/") || c.Link.WebURL != "https://news.example/kakao-1" || c.Link.MobileWebURL != c.Link.WebURL || s.Buttons[0].Title != "기사 보기" {
		t.Errorf("settings %s", raw)
	}
	p.tap(`document.getElementById('copy')`)
	p.until(`document.getElementById('status').textContent === '링크를 복사했습니다'`)
	if got := eval[string](p, `navigator.clipboard.readText()`); got != "https://news.example/kakao-1" {
		t.Errorf("copied %q", got)
	}
	p.quiet()
	p.hosts(w.cards, w.site.URL)
}

// TestKakaoWaysOut holds that the link can be copied whatever fails.
func TestKakaoWaysOut(t *testing.T) {
	w := here(t)
	for _, tt := range []struct {
		why, headline string
		before        string
		act           bool
	}{
		{"a refused share", "refuse this", "", true},
		{"a blocked script", "blocked", `Object.defineProperty(HTMLScriptElement.prototype, 'integrity', { set() { this.setAttribute('integrity', 'sha384-AAAA'); } })`, false},
	} {
		p := newTab(t, w, size(320, 640))
		if tt.before != "" {
			p.before(tt.before)
		}
		p.open(kakaoAt(t, w, "kakao-2", tt.headline))
		if tt.act {
			p.until(`!document.getElementById('kakao').disabled`)
			p.tap(`document.getElementById('kakao')`)
		}
		p.until(`document.getElementById('kakao').hidden`)
		if got := eval[string](p, `document.getElementById('blocked').textContent`); got != "카카오톡을 불러오지 못했습니다. 링크를 복사해 공유하세요." {
			t.Errorf("%s: %q", tt.why, got)
		}
		p.narrow()
		p.axe()
	}
	p := newTab(t, w, noScript())
	p.open(kakaoAt(t, w, "kakao-2", "폭풍"))
	p.picture("kakao-without-script")
}

func TestKakaoInItsOwnBrowser(t *testing.T) {
	w := here(t)
	p := newTab(t, w, size(390, 800), media("prefers-color-scheme", "dark"),
		call(emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 KAKAOTALK 26.1.0"}))
	p.open(kakaoAt(t, w, "kakao-3", "폭풍 전선, 서해안에서 이틀째 멈춰"))
	p.until(`window.Kakao`)
	if got := eval[string](p, `document.querySelector('.outside a').href`); !strings.HasPrefix(got, "kakaotalk://web/openExternal?url=") {
		t.Errorf("%s", got)
	}
	p.picture("kakao-in-app-dark")
	p.axe()
}

func TestDocs(t *testing.T) {
	w := here(t)
	for _, theme := range []string{"light", "dark"} {
		p := newTab(t, w, media("prefers-color-scheme", theme), size(320, 800))
		p.open(w.cards + "/docs")
		p.narrow()
		p.axe()
		p.quiet()
		p.hosts(w.cards)
	}
}

// TestKakaoOfAnyStory: the service's Kakao page refuses a story that is not registered, so the bar's button opens the
// share sheet by the page's own SDK, or copies the link.
func TestKakaoOfAnyStory(t *testing.T) {
	w := here(t)
	harbour(w, t)
	const sdk = `window.sent = []; window.Kakao = { isInitialized: () => %s, Share: { sendDefault: (s) => { window.sent.push(s); %s } } };`
	const title, url = "Lamps “lit” early", "https://news.example/lamps?a=1&b=2"
	for _, tt := range []struct {
		why, before, url, note string
		sent                   int
	}{
		{"without an SDK", "", url, "Link copied", 0},
		{"with an SDK that has no key", fmt.Sprintf(sdk, "false", ""), url, "Link copied", 0},
		{"with another thing of that name", "window.Kakao = {};", url, "Link copied", 0},
		{"with an SDK", fmt.Sprintf(sdk, "true", ""), url, "", 1},
		{"with an SDK that fails", fmt.Sprintf(sdk, "true", "throw new Error('domain');"), url, "Link copied", 1},
	} {
		p := newTab(t, w, grant(w.site.URL, true))
		p.before(watched + "window.sent = [];" + tt.before)
		p.open(w.articleAt("strict", "1", "bar", `<share-bar url="`+html.EscapeString(tt.url)+`" title="`+title+`"></share-bar>`))
		p.until(`window.settled`)
		p.until(item("kakao") + `.localName === 'button'`)
		p.tap(item("kakao"))
		p.until(bar + `.querySelector('[role=status]').textContent === ` + strconv.Quote(tt.note) + fmt.Sprintf(` && window.sent.length === %d`, tt.sent))
		if tt.note != "" {
			if got := eval[string](p, `navigator.clipboard.readText()`); got != tt.url {
				t.Errorf("%s: copied %q", tt.why, got)
			}
		}
		if got := eval[string](p, `window.sent.map((s) => s.content.title + ' ' + s.content.link.webUrl).join()`); tt.sent == 1 && got != title+" "+tt.url {
			t.Errorf("%s: sent %q", tt.why, got)
		}
		p.axe()
		p.hosts(w.cards, w.site.URL)
	}
	p := newTab(t, w) // a registered story has a link to the page
	p.open(w.articleAt("strict", "1", "bar", `<share-bar url="https://news.example/harbour" title="A"></share-bar>`))
	p.until(item("kakao") + `.href`)
	if got := eval[string](p, item("kakao")+".href"); !strings.HasPrefix(got, w.cards+"/kakao?url=") {
		t.Errorf("a registered story: %s", got)
	}
}

// TestKakaoRefusal: the page is in the reader's language, narrow enough for phones, and accessible.
func TestKakaoRefusal(t *testing.T) {
	w := here(t)
	p := newTab(t, w, size(320, 640))
	p.open(w.cards + "/kakao?url=https://news.example/nowhere&title=A+strange+word")
	if got := eval[string](p, `document.documentElement.lang + ' ' + document.body.innerText`); !strings.HasPrefix(got, "en This share link does not work") || strings.Contains(got, "strange") {
		t.Errorf("%s", got)
	}
	p.picture("kakao-refused")
	p.narrow()
	p.axe()
	p.hosts(w.cards)
}
