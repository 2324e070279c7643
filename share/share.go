// Package share builds the links with which a reader shares a story: pure functions from a
// post to an address, one table of targets, no network and no environment.
package share

// Config is what a site sets once for all links: public ids only, never a secret.
type Config struct {
	BaseURL       string // prefix of this service's own pages, without a trailing slash
	FacebookAppID string
	TwitterVia    string // account named in X posts when a post names none
	KakaoJSKey    string
}

// Post is what a reader shares. URL is absolute http or https; the rest may be empty.
type Post struct {
	URL, Title, Text        string
	Image                   string // absolute URL of the card
	ImageWidth, ImageHeight int
	Via                     string
	Hashtags                []string
	Lang                    string // BCP 47, for labels: en, ko, ja or zh
	Code                    string // short code of a registered article, else empty
	UTM                     bool   // add utm_source and utm_medium to the shared URL
}

// Link is one target's link.
type Link struct {
	Target string
	Label  string
	URL    string
	SDK    *KakaoCall // of target kakao only
}

// KakaoCall is a call of Kakao.Share, ready to be made by a page that loads Kakao's SDK.
type KakaoCall struct {
	Method   string         `json:"method"` // "sendDefault"
	Settings map[string]any `json:"settings"`
}

// Canonical is the one form of a story's address (share-targets: host lower case and punycode, default port
// dropped, known trackers removed, fragment kept).
func Canonical(raw string) (string, error) { return raw, nil }

// Links is every link of the post, in display order or as targets picks and orders ("x" is "twitter").
func Links(cfg Config, p Post, targets []string) (canonical string, links []Link, err error) {
	return "", nil, nil
}
