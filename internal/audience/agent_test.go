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

const (
	iPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
	android = "Mozilla/5.0 (Linux; Android 16; SM-S931N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 "
	chrome  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
	safari  = iPhone + "Version/19.0 Mobile/15E148 Safari/604.1"
)

// inApps are browsers inside apps.
var inApps = []string{
	iPhone + "Mobile/15E148 KAKAOTALK 26.1.0",
	iPhone + "Mobile/15E148 KAKAOTALK/26.1.0 (INAPP)",
	android + "KAKAOTALK 26.1.0 (INAPP)",
	android + "KAKAOSTORY/7.9.3",
	iPhone + "Mobile/15E148 Safari Line/15.1.0",
	android + "Line/15.1.0/IAB",
	iPhone + "Mobile/15E148 NAVER(inapp; search; 2000; 12.1.0)",
	android + "NAVER(inapp; search; 2000; 12.1.0)",
	iPhone + "Mobile/15E148 DaumApps/7.0 DaumDevice/mobile",
	android + "DaumApps/7.0.1 (inapp)",
	iPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.40;FBBV/1;FBDV/iPhone17,1;FBMD/iPhone;FBSN/iOS;FBSV/19.0;FBCR/Spider Telecom;FBLC/ko_KR]",
	iPhone + "Mobile/15E148 [FBAN/MessengerForiOS;FBAV/500.0.0.40]",
	android + "[FB_IAB/FB4A;FBAV/500.0.0.40;]",
	android + "MetaIAB Facebook",
	"Mozilla/5.0 (Linux; Android 16; Spider X2 Build/BP2A.250605; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.0.0 Mobile Safari/537.36 MetaIAB Facebook",
	iPhone + "Mobile/15E148 Instagram 400.0.0 (iPhone17,1; iOS 19_0)",
	android + "Instagram 400.0.0.48.78 Android (36/16; 420dpi; 1080x2340; samsung; SM-S931N; pa1q; qcom; ko_KR; 700000000)",
	iPhone + "Mobile/15E148 Barcelona 400.0.0 (iPhone17,1; iOS 19_0)",
	android + "Barcelona 400.0.0 Android",
	iPhone + "Mobile/15E148 Snapchat/13.0.0 (like Safari/8619)",
	android + "Snapchat/13.0.0.40 (SM-S931N; Android 16#S931NKSU1; gzip; )",
	iPhone + "Mobile/15E148 [Pinterest/iOS]",
	android + "[Pinterest/Android]",
	android + "Pinterest/Android",
	iPhone + "Mobile/15E148 Twitter for iPhone/11.0",
	android + "TwitterAndroid",
	iPhone + "Mobile/15E148 [LinkedInApp]/9.31.0",
	iPhone + "Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/WIFI Language/ko",
	iPhone + "Mobile/15E148 Weibo (iPhone17,1__weibo__15.10.0__iphone__os19.0)",
	android + "Telegram-Android/12.1.0 (Samsung SM-S931N; Android 16; SDK 36; HIGH)",
	iPhone + "Mobile/15E148 BAND/12.0.0 (iOS 19.0;iPhone17,1)",
	android + "KAKAOTALK 26.1.0 (INAPP) CUBOT",
}

