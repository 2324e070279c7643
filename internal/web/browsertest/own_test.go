package browsertest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"newsroom.example/cards/share"
)

// scripts are pieces of titles: of many scripts, and what is hard to cut or to encode.
var scripts = []string{
	"Storm", "front", "stalls", "over", "the", "west", "coast,", "harbor", "towns", "brace", "for", "a",
	"second", "night", "폭풍", "전선,", "서해안에서", "이틀째", "멈춰", "정부는", "대책을", "台風が西海岸に停滞、港町は", "沿海城市进入紧急状态", "颱風",
	"Буря", "задержалась", "у", "побережья", "Буря\u0301", "عاصفة", "تضرب", "الساحل", "الغربي", "لليوم", "الثاني",
	"סערה", "נעצרה", "מעל", "החוף", "توفان", "در", "کرانه\u0654", "باختری", "می\u200cماند", "त\u0942फ\u093cान", "पश\u094dचिमी", "तट",
	"पर", "र\u0941का", "क\u094dष\u0947त\u094dर", "พาย\u0e38หย\u0e38ดน\u0e34\u0e48งเหน\u0e37อชายฝ\u0e31\u0e48งน\u0e49ำ", "Bão", "dừng", "lại", "ở", "bờ", "tây", "ថ\u17d2ងៃ",
	"မြန\u103aမာ", "ဝါကျ", "தமிழ\u0bcd", "Čtvrť", "Ångström", "A\u030angstro\u0308m", "e\u0301\u0302\u0303", "q\u0301\u0302\u0303\u0304\u0305", "한", "ᄀᄀ", "👩\u200d👩\u200d👧\u200d👦", "👍🏽",
	"🇰🇷🇺🇦", "🇰🇷🇺", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "❤\ufe0f", "1\ufe0f\u20e3", "😀😀😀", "☎", "⌚", "🧑🏿\u200d🚀", "100%", "%41", "%zz", "&", "&amp;",
	"&lt;b&gt;", "<b>x</b>", "#", "#tag", "?a=b", "+1", "a+b", "=", "\"quoted\"", "“quoted”", "'it's'", "(so!)",
	"*", "~", "/", "\\", "|", "^", "{}", "[]", ";", ":", "@name", "$5", "₩100", "→", "…", "—", "–", "·",
	"news.example.com", "booking.com", "see.it", "a.b.co.uk/path?q=1,", "https://a.com/very/long", "u.s.", "3.5",
	"ſite.com", "\u200f\u200e", "\u200b", "\u00ad", "\u2060", "\ufeffx", "x\ufffe", "x\u2028y", "x\u00a0y", "x\u3000y", "x\u202fy", "x\u205fy", "�", "\u3164", "x", "y", "x", "y", "\U000e0041", "ำ", "กำ", "\u0603١٢", "ॐ",
}

// title returns a title of up to n pieces.
func title(r *rand.Rand, n int) string {
	var b strings.Builder
	one := r.IntN(3) == 0    // the same piece again and again
	spaced := r.IntN(40) + 1 // how rare what stands between two pieces is
	piece := scripts[r.IntN(len(scripts))]
	for range 1 + r.IntN(n) {
		if !one {
			piece = scripts[r.IntN(len(scripts))]
		}
		b.WriteString(piece)
		if r.IntN(spaced) == 0 {
			b.WriteString([]string{" ", " ", "  ", "\n", "\t", "-", "\u2009", ". "}[r.IntN(8)])
		}
	}
	s := b.String()
	if r := []rune(s); len(r) > 1900 {
		s = string(r[:1900])
	}
	return s
}

// TestOwnLinks: without the service, the bar's links are those that package share makes, byte for byte.
func TestOwnLinks(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`window.fetch = () => new Promise(() => {}); console.warn = () => {};`)
	p.open(w.articleAt("bar", "<share-bar url=https://news.example/ title=A></share-bar>"))
	var names []string
	for _, target := range share.Targets() {
		if target.Name != "kakao" && target.Name != "link" { // buttons
			names = append(names, target.Name)
		}
	}
	eval[bool](p, `(async () => {
		window.linksOf = async (stories) => {
			const host = document.querySelector('share-bar');
			const all = [];
			for (const story of stories) {
				for (const [name, value] of Object.entries(story)) host.setAttribute(name, value);
				await new Promise((done) => queueMicrotask(done));
				all.push(Object.fromEntries([...host.shadowRoot.querySelectorAll('a')].filter((e) => !e.hidden).map((e) => [e.dataset.target, e.getAttribute('href')])));
			}
			return all;
		};
		return true;
	})()`)
	r := rand.New(rand.NewPCG(1, 2))
	addresses := []string{"https://news.example/storm", "https://news.example/기사/1?a=1&b=나#c d", "HTTPS://News.Example:443/a/../b%2f?utm_source=x&fbclid=y&z=%ea", "http://news.example:8080/100%/'(x)'?q=a|b^c", "https://한국.example/a#:~:text=b", "https://news.example?x", "https://news.example/" + strings.Repeat("long/", 60)}
	const batch = 50
	titles, different := 0, 0
	for range 24 {
		var stories []map[string]string
		for i := range batch {
			s := map[string]string{"url": addresses[r.IntN(len(addresses))], "title": title(r, []int{3, 12, 60, 300}[i%4]), "text": "", "image": "", "via": "", "hashtags": "", "targets": strings.Join(names, ",")}
			if r.IntN(2) == 0 {
				s["text"] = title(r, 200)
			}
			if r.IntN(2) == 0 {
				s["image"], s["via"] = "https://cards.example/og.jpg?a=1&b='2'", "@harbor_post"
			}
			if r.IntN(3) == 0 {
				s["hashtags"] = "storm, #폭풍,not one,1," + strings.Repeat("a", r.IntN(90)) + ",weather"
			}
			stories = append(stories, s)
		}
		raw, err := json.Marshal(stories)
		if err != nil {
			t.Fatal(err)
		}
		got := eval[[]map[string]string](p, `linksOf(`+string(raw)+`)`)
		for i, s := range stories {
			titles++
			want := linksBy(t, s)
			for _, name := range names {
				if got[i][name] != want[name] {
					if different++; different < 8 {
						t.Errorf("%s of %+q\n kit %s\n not %s", name, s, got[i][name], want[name])
					}
				}
			}
		}
	}
	if titles < 1000 || different > 0 {
		t.Errorf("of %d titles, %d links differ", titles, different)
	}
	if got := eval[string](p, `linksOf([{ title: 'a\ud83d b\udc00' }]).then((all) => all[0].telegram)`); !strings.HasSuffix(got, "text=a%EF%BF%BD%20b%EF%BF%BD") {
		t.Errorf("half a character: %s", got)
	}
	p.quiet()
}

// linksBy returns the links that package share makes, by target.
func linksBy(t *testing.T, s map[string]string) map[string]string {
	t.Helper()
	p := share.Post{URL: s["url"], Title: s["title"], Text: s["text"], Image: s["image"], Via: s["via"], TextFormat: share.PlainText}
	if s["hashtags"] != "" {
		p.Hashtags = strings.Split(s["hashtags"], ",")
	}
	targets := strings.Split(s["targets"], ",")
	if p.Image == "" {
		targets = strings.Split(strings.Replace(s["targets"], "pinterest,", "", 1), ",")
	}
	_, links, err := share.Links(share.Config{}, p, targets)
	if err != nil {
		t.Fatal(fmt.Errorf("%+q: %w", s, err))
	}
	by := map[string]string{}
	for _, l := range links {
		by[l.Target] = l.URL
	}
	return by
}
