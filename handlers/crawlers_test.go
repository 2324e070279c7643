package handlers

import "testing"

// TestAgents: people's in-app browsers are people, networks' crawlers are crawlers, and what does not
// name itself as a browser is neither.
func TestAgents(t *testing.T) {
	const (
		iPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
		android = "Mozilla/5.0 (Linux; Android 16; SM-S931N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 "
	)
	for ua, want := range map[string]agent{
		iPhone + "Version/19.0 Mobile/15E148 Safari/604.1":                        person,
		"Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en) Presto/2.12 Version/12.16": person,
		iPhone + "Mobile/15E148 KAKAOTALK 26.1.0":                                 person,
		android + "KAKAOTALK 26.1.0 (INAPP)":                                      person,
		iPhone + "Mobile/15E148 Safari Line/15.1.0":                               person,
		android + "Line/15.1.0/IAB":                                               person,
		iPhone + "Mobile/15E148 NAVER(inapp; search; 2000; 12.1.0)":               person,
		android + "NAVER(inapp; search; 2000; 12.1.0)":                            person,
		iPhone + "Mobile/15E148 DaumApps/7.0 DaumDevice/mobile":                   person,
		iPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.40;FBBV/1]":              person,
		android + "[FB_IAB/FB4A;FBAV/500.0.0.40;]":                                person,
		iPhone + "Mobile/15E148 Instagram 400.0.0 (iPhone17,1; iOS 19_0)":         person,
		android + "Barcelona 400.0.0 Android":                                     person,
		iPhone + "Mobile/15E148 Snapchat/13.0.0 (like Safari/8619)":               person,
		iPhone + "Mobile/15E148 [Pinterest/iOS]":                                  person,

		"Lemmy/0.19.3; +https://lemmy.example":                           robot,
		"gotosocial/0.17 (+https://social.example)":                      robot,
		"Pleroma 2.9.0; https://pleroma.example <admin@pleroma.example>": robot,
		"SnapURLPreview/1.0":                                             robot,
		"KAKAOTALK/26.1.0 (iOS 19)":                                      robot, // the app itself, not its browser
		"Instagram 400.0.0 (iPhone17,1; iOS 19_0; scale=3.00)":           robot,
		"Dalvik/2.1.0 (Linux; U; Android 16)":                            robot,
		"curl/8.0":                                                       robot,
		"news reader":                                                    robot,
		"":                                                               robot,
		"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)": robot,

		"facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984": crawler,
		"facebookexternalhit/1.1;line-poker/1.0":                                                 crawler,
		"Twitterbot/1.0":                                                                         crawler,
		"TelegramBot (like TwitterBot)":                                                          crawler,
		"WhatsApp/2.24.1 A":                                                                      crawler,
		"http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.example/)":                             crawler,
		"Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)":                      crawler,
		"Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)":                              crawler,
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)":                             crawler,
		"Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)":         crawler,
	} {
		if got := agentOf(request("GET", "/s/abcdefg", "", "User-Agent", ua)); got != want {
			t.Errorf("%s: %d, not %d", ua, got, want)
		}
	}
}

// TestServersAreNotReaders: each server of a federated network fetches a link for itself.
func TestServersAreNotReaders(t *testing.T) {
	h := newHouse(t)
	for range 40 {
		resp := h.do(t, request("GET", "/s/abcdefg", "", "User-Agent", "Lemmy/0.19.3; +https://lemmy.example"))
		if resp.StatusCode != 302 || resp.Header.Get("Location") != "https://news.example/storm" {
			t.Fatalf("%d %s", resp.StatusCode, resp.Header.Get("Location"))
		}
	}
	if len(h.clicks.taps) != 0 {
		t.Errorf("%d clicks", len(h.clicks.taps))
	}
}
