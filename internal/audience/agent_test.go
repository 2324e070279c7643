package audience

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func request(headers ...string) *http.Request {
	r := httptest.NewRequest("GET", "/s/abcdefg", nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// TestAgents: in-app browsers are readers, networks' crawlers are crawlers, and any other client that is not a
// browser is a robot.
func TestAgents(t *testing.T) {
	const (
		iPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
		android = "Mozilla/5.0 (Linux; Android 16; SM-S931N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 "
	)
	for ua, want := range map[string]Agent{
		iPhone + "Version/19.0 Mobile/15E148 Safari/604.1":                        Reader,
		"Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en) Presto/2.12 Version/12.16": Reader,
		iPhone + "Mobile/15E148 KAKAOTALK 26.1.0":                                 Reader,
		android + "KAKAOTALK 26.1.0 (INAPP)":                                      Reader,
		iPhone + "Mobile/15E148 Safari Line/15.1.0":                               Reader,
		android + "Line/15.1.0/IAB":                                               Reader,
		iPhone + "Mobile/15E148 NAVER(inapp; search; 2000; 12.1.0)":               Reader,
		android + "NAVER(inapp; search; 2000; 12.1.0)":                            Reader,
		iPhone + "Mobile/15E148 DaumApps/7.0 DaumDevice/mobile":                   Reader,
		iPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.40;FBBV/1]":              Reader,
		android + "[FB_IAB/FB4A;FBAV/500.0.0.40;]":                                Reader,
		iPhone + "Mobile/15E148 Instagram 400.0.0 (iPhone17,1; iOS 19_0)":         Reader,
		android + "Barcelona 400.0.0 Android":                                     Reader,
		iPhone + "Mobile/15E148 Snapchat/13.0.0 (like Safari/8619)":               Reader,
		iPhone + "Mobile/15E148 [Pinterest/iOS]":                                  Reader,

		"Lemmy/0.19.3; +https://lemmy.example":                           Robot,
		"gotosocial/0.17 (+https://social.example)":                      Robot,
		"Pleroma 2.9.0; https://pleroma.example <admin@pleroma.example>": Robot,
		"SnapURLPreview/1.0":                                             Robot,
		"KAKAOTALK/26.1.0 (iOS 19)":                                      Robot, // the app itself, not its browser
		"Instagram 400.0.0 (iPhone17,1; iOS 19_0; scale=3.00)":           Robot,
		"Dalvik/2.1.0 (Linux; U; Android 16)":                            Robot,
		"curl/8.0":                                                       Robot,
		"news reader":                                                    Robot,
		"":                                                               Robot,
		"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)": Robot,

		"facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984": Crawler,
		"facebookexternalhit/1.1;line-poker/1.0":                                                 Crawler,
		"Twitterbot/1.0":                                                                         Crawler,
		"TelegramBot (like TwitterBot)":                                                          Crawler,
		"WhatsApp/2.24.1 A":                                                                      Crawler,
		"http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.example/)":                             Crawler,
		"Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)":                      Crawler,
		"Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)":                              Crawler,
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)":                             Crawler,
		"Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)":         Crawler,
	} {
		if got := AgentOf(request("User-Agent", ua)); got != want {
			t.Errorf("%s: %d, not %d", ua, got, want)
		}
	}
}

// TestPrefetches has the headers with which different browsers mark prefetches.
func TestPrefetches(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"Sec-Purpose", "prefetch", true},
		{"Sec-Purpose", "prefetch;prerender", true},
		{"Purpose", "prerender", true},
		{"Purpose", "Preview", true},
		{"X-Purpose", "preview", true},
		{"X-Moz", "prefetch", true},
		{"Sec-Purpose", "", false},
		{"Purpose", "navigation", false},
		{"User-Agent", "prefetch", false},
	} {
		if got := IsPrefetch(request(c.name, c.value)); got != c.want {
			t.Errorf("%s: %s: %v", c.name, c.value, got)
		}
	}
}