// browsers are those outside apps, among them old and rare ones, and phones whose names look like those of programs.
var browsers = []string{
	safari, chrome,
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
	"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
	"Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
	chrome + " Edg/140.0.0.0", chrome + " OPR/124.0.0.0", chrome + " Vivaldi/7.6", chrome + " Whale/4.33.325.17",
	"Mozilla/5.0 (Linux; Android 16; SM-S931N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; U; Android 14; ko-KR; SM-A546S Build/UP1A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/123.0.0.0 UCBrowser/15.5.0 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; Android 13; CUBOT) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; Android 13; SUPERSONIC TV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
	"Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.7444.142 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; Android 12; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/130.1.1 like Chrome/130.0.0.0 Safari/537.36",
	"Mozilla/5.0 (Linux; Android 11; M2010J19SG) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.5",
	"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
	"Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
	"Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; SLCC2; .NET CLR 2.0.50727)",
	"Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/7.4 Chrome/120.0.0.0 TV Safari/537.36",
	"Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/606.4 (KHTML, like Gecko) NF/6.0.1.15.4 NintendoBrowser/5.1.0.20393",
	"Mozilla/5.0 (PlayStation; PlayStation 5/9.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.4 Safari/605.1.15",
	"Mozilla/5.0 (X11; CrOS x86_64 16328.65.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
	iPhone + "CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", iPhone + "FxiOS/145.0 Mobile/15E148 Safari/605.1.15",
	iPhone + "Version/19.0 EdgiOS/140.0.0.0 Mobile/15E148 Safari/604.1", iPhone + "GSA/390.0.0 Mobile/15E148 Safari/604.1",
	iPhone + "Version/19.0 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15", iPhone + "Mobile/15E148",
	"Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en) Presto/2.12 Version/12.16",
	"Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18",
}

func TestReaders(t *testing.T) {
	for _, ua := range append(inApps, browsers...) {
		if got := agentOf(ua); got != Reader {
			t.Errorf("%s: %d", ua, got)
		}
	}
}

// TestAgents: networks' crawlers are crawlers, and any other client that is not a browser is a robot.
func TestAgents(t *testing.T) {
	for ua, want := range map[string]Agent{
		"gotosocial/0.17 (+https://social.example)":                      Robot,
		"Pleroma 2.9.0; https://pleroma.example <admin@pleroma.example>": Robot,
		"KAKAOTALK/26.1.0 (iOS 19)":                                      Robot, // the app itself, not its browser
		"Instagram 400.0.0 (iPhone17,1; iOS 19_0; scale=3.00)":           Robot,
		"Dalvik/2.1.0 (Linux; U; Android 16)":                            Robot,
		"curl/8.0":                                                       Robot,
		"news reader":                                                    Robot,
		"":                                                               Robot,
		"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)":                                                         Robot,
		"Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)":                                                           Robot,
		"Mozilla/5.0 (compatible; Claude-User/1.0; +Claude-User@anthropic.com)":                                                      Robot,
		iPhone + "Version/10.0 Mobile/14A5297c Safari/602.1 (compatible; Mediapartners-Google/2.1; +http://www.google.com/bot.html)": Robot,
		chrome + " PingdomPageSpeed/1.0 (pingbot/2.0; +http://www.pingdom.com/)":                                                     Robot,
		"facebookcatalog/1.0": Robot,
		"Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 20) AppleWebKit/537.36 (compatible; Foobot/1.0)": Robot,
		"Mozilla/5.0 Cubots":     Robot,
		"Mozilla/5.0 Abbots way": Robot,
		"Mozilla/5.0 Botswana":   Reader,

		"facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984": Crawler,
		"Lemmy/0.19.3; +https://lemmy.example":                                                   Crawler,
		"Mozilla/5.0 (compatible; GoogleOther)":                                                  Crawler,
		"facebookexternalhit/1.1;line-poker/1.0":                                                 Crawler,
		"kakaotalk-scrap/1.0":                                                                    Crawler,
		"line-poker/1.0":                                                                         Crawler,
		"meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)":                                                                           Crawler,
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0": Crawler,
		"Twitterbot/1.0":                Crawler,
		"TelegramBot (like TwitterBot)": Crawler,
		"WhatsApp/2.24.1 A":             Crawler,
		"WhatsApp":                      Crawler,
		"SnapURLPreview/1.0":            Crawler,
		"Mozilla/5.0 (compatible; Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots)": Crawler,
		"http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.example/)":                                            Crawler,
		"Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)":                                     Crawler,
		"Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)":                                             Crawler,
		"Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966)":                  Crawler,
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)":                                            Crawler,
		"Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)":                        Crawler,
		"Pinterest/0.2 (+http://www.pinterest.com/bot.html)":                                                    Crawler,
		"Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)":                                Crawler,
		"Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5":                                       Crawler,
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)":                               Crawler,
	} {
		if got := AgentOf(request("User-Agent", ua)); got != want {
			t.Errorf("%s: %d, not %d", ua, got, want)
		}
	}
}
