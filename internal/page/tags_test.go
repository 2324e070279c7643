package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadTags(t *testing.T) {
	const at = "https://news.example/2026/storm"
	for name, tt := range map[string]struct {
		page string
		want Tags
	}{
		"none": {"<title>Storm</title>", Tags{}},
		"all": {`<head><link rel=canonical href="/storm"><meta property="og:title" content="Tom &amp;amp; Jerry&amp;#8217;s day">
			<meta property="og:type" content="article"><meta property="og:url" content="https://news.example/storm">
			<meta property="og:description" content=" Two  words "><meta property="og:site_name" content="The Harbor Post">
			<meta property="og:image" content="//pictures.example/a.jpg"><meta property="og:image" content="/second.jpg">
			<meta property="og:image:width" content="1200"><meta property="og:image:height" content=" 630px ">
			<meta property="og:image:alt" content="Waves"><meta name="twitter:card" content="summary">`,
			Tags{Title: "Tom & Jerry’s day", Type: "article", URL: "https://news.example/storm", Description: "Two words",
				Site: "The Harbor Post", Image: "https://pictures.example/a.jpg", ImageWidth: 1200, ImageHeight: 630, ImageAlt: "Waves",
				Card: "summary", Canonical: "https://news.example/storm"}},
		"other names": {`<base href="https://cdn.example/x/"><meta property="og:image:secure_url" content="a.jpg"><meta name="twitter:image:alt" content="Waves">`,
			Tags{Image: "https://cdn.example/x/a.jpg", ImageAlt: "Waves"}},
		"what is no address and no number": {`<meta property="og:image" content="data:image/png;base64,AA"><meta property="og:url" content="ftp://news.example/">
			<meta property="og:image:width" content="-1"><meta property="og:image:height" content="wide">`, Tags{}},
	} {
		if diff := cmp.Diff(tt.want, ReadTags([]byte(tt.page), "text/html; charset=utf-8", at)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
