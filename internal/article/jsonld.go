package article

import (
	"encoding/json"
	"strings"
)

// ldTypes are the types of schema.org for the kinds of articles. A live article is a NewsArticle: a LiveBlogPosting
// must list its entries, which the service does not know. Nor does it know whether "paid" content was paid for by an
// advertiser or by the reader, so it claims only what holds for both, and says nothing of isAccessibleForFree.
var ldTypes = map[string]string{"opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "paid": "Article"}

// ldArticle is an article of JSON-LD (schema.org, NewsArticle; Google Search Central, Article structured data).
type ldArticle struct {
	Context    string    `json:"@context"`
	Type       string    `json:"@type"`
	MainEntity ldNode    `json:"mainEntityOfPage"`
	URL        string    `json:"url"`
	Headline   string    `json:"headline"`
	Summary    string    `json:"description,omitempty"`
	Images     []ldImage `json:"image"`
	Published  string    `json:"datePublished,omitempty"`
	Modified   string    `json:"dateModified,omitempty"`
	Authors    []ldNode  `json:"author,omitempty"`
	Publisher  ldNode    `json:"publisher,omitzero"`
	Language   string    `json:"inLanguage,omitempty"`
	Section    string    `json:"articleSection,omitempty"`
	Keywords   []string  `json:"keywords,omitempty"`
}

type ldNode struct {
	Type string `json:"@type"`
	ID   string `json:"@id,omitempty"`
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

type ldImage struct {
	Type   string `json:"@type"`
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// jsonLD returns the article as JSON-LD on one line. It contains no <, > or &, and no line separator.
func jsonLD(a Article, images []Picture) []byte {
	ld := ldArticle{
		Context: "https://schema.org", Type: ldTypes[a.Kind], MainEntity: ldNode{Type: "WebPage", ID: a.URL}, URL: a.URL,
		Headline: a.Headline, Published: stamp(a.PublishedAt), Modified: stamp(a.UpdatedAt),
		Language: a.Told("").Lang, Section: a.Kicker, Keywords: a.Tags,
	}
	if ld.Type == "" {
		ld.Type = "NewsArticle"
	}
	if s := a.Summary(); s != a.Headline { // the headline alone describes nothing
		ld.Summary = s
	}
	for _, p := range images {
		ld.Images = append(ld.Images, ldImage{"ImageObject", p.URL, p.Width, p.Height})
	}
	for _, by := range a.By() {
		node := ldNode{Type: "Person", Name: a.withoutBy(by.Name), URL: by.URL}
		if by.Name == a.Site {
			node.Type = "Organization"
		}
		ld.Authors = append(ld.Authors, node)
	}
	if a.Site != "" {
		ld.Publisher = ldNode{Type: "NewsMediaOrganization", Name: a.Site}
	}
	document, err := json.Marshal(ld) // which writes <, > and & as escapes
	if err != nil {                   // cannot happen: it has only strings and numbers
		panic(err)
	}
	return document
}

// withoutBy returns an English byline without the By at its start, for places that say so already.
func (a Article) withoutBy(byline string) string {
	if a.language() == "en" && len(byline) > len("By ") && strings.EqualFold(byline[:len("By ")], "By ") {
		return byline[len("By "):]
	}
	return byline
}

// writers are the words before a byline where labels are shown, by language.
var writers = map[string]string{
	"de": "Verfasst von", "en": "Written by", "es": "Escrito por", "fr": "Écrit par", "ja": "執筆者", "ko": "글쓴이",
	"pt": "Escrito por", "zh": "作者",
}

func writtenBy(language string) string {
	if words, ok := writers[language]; ok {
		return words
	}
	return writers["en"]
}
