package client

import (
	"encoding/json"
	"time"
)

// Article is a story as a CMS registers it. URL and Headline are required. Unless Format says how the texts are
// written, the service converts a text that is HTML to plain text, and adds a warning.
type Article struct {
	Format       string    `json:"format,omitempty"` // of the texts and URLs: html, text or, to be decided for each, empty
	URL          string    `json:"url"`
	SharedURL    string    `json:"shared_url,omitempty"` // URL with campaign tags; not needed if URL has them
	Headline     string    `json:"headline"`
	Kicker       string    `json:"kicker,omitempty"`
	Badge        string    `json:"badge,omitempty"`
	Byline       any       `json:"byline,omitempty"` // a string, or a list of strings and Authors; see By
	Description  string    `json:"description,omitempty"`
	Deck         string    `json:"deck,omitempty"` // the sentence below the headline
	Caption      string    `json:"caption,omitempty"`
	Credit       string    `json:"credit,omitempty"`
	Site         string    `json:"site,omitempty"`
	Lang         string    `json:"lang,omitempty"` // BCP 47; chooses fonts and line breaks
	Kind         string    `json:"kind,omitempty"` // news, opinion, analysis, live or paid
	Tags         []string  `json:"tags,omitempty"`
	Speaker      string    `json:"speaker,omitempty"`      // of a quotation
	SpeakerRole  string    `json:"speaker_role,omitempty"` // who that is, such as an office
	Photo        Photo     `json:"photo,omitzero"`
	Portrait     Photo     `json:"portrait,omitzero"` // of the author or the speaker, for templates with a place for it
	Template     string    `json:"template,omitempty"`
	Theme        string    `json:"theme,omitempty"`
	FontStep     int       `json:"font_step,omitempty"` // on the headline's type scale, -2 to 2
	PublishedAt  time.Time `json:"published_at,omitzero"`
	UpdatedAt    time.Time `json:"updated_at,omitzero"`
	EmbargoUntil time.Time `json:"embargo_until,omitzero"` // until then readers see nothing of the story

	Fields map[string]string `json:"fields,omitempty"` // own short texts for own templates, such as a score
}

// Author is one of the authors of an article. Only the name is required.
type Author struct {
	Name      string `json:"name"`
	URL       string `json:"url,omitempty"`       // of a page about the author
	X         string `json:"x,omitempty"`         // account on X
	Fediverse string `json:"fediverse,omitempty"` // account such as lee@social.example
}

// Photo is an article's photo, or its portrait.
type Photo struct {
	URL   string    `json:"url,omitempty"`   // absolute http or https URL, or the ID of an uploaded photo
	Alt   string    `json:"alt,omitempty"`   // describes the photo to people who cannot see it
	Focal []float64 `json:"focal,omitempty"` // x and y in fractions of the upright photo from the top left

	Rights Rights `json:"rights,omitzero"`
}

// Rights say where and until when a photo may be shown. Cards that may not show it are drawn without it. The zero value
// restricts nothing.
type Rights struct {
	Expires     time.Time `json:"expires,omitzero"`      // from then on no card shows the photo
	Territories []string  `json:"territories,omitempty"` // the only countries (ISO 3166-1, two letters) in which it may be shown
	Social      *bool     `json:"social,omitempty"`      // false: it may not be shown on social networks
}

// Registered is a registered article, with everything that its page needs. The embedded Article is as the service has
// stored it: it can be changed and passed to PutArticle, with the ETag as PutOptions.IfMatch.
type Registered struct {
	Article

	ID       string `json:"id"`
	Version  string `json:"version"` // names the content: the same content, the same version
	ShortURL string `json:"short_url"`
	Alt      string `json:"alt"`
	PhotoID  string `json:"photo_id"` // of the stored photo that the cards show; empty: they show none
	// PortraitID is that of the stored portrait.
	PortraitID string      `json:"portrait_id"`
	Images     Images      `json:"images"`
	MetaHTML   string      `json:"meta_html"` // the tags for the page's head
	Share      []ShareLink `json:"share"`
	Warnings   []Warning   `json:"warnings"`
	// Refetch is what networks hold of the version before a change, and where each is asked to read the page again.
	Refetch []StillHeld `json:"refetch"`
	// StillHeld is who may hold retracted pictures: after RetractArticle and with PutOptions.Retract.
	StillHeld []StillHeld `json:"still_held"`
	Created   time.Time   `json:"created"` // when the article was stored first
	Updated   time.Time   `json:"updated"` // when anything of it changed last

	ETag string `json:"-"` // changes with anything of the answer; empty in lists, batches and dry runs
}

// Images are an article's cards in the sizes that networks request.
type Images struct {
	OG      Image `json:"og"`
	Twitter Image `json:"twitter"`
	Kakao   Image `json:"kakao"`
	Square  Image `json:"square"`
}

// Image is a card's URL, size in pixels, and media type.
type Image struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Type   string `json:"type"`
}

