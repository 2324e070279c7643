package ghost

import (
	"time"

	"newsroom.example/cards/client"
)

type posts struct {
	Posts []Post `json:"posts"`
}

// Post has the fields of a post that a card needs.
type Post struct {
	ID           string    `json:"id"`
	Status       string    `json:"status"` // published, draft, scheduled or sent
	Title        string    `json:"title"`
	URL          string    `json:"url"`
	Excerpt      string    `json:"custom_excerpt"`
	Image        string    `json:"feature_image"`
	ImageAlt     string    `json:"feature_image_alt"`
	ImageCaption string    `json:"feature_image_caption"` // HTML
	PublishedAt  time.Time `json:"published_at"`
	UpdatedAt    string    `json:"updated_at"` // goes back as it came, for Ghost's check that nobody changed the post meanwhile
	OGImage      string    `json:"og_image"`
	TwitterImage string    `json:"twitter_image"`
	Authors      []named   `json:"authors"`
	PrimaryTag   *named    `json:"primary_tag"`
}

type named struct {
	Name string `json:"name"`
}

// article returns the post as the service takes it. It has no UpdatedAt: writing the pictures back changes that of the
// post, and must not change the card.
func (p Post) article(site string) client.Article {
	a := client.Article{URL: p.URL, Headline: p.Title, Description: p.Excerpt, Site: site, PublishedAt: p.PublishedAt}
	var names []string
	for _, author := range p.Authors {
		names = append(names, author.Name)
	}
	if len(names) > 0 {
		a.Byline = names
	}
	if p.PrimaryTag != nil {
		a.Kicker = p.PrimaryTag.Name
	}
	if p.Image != "" {
		a.Caption = p.ImageCaption
		a.Photo = client.Photo{URL: p.Image, Alt: p.ImageAlt}
	}
	return a
}
