package articles

import (
	"context"
	"net/url"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// network is a network that holds what it has read of a story's page, and how it can be made to read it again. With the
// new tags it then shows the new picture.
type network struct {
	name string
	how  string
	tool func(page string) string // the address at which it is asked to; nil: it cannot be
}

var networks = []network{
	{"Facebook, Messenger, Instagram, Threads", "They read a page again after about 24 hours, or at once " +
		"if its URL is scraped again in Facebook's Sharing Debugger. Old posts may keep the picture that they have.",
		func(page string) string {
			return "https://developers.facebook.com/tools/debug/?q=" + url.QueryEscape(page)
		}},
	{"X", "It keeps a card for about 7 days. Nothing makes it read the page sooner; delete the posts that you can.", nil},
	{"KakaoTalk", "It keeps a page for at least 1 hour, and a picture for some hours more, also on the " +
		"phones. Clear the page's cache at https://developers.kakao.com/tool/debugger/sharing; http and https are two " +
		"entries.",
		func(string) string { return "https://developers.kakao.com/tool/debugger/sharing" }},
	{"LinkedIn", "It keeps a preview for about 7 days, or until the page's URL is entered in LinkedIn's Post Inspector.",
		func(page string) string {
			return "https://www.linkedin.com/post-inspector/inspect/" + url.PathEscape(page)
		}},
	{"Telegram", "Send the page's URL to its bot @WebpageBot, which reads the page again.",
		func(string) string { return "https://t.me/WebpageBot" }},
	{"Mastodon", "Each server keeps a preview for two weeks. Nothing makes all of them read the page sooner.", nil},
}

// held returns what the networks hold of a page; empty: of no page in particular.
func held(page string) (all []api.StillHeld) {
	for _, n := range networks {
		one := api.StillHeld{Network: n.name, How: n.how}
		if n.tool != nil && page != "" {
			one.Tool = n.tool(page)
		}
		all = append(all, one)
	}
	return all
}

// What caches may keep, and what to purge there.
const (
	caches = "They may keep a picture for a year without asking again. Purge these addresses in your CDN, also with " +
		"the other of the endings .jpg and .png"
	ofBrowsers = "Browsers that have a picture keep it until their users clear the cache."
	ofPhotos   = ", and signed /v1/card addresses that name the photo, which are not listed: the service does not know them. "
)

// stillHeld lists who may hold pictures with a withdrawn photo, out of the service's reach.
func (h *Handlers) stillHeld(uses store.PhotoUses) []api.StillHeld {
	return append([]api.StillHeld{h.inCaches(uses.Versions, uses.MoreVersions, ofPhotos)}, held("")...)
}

// inCaches lists the pictures of the versions that caches may hold.
func (h *Handlers) inCaches(versions []store.Record, more int, others string) api.StillHeld {
	in := api.StillHeld{Network: "browsers and CDNs", How: caches + others + ofBrowsers, Addresses: []string{},
		More: more * len(card.Sizes)}
	for _, rec := range versions {
		for _, named := range card.Sizes {
			in.Addresses = append(in.Addresses, h.Present.Picture(rec, named.Size).URL)
		}
	}
	return in
}

// addHeld adds to the answer of a changed article what networks hold of the version before: what has to be read again
// or, if that was retracted, to be removed.
func (h *Handlers) addHeld(
	ctx context.Context, result stories.Result, o stories.PutOptions, shown *api.RegisteredArticle,
) error {
	rec := result.Record
	public := rec.Article.Public(h.Now())
	if public && result.Replaced != "" {
		shown.Refetch = held(rec.Article.URL)
	}
	if !o.Retract || o.DryRun || !public {
		return nil
	}
	versions, more, err := h.retracted(ctx, rec)
	if err != nil {
		return err
	}
	shown.StillHeld = append([]api.StillHeld{h.inCaches(versions, more, ". ")}, held(rec.Article.URL)...)
	return nil
}

// retracted returns the latest versions whose pictures were retracted, each once, at most stories.MaxUses, and the
// number of further ones.
func (h *Handlers) retracted(ctx context.Context, current store.Record) (versions []store.Record, more int, err error) {
	known, before := map[string]bool{}, int64(0)
	for {
		periods, err := h.Articles.History(ctx, current.Article.ID, before, stories.MaxUses)
		if err != nil {
			return nil, 0, err
		}
		for _, p := range periods {
			switch {
			case known[p.Version] || !stories.Retracted(p.Record, current):
				continue
			case len(versions) < stories.MaxUses:
				versions = append(versions, p.Record)
			default:
				more++
			}
			known[p.Version] = true
		}
		if len(periods) < stories.MaxUses {
			return versions, more, nil
		}
		before = periods[len(periods)-1].Number
	}
}
