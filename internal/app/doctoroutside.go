package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"newsroom.example/cards/internal/photo"
)

// public checks whether others reach the service at its public URL, and the clock of the machine that answers.
func (d Doctor) public(ctx context.Context) []Finding {
	const check = "public URL"
	prefix := d.Config.PublicURL
	if prefix == "" {
		return one(check, Note, "none is set: links and pictures lead to the listening address, which others may not reach",
			"on a server, set --public-url to the address that readers see")
	}
	all := d.proxy()
	clock, err := d.Ready(ctx, strings.TrimRight(prefix, "/")+"/readyz")
	if err != nil {
		return append(all, Finding{check, Bad, err.Error(),
			"start the service; see that the name leads to this machine (DNS) and that the proxy in front passes all paths on"})
	}
	all = append(all, Finding{Check: check, Degree: Good, Says: prefix + " answers, and is ready"})
	if !clock.IsZero() {
		all = append(all, drift("clock at the public URL", time.Until(clock))...)
	}
	return all
}

// proxy checks whether the addresses of readers are known behind a proxy.
func (d Doctor) proxy() []Finding {
	behind := strings.HasPrefix(d.Config.PublicURL, "https://") && !d.Config.TLS.On()
	switch {
	case behind && len(d.Config.TrustedProxies) == 0:
		return one("proxy", Note, "the public URL is https, so a proxy stands in front, and it is not trusted: all readers count as one",
			"set --trusted-proxy to the address from which it reaches the service")
	case behind:
		return one("proxy", Good, fmt.Sprintf("%d trusted", len(d.Config.TrustedProxies)), "")
	}
	return nil
}

// photo fetches a photo as the service would.
func (d Doctor) photo(ctx context.Context) []Finding {
	const check = "photo"
	if d.Photo == "" {
		return nil
	}
	fetcher, err := d.Config.fetcher(d.Config.PublicURL, nil)
	if err != nil {
		return one(check, Bad, err.Error(), "mend --photo-allow")
	}
	data, err := fetcher.MediaBytes(ctx, d.Photo)
	if err != nil {
		return one(check, Bad, err.Error(),
			"see that this machine reaches the host; a host in your own network must be named by --photo-allow")
	}
	opened, err := photo.Inspect(data)
	if err != nil {
		return one(check, Bad, err.Error(), "save it as a JPEG, PNG, GIF or WebP: docs/photos.md")
	}
	return one(check, Good, fmt.Sprintf("%d x %d pixels, %d bytes", opened.Width, opened.Height, len(data)), "")
}

// kakao says what cannot be checked from here.
func (d Doctor) kakao(context.Context) []Finding {
	if d.Config.Share.KakaoJSKey == "" {
		return one("KakaoTalk", Note, "without --kakao-js-key its button offers the link to copy",
			"if your readers use it, make an app at Kakao Developers: docs/kakao.md")
	}
	return one("KakaoTalk", Good, "the key is set; whether the app allows your domain, only Kakao's console shows", "")
}
