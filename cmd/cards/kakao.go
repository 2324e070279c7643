package main

import (
	"net/url"
	"strings"

	"newsroom.example/cards/handlers/kakao"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/share"
)

// kakaoSettings are the settings of only the Kakao page; the public key is one of shareSettings.
type kakaoSettings struct {
	KakaoSDKURL       string `name:"kakao-sdk-url" placeholder:"URL" help:"URL of Kakao's SDK for JavaScript; also set its hash. Default: version 2.8.3."`
	KakaoSDKIntegrity string `name:"kakao-sdk-integrity" placeholder:"HASH" help:"Hash of the SDK, such as sha384-..."`
	KakaoAdminKey     string `secret:"" name:"kakao-admin-key" placeholder:"KEY" help:"Admin key of the Kakao app; enables the webhook /v1/kakao/callback, which counts sent messages. Off unless set."`
}

var integrityForm = lazyregexp.New(`^sha(256|384|512)-[A-Za-z0-9+/]+=*$`)

// kakao checks the settings, because browsers silently ignore an SDK with a wrong hash.
func (k kakaoSettings) kakao() (kakao.Settings, error) {
	set := kakao.Settings{SDKURL: share.KakaoSDKURL, SDKIntegrity: share.KakaoSDKIntegrity, AdminKey: k.KakaoAdminKey}
	if k.KakaoSDKURL == "" && k.KakaoSDKIntegrity == "" {
		return set, nil
	}
	u, err := url.Parse(k.KakaoSDKURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		strings.ContainsAny(k.KakaoSDKURL, "?#;, ") {
		return set, usagef("--kakao-sdk-url: %q must be an http or https URL without query", k.KakaoSDKURL)
	}
	if !integrityForm().MatchString(k.KakaoSDKIntegrity) {
		return set, usagef("--kakao-sdk-integrity: %q must be a hash such as sha384-..., of the file at --kakao-sdk-url",
			k.KakaoSDKIntegrity)
	}
	set.SDKURL, set.SDKIntegrity = u.String(), k.KakaoSDKIntegrity
	return set, nil
}