// Warning is something that did not stop a PutArticle, but that somebody should look at: a text that was cleaned, a
// photo that could not be used, a headline that is cut. docs/checks.md lists the codes.
type Warning struct {
	Code    string `json:"code"`
	Field   string `json:"field"` // the API's name, such as "photo.alt"; empty if no field is concerned
	Message string `json:"message"`
	Size    string `json:"size"` // name of the card's size that is concerned, the worst one if several are
}

// Audit is what the checks find in a registered article.
type Audit struct {
	ID       string    `json:"id"`
	Version  string    `json:"version"`
	URL      string    `json:"url"`
	Warnings []Warning `json:"warnings"`
}

// ArticleList is a page of registered articles.
type ArticleList struct {
	Articles []Registered `json:"articles"`
	Next     string       `json:"next"` // cursor of the following page; empty at the end
}

// UploadedPhoto is a photo that the service has stored. Use its ID as Photo.URL.
type UploadedPhoto struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // pixels of the upright photo
	Height int    `json:"height"`
	Type   string `json:"type"`
}

// StoredPhoto is a photo that the service has stored, and the articles that show it.
type StoredPhoto struct {
	ID       string   `json:"id"`
	Width    int      `json:"width"` // pixels of the upright photo
	Height   int      `json:"height"`
	Type     string   `json:"type"`
	Bytes    int      `json:"bytes"`    // size of the file
	Articles []string `json:"articles"` // IDs of articles of which a version, current or old, shows it; at most 100
	More     int      `json:"more"`     // number of further articles
}

// WithdrawnPhoto is the answer to DeletePhoto.
type WithdrawnPhoto struct {
	ID              string      `json:"id"`
	Articles        []string    `json:"articles"` // IDs of articles of which a version showed it; at most 100
	More            int         `json:"more"`     // number of further articles
	PicturesRemoved int         `json:"pictures_removed"`
	StillHeld       []StillHeld `json:"still_held"`
}

// StillHeld names who may hold pictures that are withdrawn or out of date, out of the service's reach.
type StillHeld struct {
	Network   string   `json:"network"`
	Tool      string   `json:"tool"`      // address of the page on which the network can be made to read again; it may be empty
	How       string   `json:"how"`       // how long, and how to refresh them
	Addresses []string `json:"addresses"` // of pictures to purge from caches
	More      int      `json:"more"`      // number of further addresses
}

// ShareLinks are the share links of a story, one for each target.
type ShareLinks struct {
	URL     string      `json:"url"` // canonical
	Links   []ShareLink `json:"links"`
	LeftOut []LeftOut   `json:"left_out,omitempty"`
}

// LeftOut is a target that was asked for and has no link.
type LeftOut struct {
	Target  string `json:"target"`
	Message string `json:"message"` // why, for people
}

// ShareLink is the link of one share button.
type ShareLink struct {
	Target   string    `json:"target"`
	Label    string    `json:"label"`
	Action   string    `json:"action"` // what the button says: "Share on Facebook"
	URL      string    `json:"url"`
	ShortURL string    `json:"short_url"` // counts the share, then leads to URL; articles only
	SDK      KakaoCall `json:"sdk"`
	Refused  bool      `json:"refused"` // the page at URL answers 403: the story is not registered, and the call had no token
}

// KakaoCall is the method of Kakao.Share in Kakao's JavaScript SDK to call, and its argument. Only KakaoTalk has one.
type KakaoCall struct {
	Method   string          `json:"method"`
	Settings json.RawMessage `json:"settings"`
}

// Stats are the clicks and shares of an article. Raw is the sum of Clicks, Shares and Uncounted.
type Stats struct {
	ID        string           `json:"id"`
	Window    string           `json:"window"`
	Clicks    int64            `json:"clicks"` // of readers, each once within some minutes
	Shares    int64            `json:"shares"`
	By        map[string]int64 `json:"by"`        // shares by target
	Confirmed map[string]int64 `json:"confirmed"` // shares that the network itself has reported
	Raw       int64            `json:"raw"`       // all requests to the short links, except HEAD
	// Uncounted are the requests that are in neither Clicks nor Shares, by reason: crawler, robot, prefetch,
	// not_navigation, repeat or network.
	Uncounted map[string]int64 `json:"uncounted"`
	Series    []StatsStep      `json:"series,omitempty"` // of StatsBy
}

// StatsStep is what was counted in an hour or a day.
type StatsStep struct {
	At     time.Time        `json:"at"` // its beginning
	Clicks int64            `json:"clicks"`
	By     map[string]int64 `json:"by"` // shares by target
}

// Top is the list of the stories that were opened and shared most.
type Top struct {
	Window  string     `json:"window"`
	Stories []TopStory `json:"stories"`
}

// TopStory is a story of the list.
type TopStory struct {
	Rank        int       `json:"rank"`
	ID          string    `json:"id"`
	Headline    string    `json:"headline"`
	Site        string    `json:"site"`
	URL         string    `json:"url"`
	ShortURL    string    `json:"short_url"`
	Image       string    `json:"image"`
	PublishedAt time.Time `json:"published_at"`
	Clicks      int64     `json:"clicks"`
	Shares      int64     `json:"shares"`
}
