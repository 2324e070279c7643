package kakao

import "testing"

func TestBrowserOf(t *testing.T) {
	const page = "https://cards.example/kakao/abcdefg"
	for _, tt := range []struct {
		ua      string
		inApp   bool
		outside string
	}{
		{"Mozilla/5.0 (Macintosh) Safari/605.1.15", false, ""},
		{"Mozilla/5.0 (iPhone) KAKAOTALK 26.1", true, "kakaotalk://web/openExternal?url=https%3A%2F%2Fcards.example%2Fkakao%2Fabcdefg"},
		{"Mozilla/5.0 (iPhone) Line/15.1", true, page + "?openExternalBrowser=1"},
		{"Mozilla/5.0 (Linux; Android 16) [FBAN/FB4A]", true, "intent://cards.example/kakao/abcdefg#Intent;scheme=https;end"},
		{"Mozilla/5.0 (iPhone) NAVER(inapp; search)", true, ""},
		{"facebookexternalhit/1.1; kakaotalk-scrap/1.0", false, ""},
	} {
		if inApp, outside := browserOf(tt.ua, page); inApp != tt.inApp || string(outside) != tt.outside {
			t.Errorf("%s: %t %s", tt.ua, inApp, outside)
		}
	}
}
