package audit

import (
	"fmt"

	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/page"
)

// Kinds of checks of a page's tags. docs/checks.md describes them.
var (
	missingTag   = advice.Kind{Code: "no_tag", Level: advice.Note}
	missingImage = advice.Kind{Code: "no_image", Level: advice.Fault}
	undeclared   = advice.Kind{Code: "no_image_size", Level: advice.Note}
	wrongSize    = advice.Kind{Code: "wrong_image_size", Level: advice.Fault}
	smallImage   = advice.Kind{Code: "small_image", Level: advice.Fault}
	twoAddresses = advice.Kind{Code: "two_addresses", Level: advice.Fault}
	noLargeCard  = advice.Kind{Code: "small_card", Level: advice.Note}
)

// Networks show a large picture if it has at least this size (Meta for Developers, Images in link shares).
const (
	largeWidth  = 600
	largeHeight = 315
)

// ofTags checks the tags of a page. image is the picture of og:image, as far as it is known.
func ofTags(t page.Tags, image picture) (all []advice.Check) {
	add := func(wrong bool, k advice.Kind, tag, format string, args ...any) {
		if wrong {
			all = append(all, advice.Check{Kind: k, Field: tag, Message: fmt.Sprintf(format, args...)})
		}
	}
	add(t.Image == "", missingImage, "og:image",
		"The page has no og:image: networks show no picture, or choose one from the page.")
	known, declared := image.width > 0, t.ImageWidth > 0 && t.ImageHeight > 0
	add(known && (image.width < largeWidth || image.height < largeHeight), smallImage, "og:image",
		"The picture has only %dx%d pixels: networks show a large one from %dx%d on.", image.width, image.height,
		largeWidth, largeHeight)
	add(known && declared && (t.ImageWidth != image.width || t.ImageHeight != image.height), wrongSize, "og:image:width",
		"The tags declare %dx%d pixels, but the picture has %dx%d: networks leave a space of the wrong size for it.",
		t.ImageWidth, t.ImageHeight, image.width, image.height)
	add(t.Image != "" && !declared, undeclared, "og:image:width",
		"The tags do not declare the picture's size: the first shares of a story may come without it.")
	add(t.URL != "" && t.Canonical != "" && t.URL != t.Canonical, twoAddresses, "og:url",
		"The page has two addresses, in og:url and in its canonical link: shares are counted apart.")
	for _, tag := range []struct{ name, value, effect string }{
		{"og:title", t.Title, "networks show the <title>"},
		{"og:url", t.URL + t.Canonical, "each address of the page is a story of its own"},
		{"og:description", t.Description, "networks show nothing, or the beginning of the page"},
		{"og:site_name", t.Site, "networks show the host alone"},
		{"og:type", t.Type, "the page is no article for networks"},
	} {
		add(tag.value == "", missingTag, tag.name, "The page has no %s: %s.", tag.name, tag.effect)
	}
	add(t.Image != "" && t.Card != "summary_large_image", noLargeCard, "twitter:card",
		"The page does not ask for a large picture on X: twitter:card should be summary_large_image.")
	return all
}
